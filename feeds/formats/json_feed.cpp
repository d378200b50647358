#include "feeds/formats/json_feed.hpp"

#include "core/hash.hpp"
#include "core/json_surrogates.hpp"
#include "core/text.hpp"
#include "feeds/arena.hpp"
#include "feeds/dates/date.hpp"
#include "feeds/formats/addresses.hpp"
#include "feeds/formats/draft.hpp"
#include "http/url/url.hpp"

#include <boost/json.hpp>

#include <cmath>
#include <cstdint>
#include <string>

namespace newswired::feeds {
namespace {

namespace json = boost::json;

class JsonReader {
  public:
    JsonReader(Arena& arena, std::string_view base) : arena_{arena}, base_{base} {}

    void read(json::object const& root, ParsedFeed& feed);

  private:
    std::string_view text(json::object const& object, std::string_view key);
    std::string_view url(json::object const& object, std::string_view key);
    static double number(json::object const& object, std::string_view key);
    Text body(json::object const& object, std::string_view key, TextKind kind) {
        return {.value = text(object, key), .kind = kind, .base = base_};
    }
    void people(json::object const& object, People& people);
    void item(json::object const& object, ItemDraft& draft);
    void attachments(json::object const& object, ItemDraft& draft);

    Arena& arena_;
    std::string_view base_;
    ItemDraft draft_{};
};

// Of what the value says, without writing it out; as deep as the parser allows.
std::uint64_t hash_of(json::value const& value, std::uint64_t seed) {
    auto const of_kind = seed * 31 + static_cast<std::uint64_t>(value.kind());
    if (auto const* const string = value.if_string()) {
        return xxh3({string->data(), string->size()}, of_kind);
    }
    auto hash = of_kind;
    if (auto const* const object = value.if_object()) {
        for (auto const& [key, inner] : *object) {
            hash = hash_of(inner, xxh3(key, hash));
        }
        return hash + 1;  // where it ends makes a difference
    }
    if (auto const* const array = value.if_array()) {
        for (auto const& inner : *array) {
            hash = hash_of(inner, hash);
        }
        return hash + 1;
    }
    return xxh3(json::serialize(value), of_kind);
}

// A string; a number is taken for the string that it looks like.
std::string_view JsonReader::text(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    if (value == nullptr) {
        return {};
    }
    if (auto const* const string = value->if_string()) {
        return trim({string->data(), string->size()});
    }
    if (value->is_number()) {
        return arena_.copy(json::serialize(*value));
    }
    return {};
}

std::string_view JsonReader::url(json::object const& object, std::string_view key) {
    auto const reference = text(object, key);
    auto const is_whole = reference.empty() || http::is_plain_http_url(reference);
    return is_whole ? reference : arena_.copy(resolved_address(base_, reference));
}

double JsonReader::number(json::object const& object, std::string_view key) {
    auto const* const value = object.if_contains(key);
    if (value == nullptr || !value->is_number()) {
        return -1;
    }
    auto const read = value->to_number<double>();
    return std::isfinite(read) && read >= 0 ? read : -1;
}

void JsonReader::people(json::object const& object, People& people) {
    auto add = [&](json::value const& value, Trust trust) {
        if (auto const* const one = value.if_object()) {
            people.offer({.name = text(*one, "name"),
                          .email = text(*one, "email"),
                          .url = url(*one, "url"),
                          .avatar = url(*one, "avatar")},
                         trust);
        } else if (auto const* const name = value.if_string()) {
            people.offer({.name = trim({name->data(), name->size()})}, trust);
        }
    };
    if (auto const* const all = object.if_contains("authors"); all != nullptr && all->is_array()) {
        for (auto const& one : all->get_array()) {
            add(one, Trust::core);
        }
    }
    if (auto const* const one = object.if_contains("author")) {  // 1.0
        add(*one, Trust::module);
    }
}

void JsonReader::attachments(json::object const& object, ItemDraft& draft) {
    auto const* const all = object.if_contains("attachments");
    if (all == nullptr || !all->is_array()) {
        return;
    }
    for (auto const& value : all->get_array()) {
        if (auto const* const one = value.if_object()) {
            auto const size = number(*one, "size_in_bytes");
            Attachment const attachment{.url = url(*one, "url"),
                                        .mime_type = text(*one, "mime_type"),
                                        .title = text(*one, "title"),
                                        .size_in_bytes = size < 9e18 ? static_cast<std::int64_t>(size) : -1,
                                        .duration_in_seconds = number(*one, "duration_in_seconds")};
            if (!attachment.url.empty()) {
                draft.attachments.push_back(attachment);
            }
        }
    }
}

void JsonReader::item(json::object const& object, ItemDraft& draft) {
    draft.id.offer(text(object, "id"), Trust::core);
    draft.url.offer(url(object, "url"), Trust::core);
    draft.external_url.offer(url(object, "external_url"), Trust::core);
    draft.url.offer(draft.external_url.get(), Trust::fallback);
    draft.title.offer(body(object, "title", TextKind::plain), Trust::core);
    draft.content.offer(body(object, "content_html", TextKind::html), Trust::core);
    draft.content.offer(body(object, "content_text", TextKind::plain), Trust::module);
    draft.summary.offer(body(object, "summary", TextKind::plain), Trust::core);
    draft.image.offer(url(object, "image"), Trust::core);
    draft.banner_image.offer(url(object, "banner_image"), Trust::core);
    draft.date_published.offer(parse_date(text(object, "date_published")), Trust::core);
    draft.date_modified.offer(parse_date(text(object, "date_modified")), Trust::core);
    draft.language.offer(text(object, "language"), Trust::core);
    people(object, draft.authors);
    if (auto const* const tags = object.if_contains("tags"); tags != nullptr && tags->is_array()) {
        for (auto const& tag : tags->get_array()) {
            if (auto const* const name = tag.if_string()) {
                draft.add_tag({name->data(), name->size()});
            }
        }
    }
    attachments(object, draft);
}

void JsonReader::read(json::object const& root, ParsedFeed& feed) {
    feed.format = text(root, "version").ends_with("/1") || text(root, "version").ends_with("1.0")
                      ? "json-1.0"
                      : "json-1.1";
    FeedDraft draft;
    draft.title.offer(body(root, "title", TextKind::plain), Trust::core);
    draft.description.offer(body(root, "description", TextKind::plain), Trust::core);
    draft.url.offer(url(root, "home_page_url"), Trust::core);
    draft.feed_url.offer(url(root, "feed_url"), Trust::core);
    draft.next_url.offer(url(root, "next_url"), Trust::core);
    draft.image.offer(url(root, "icon"), Trust::core);
    draft.favicon.offer(url(root, "favicon"), Trust::core);
    draft.language.offer(text(root, "language"), Trust::core);
    people(root, draft.authors);
    if (auto const* const hubs = root.if_contains("hubs"); hubs != nullptr && hubs->is_array()) {
        for (auto const& hub : hubs->get_array()) {
            if (auto const* const one = hub.if_object()) {
                if (auto const address = url(*one, "url"); !address.empty()) {
                    draft.hubs.push_back(address);
                }
            }
        }
    }
    if (auto const* const items = root.if_contains("items"); items != nullptr && items->is_array()) {
        for (auto const& value : items->get_array()) {
            if (auto const* const object = value.if_object()) {
                draft_.reset();
                item(*object, draft_);
                if (auto* const kept = new_item(feed)) {
                    draft_.finish(arena_, *kept);
                    kept->raw_hash = hash_of(value, 0);
                }
            }
        }
    }
    draft.finish(arena_, feed);
}

}  // namespace

Result<void> read_json_feed(ParsedFeed& feed, std::string_view url) {
    struct Tree {
        json::monotonic_resource memory;
        json::value value;
    };
    auto tree = std::make_shared<Tree>();
    json::parse_options options;
    options.allow_comments = true;
    options.allow_trailing_commas = true;
    options.allow_invalid_utf8 = true;
    options.max_depth = 64;
    json::error_code error;
    tree->value = json::parse(feed.memory->document, error, &tree->memory, options);
    if (auto const whole = error ? with_whole_characters(feed.memory->document) : std::nullopt) {
        tree->value = json::parse(*whole, error, &tree->memory, options);
    }
    if (error) {
        return errc::not_readable;
    }
    auto const* const root = tree->value.if_object();
    if (root == nullptr) {
        return errc::not_a_feed;
    }
    auto const* const version = root->if_contains("version");
    auto const stated = version != nullptr && version->is_string() &&
                        std::string_view{version->get_string()}.find("jsonfeed") != std::string_view::npos;
    auto const* const items = root->if_contains("items");
    if (!stated && (items == nullptr || !items->is_array())) {
        return errc::not_a_feed;
    }
    auto& arena = feed.memory->arena;
    JsonReader{arena, url}.read(*root, feed);
    feed.memory->tree = std::move(tree);
    return {};
}

}  // namespace newswired::feeds

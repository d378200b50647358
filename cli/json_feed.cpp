#include "cli/json_feed.hpp"

#include "articles/body/first_image.hpp"
#include "articles/body/sanitize.hpp"
#include "core/json_writer.hpp"
#include "core/time.hpp"
#include "feeds/geo_json.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace newswired::cli {
namespace {

using articles::Policy;

std::string plain(std::string_view text) {
    return articles::to_plain({.value = text, .kind = feeds::TextKind::html});
}

std::string html(feeds::Text const& text) {
    return articles::to_html(text, Policy::faithful);
}

class Writer {
  public:
    explicit Writer(std::string& out) : json_{out} {}

    void feed(feeds::ParsedFeed const& feed);

  private:
    void item(feeds::ParsedItem const& item);
    void body(feeds::ParsedItem const& item);
    void item_extras(feeds::ParsedItem const& item);
    void feed_extras(feeds::ParsedFeed const& feed);
    void people(std::string_view key, std::span<feeds::Person const> people);
    void mails(std::span<feeds::Person const> people);
    void contributors(std::span<feeds::Person const> people);
    void tags(std::span<std::string_view const> tags);
    void attachments(std::span<feeds::Attachment const> attachments);
    void source(feeds::Source const& source);
    void geo(feeds::Geo const& geo);
    void itunes(feeds::Flag is_explicit, feeds::Flag block);
    void date(std::string_view key, std::optional<SystemTime> time) {
        if (time) {
            json_.member(key, rfc3339(*time));
        }
    }

    JsonWriter json_;
};

void Writer::people(std::string_view key, std::span<feeds::Person const> people) {
    if (people.empty()) {
        return;
    }
    json_.key(key);
    json_.open_array();
    for (auto const& person : people) {
        json_.open_object();
        json_.member_if("name", plain(person.name));
        json_.member_if("url", person.url);
        json_.member_if("avatar", person.avatar);
        json_.close_object();
    }
    json_.close_array();
}

// Parallel to the authors; null for one without a mail.
void Writer::mails(std::span<feeds::Person const> people) {
    bool any = false;
    for (auto const& person : people) {
        any = any || !person.email.empty();
    }
    if (!any) {
        return;
    }
    json_.key("authors_email");
    json_.open_array();
    for (auto const& person : people) {
        if (person.email.empty()) {
            json_.null();
        } else {
            json_.value(person.email);
        }
    }
    json_.close_array();
}

void Writer::contributors(std::span<feeds::Person const> people) {
    if (people.empty()) {
        return;
    }
    json_.key("contributors");
    json_.open_array();
    for (auto const& person : people) {
        json_.open_object();
        json_.member_if("name", plain(person.name));
        json_.member_if("url", person.url);
        json_.member_if("email", person.email);
        json_.close_object();
    }
    json_.close_array();
}

void Writer::tags(std::span<std::string_view const> tags) {
    if (tags.empty()) {
        return;
    }
    json_.key("tags");
    json_.open_array();
    for (auto const tag : tags) {
        json_.value(plain(tag));
    }
    json_.close_array();
}

void Writer::attachments(std::span<feeds::Attachment const> attachments) {
    if (attachments.empty()) {
        return;
    }
    json_.key("attachments");
    json_.open_array();
    for (auto const& one : attachments) {
        json_.open_object();
        json_.member("url", one.url);
        json_.member("mime_type", one.mime_type.empty() ? "application/octet-stream" : one.mime_type);
        json_.member_if("title", plain(one.title));
        if (one.size_in_bytes >= 0) {
            json_.member_number("size_in_bytes", one.size_in_bytes);
        }
        if (one.duration_in_seconds >= 0) {
            json_.key("duration_in_seconds");
            json_.number(one.duration_in_seconds);
        }
        json_.close_object();
    }
    json_.close_array();
}

void Writer::source(feeds::Source const& source) {
    if (source.empty() && source.authors.empty()) {
        return;
    }
    json_.key("source");
    json_.open_object();
    json_.member_if("title", plain(source.title));
    json_.member_if("home_page_url", source.home_page_url);
    json_.member_if("feed_url", source.feed_url);
    json_.member_if("id", source.id);
    json_.member_if("icon", source.icon);
    date("date_modified", source.date_modified);
    people("authors", source.authors);
    json_.close_object();
}

void Writer::geo(feeds::Geo const& geo) {
    if (geo.coordinates.empty()) {
        return;
    }
    json_.key("geo");
    feeds::write_geo(json_, geo);
}

void Writer::itunes(feeds::Flag is_explicit, feeds::Flag block) {
    if (is_explicit == feeds::Flag::absent && block == feeds::Flag::absent) {
        return;
    }
    json_.key("itunes");
    json_.open_object();
    if (is_explicit != feeds::Flag::absent) {
        json_.member("explicit", is_explicit == feeds::Flag::yes);
    }
    if (block != feeds::Flag::absent) {
        json_.member("block", block == feeds::Flag::yes);
    }
    json_.close_object();
}

void Writer::body(feeds::ParsedItem const& item) {
    std::string first;
    if (item.content.kind == feeds::TextKind::plain) {
        json_.member_if("content_text", item.content.value);
    } else if (!item.content.empty()) {
        auto const content = html(item.content);
        first = articles::first_image(content);
        json_.member("content_html", content);
    }
    if (!item.summary.empty()) {
        json_.member_if("summary", articles::to_plain(item.summary));
        if (first.empty() && item.summary.kind == feeds::TextKind::html) {
            first = articles::first_image(html(item.summary));
        }
    }
    json_.member_if("image", item.image.empty() ? std::string_view{first} : item.image);
}

void Writer::item_extras(feeds::ParsedItem const& item) {
    json_.key("_newswired");
    json_.open_object();
    mails(item.authors);
    contributors(item.contributors);
    if (!item.summary.empty()) {
        json_.member("summary_html", html(item.summary));
    }
    if (!item.rights.empty()) {
        json_.member("rights", articles::to_plain(item.rights));
        json_.member("rights_html", html(item.rights));
    }
    json_.member_if("comments_url", item.comments_url);
    if (item.comments_count >= 0) {
        json_.member_number("comments_count", item.comments_count);
    }
    json_.member_if("license", item.license);
    date("date_expired", item.date_expired);
    source(item.source);
    geo(item.geo);
    itunes(item.itunes_explicit, item.itunes_block);
    json_.member_if("content_src", item.content_src);
    json_.close_object();
}

void Writer::item(feeds::ParsedItem const& item) {
    json_.open_object();
    json_.member("id", item.id.empty() ? item.url : item.id);
    json_.member_if("url", item.url);
    json_.member_if("external_url", item.external_url);
    json_.member_if("title", articles::to_plain(item.title));
    body(item);
    json_.member_if("banner_image", item.banner_image);
    date("date_published", item.date_published);
    date("date_modified", item.date_modified);
    people("authors", item.authors);
    tags(item.tags);
    json_.member_if("language", item.language);
    attachments(item.attachments);
    item_extras(item);
    json_.close_object();
}

void Writer::feed_extras(feeds::ParsedFeed const& feed) {
    json_.key("_newswired");
    json_.open_object();
    json_.member("format", feed.format);
    json_.member_if("id", feed.id);
    date("date_published", feed.date_published);
    date("date_modified", feed.date_modified);
    tags(feed.tags);
    json_.member_if("generator", plain(feed.generator));
    if (feed.pace.ttl) {
        json_.member_number("ttl", feed.pace.ttl->count() / 60);
    }
    if (!feed.rights.empty()) {
        json_.member("rights", articles::to_plain(feed.rights));
        json_.member("rights_html", html(feed.rights));
    }
    if (!feed.description.empty()) {
        json_.member("description_html", html(feed.description));
    }
    mails(feed.authors);
    contributors(feed.contributors);
    json_.member_if("license", feed.license);
    itunes(feed.itunes_explicit, feed.itunes_block);
    if (!feed.problems.empty()) {
        json_.key("problems");
        json_.open_array();
        for (auto const& problem : feed.problems) {
            json_.value(problem.what);
        }
        json_.close_array();
    }
    json_.close_object();
}

void Writer::feed(feeds::ParsedFeed const& feed) {
    json_.open_object();
    json_.member("version", "https://jsonfeed.org/version/1.1");
    json_.member("title", articles::to_plain(feed.title));
    json_.member_if("home_page_url", feed.home_page_url);
    json_.member_if("feed_url", feed.feed_url);
    json_.member_if("description", articles::to_plain(feed.description));
    json_.member_if("next_url", feed.next_url);
    json_.member_if("icon", feed.icon);
    json_.member_if("favicon", feed.favicon);
    people("authors", feed.authors);
    json_.member_if("language", feed.language);
    if (!feed.hubs.empty()) {
        json_.key("hubs");
        json_.open_array();
        for (auto const hub : feed.hubs) {
            json_.open_object();
            json_.member("type", "WebSub");
            json_.member("url", hub);
            json_.close_object();
        }
        json_.close_array();
    }
    json_.key("items");
    json_.open_array();
    for (auto const& one : feed.items) {
        item(one);
    }
    json_.close_array();
    feed_extras(feed);
    json_.close_object();
}

}  // namespace

std::string to_json_feed(feeds::ParsedFeed const& feed) {
    std::string out;
    Writer{out}.feed(feed);
    return out;
}

}  // namespace newswired::cli

#include "feeds/formats/draft.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::feeds {
namespace {

// Of tags, people and files of one entry: each is compared with all before it.
constexpr std::size_t kMaxRepeats = 512;

bool is_image(Attachment const& one) {
    return one.mime_type.starts_with("image");
}

bool holds(std::vector<Attachment> const& all, std::string_view url) {
    return std::any_of(all.begin(), all.end(), [url](Attachment const& one) { return one.url == url; });
}

std::vector<Attachment> without_repeats(std::vector<Attachment> const& enclosures,
                                        std::vector<Attachment> const& media) {
    std::vector<Attachment> unique;
    for (auto const* const all : {&enclosures, &media}) {
        for (auto const& one : *all) {
            if (unique.size() < kMaxRepeats && !holds(unique, one.url)) {
                unique.push_back(one);
            }
        }
    }
    return unique;
}

constexpr std::size_t kUsualItems = 32;
constexpr std::size_t kFreeItems = 10'000;
constexpr std::size_t kLeastBytesAnItem = 32;  // on average, beyond the first of them

}  // namespace

ParsedItem* new_item(ParsedFeed& feed) {
    auto const most = kFreeItems + feed.memory->document.size() / kLeastBytesAnItem;
    if (feed.items.size() < most) {
        if (feed.items.empty()) {
            feed.items.reserve(kUsualItems);
        }
        return &feed.items.emplace_back();
    }
    constexpr std::string_view kTooMany = "more items than a document of this size can hold";
    if (feed.problems.empty() || feed.problems.back().what != kTooMany) {
        feed.problems.push_back({std::string{kTooMany}});
    }
    return nullptr;
}

void People::offer(Person person, Trust trust) {
    if ((person.name.empty() && person.email.empty() && person.url.empty()) || trust < trust_) {
        return;
    }
    if (trust > trust_) {
        people_.clear();
        trust_ = trust;
    }
    auto const same = [&](Person const& one) {
        return one.name == person.name && one.email == person.email && one.url == person.url;
    };
    if (people_.size() < kMaxRepeats && std::none_of(people_.begin(), people_.end(), same)) {
        people_.push_back(person);
    }
}

void EntryDraft::add_tag(std::string_view tag) {
    tag = trim(tag);
    if (!tag.empty() && tags.size() < kMaxRepeats && std::find(tags.begin(), tags.end(), tag) == tags.end()) {
        tags.push_back(tag);
    }
}

void ItemDraft::finish(Arena& arena, ParsedItem& item) {
    item.id = id.get();
    item.id_is_permalink = id_is_permalink;
    item.url = url.get();
    item.external_url = external_url.get();
    item.title = title.get();
    item.content = content.get();
    item.summary = summary.get();
    if (item.content.empty()) {
        item.content = description.get();
    } else if (description.has_value()) {
        item.summary = description.get();
    }
    item.content_src = content_src;
    item.date_published = date_published.get();
    item.date_modified = date_modified.get();
    item.date_expired = date_expired.get();
    item.language = language.get();
    item.image = image.get();
    item.banner_image = banner_image.get();
    item.comments_url = comments_url.get();
    item.comments_count = comments_count;
    item.rights = rights.get();
    item.license = license.get();
    item.source = source;
    item.geo = geo;
    item.itunes_explicit = itunes_explicit;
    item.itunes_block = itunes_block;
    if (!original_enclosure.empty() && !attachments.empty()) {
        attachments.front().url = original_enclosure;
    }
    if (attachments.size() + media.size() > 1) {
        attachments = without_repeats(attachments, media);
    } else if (attachments.empty()) {
        attachments = std::move(media);
    }
    if (item.url.empty() && !attachments.empty()) {
        item.url = attachments.front().url;
    }
    if (item.image.empty()) {
        auto const first = std::find_if(attachments.begin(), attachments.end(), is_image);
        item.image = first != attachments.end() ? first->url : item.image;
    }
    if (duration_in_seconds >= 0) {
        auto const first = std::find_if_not(attachments.begin(), attachments.end(), is_image);
        if (first != attachments.end() && first->duration_in_seconds < 0) {
            first->duration_in_seconds = duration_in_seconds;
        }
    }
    item.authors = arena.copy(authors.get());
    item.contributors = arena.copy(contributors);
    item.tags = arena.copy(tags);
    item.attachments = arena.copy(attachments);
    item.links = arena.copy(links);
}

void ItemDraft::reset() {
    ItemDraft next;
    auto const keep = [](auto& list, auto& old) {
        old.clear();
        list = std::move(old);
    };
    authors.reset();
    next.authors = std::move(authors);
    keep(next.contributors, contributors);
    keep(next.tags, tags);
    keep(next.attachments, attachments);
    keep(next.media, media);
    keep(next.links, links);
    *this = std::move(next);
}

void FeedDraft::finish(Arena& arena, ParsedFeed& feed) {
    feed.id = id.get();
    feed.feed_url = feed_url.get();
    feed.home_page_url = url.get();
    feed.title = title.get();
    feed.description = description.get();
    feed.rights = rights.get();
    feed.icon = image.get();
    feed.favicon = favicon.get();
    feed.language = language.get();
    feed.generator = generator;
    feed.license = license.get();
    feed.date_published = date_published.get();
    feed.date_modified = date_modified.get();
    feed.authors = arena.copy(authors.get());
    feed.contributors = arena.copy(contributors);
    feed.tags = arena.copy(tags);
    feed.hubs = arena.copy(hubs);
    feed.next_url = next_url.get();
    feed.complete = complete;
    feed.itunes_explicit = itunes_explicit;
    feed.itunes_block = itunes_block;
    feed.pace = pace;
    for (auto& item : feed.items) {
        if (item.authors.empty()) {
            item.authors = !item.source.authors.empty() ? item.source.authors : feed.authors;
        }
    }
}

}  // namespace newswired::feeds

// What the ledger remembers of an article, under which keys, and for how long.

#include "storage/keys.hpp"
#include "storage/ledger_step.hpp"

#include <algorithm>
#include <utility>

namespace newswired::storage {

// Takes the candidate's content over into what is remembered of the item.
void Ledger::remember(Step& step, ItemValue& item) {
    item.ends = ending(step.poll);
    item.hash = step.hash;
    item.parts = step.candidate.parts;
    item.url_hash = step.candidate.url_hash;
    item.url = step.candidate.url;
    item.note = step.candidate.note;
    item.cells = step.candidate.sketch ? step.candidate.sketch->cells : std::string{};
}

void Ledger::write_item(Step const& step, ItemValue const& item) {
    put(item_key(step.poll.feed, step.key), encode(item));
    if (step.candidate.url_hash != 0) {
        put(url_key(step.candidate.url_hash, step.poll.feed),
            encode(UrlValue{.ends = item.ends, .key = step.key}));
    }
    if (step.candidate.page_hash != 0) {
        write_page(step, item);
    }
}

// The page's own address finds the item as well, unless it is the link of another one.
void Ledger::write_page(Step const& step, ItemValue const& item) {
    auto key = url_key(step.candidate.page_hash, step.poll.feed);
    auto const bytes = get(key);
    auto const holder = bytes ? decode_url(*bytes) : std::nullopt;
    if (!holder || holder->key == step.key) {
        put(std::move(key), encode(UrlValue{.ends = item.ends, .key = step.key}));
    }
}

void Ledger::write_seen(Step const& step) {
    // What was emitted keeps its content; what was not gives way to what is.
    if (auto const holder = owner(step); holder && holder->emitted()) {
        return;
    }
    put(seen_key(step.poll.scope, step.poll.site, step.poll.feed, step.candidate.hash),
        encode(SeenValue{.ends = ending(step.poll), .feed = step.poll.feed, .key = step.key}));
}

// An item has left the document, or has been in it for long: it is remembered for `keep` from now on.
void Ledger::renew(PollCommit const& poll, ArticleKey const& key) {
    auto item = get_item(poll.feed, key);
    if (!item) {
        return;
    }
    item->ends = ending(poll);
    put(item_key(poll.feed, key), encode(*item));
    if (item->outcome == Outcome::unchanged) {
        // Another name, which is worth nothing without the item that it names.
        if (item->other && *item->other != key) {
            renew(poll, *item->other);
        }
        return;
    }
    if (item->url_hash != 0) {
        put(url_key(item->url_hash, poll.feed), encode(UrlValue{.ends = item->ends, .key = key}));
    }
    renew_content(poll, *item);
}

void Ledger::renew_content(PollCommit const& poll, ItemValue const& item) {
    auto const owns = item.outcome == Outcome::fresh || item.withheld == Withheld::first_poll;
    if (!owns || item.hash.size() != kHashBytes) {
        return;
    }
    Sha256 hash{};
    std::copy(item.hash.begin(), item.hash.end(), hash.begin());
    auto key = seen_key(poll.scope, poll.site, poll.feed, hash);
    auto const bytes = get(key);
    if (auto value = bytes ? decode_seen(*bytes) : std::nullopt) {
        value->ends = item.ends;
        put(std::move(key), encode(*value));
    }
}

}  // namespace newswired::storage

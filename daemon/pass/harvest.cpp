#include "daemon/pass/harvest.hpp"

#include "articles/identity/fingerprint.hpp"
#include "articles/identity/identity.hpp"
#include "articles/steps.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace newswired::daemon {
namespace {

std::optional<SystemTime> date_of(feeds::ParsedItem const& item) {
    return item.date_published ? item.date_published : item.date_modified;
}

// Whether `first_poll` leaves the item out.  `newer` counts the items of the document that come after it.
bool is_left_out(config::FirstPoll const& rule, feeds::ParsedItem const& item, std::size_t newer,
                 SystemTime now) {
    switch (rule.kind) {
        case config::FirstPoll::Kind::all:
            return false;
        case config::FirstPoll::Kind::none:
            return true;
        case config::FirstPoll::Kind::newest:
            return newer >= rule.count;
        case config::FirstPoll::Kind::since:
            break;
    }
    auto const date = date_of(item);
    return !date || now - *date > rule.age;
}

storage::PartHashes parts_of(articles::Parts const& parts) {
    return {.title = parts.title, .text = parts.text, .attachments = parts.attachments, .link = parts.link};
}

}  // namespace

std::vector<std::size_t> reading_order(feeds::ParsedFeed const& document) {
    auto const count = document.items.size();
    std::vector<std::size_t> order(count);
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    // An undated item takes the date of its neighbour below, so that it stays where it stood.
    std::vector<SystemTime> dates(count, SystemTime::min());
    auto last = SystemTime::min();
    for (auto const index : order) {
        last = date_of(document.items[index]).value_or(last);
        dates[index] = last;
    }
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return dates[a] < dates[b]; });
    return order;
}

Harvest harvest(Plan const& plan, std::size_t feed, feeds::ParsedFeed const& document,
                feeds::FeedState const& state, feeds::Window const& before, SystemTime now) {
    Harvest harvest;
    harvest.items = document.items.size();
    auto const identity_of_feed = plan.feeds().identity(feed);
    articles::Identities const identities{document};
    auto const& first_poll = plan.feeds().options(feed).first_poll;
    auto const order = reading_order(document);
    std::vector<feeds::Window::Entry> entries(order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        auto const& item = document.items[order[place]];
        if (auto const* known = before.find(item.raw_hash)) {
            entries[place] = *known;
            continue;
        }
        auto const identity = identities.of(order[place]);
        auto const fingerprint = articles::fingerprint(item);
        auto& [candidate, article] = harvest.findings.emplace_back();
        candidate = {.key = article_key(identity_of_feed, identity.text),
                     .hash = fingerprint.hash,
                     .parts = parts_of(fingerprint.parts),
                     .url_hash = identity.url_hash,
                     .backlog = !state.read_before,
                     .link_is_identity = identity.link_is_own};
        entries[place] = {.raw_hash = item.raw_hash, .key = candidate.key};
        if (!state.read_before && is_left_out(first_poll, item, order.size() - 1 - place, now)) {
            candidate.withheld = storage::Withheld::first_poll;
            candidate.url = item.url;
        } else {
            article = articles::clean_with(plan.cleaning_steps(), document, item);
            candidate.url = article.url;
        }
    }
    // The newest come first, in case the window can't hold all.
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        harvest.window.add(*entry);
    }
    harvest.window.sort();
    harvest.left = before.missing_in(harvest.window);
    return harvest;
}

}  // namespace newswired::daemon

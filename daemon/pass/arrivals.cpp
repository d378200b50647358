#include "daemon/pass/arrivals.hpp"

#include <algorithm>
#include <optional>

namespace newswired::daemon {
namespace {

// A document of one or two items changes all of them with every other article: that shows nothing.
constexpr std::size_t kTellingItems = 3;

std::vector<feeds::Arrival> backlog_of(feeds::ParsedFeed const& document, SystemTime now) {
    std::vector<SystemTime> dates;
    for (auto const& item : document.items) {
        if (item.date_published) {
            dates.push_back(*item.date_published);
        }
    }
    return feeds::arrivals_of_backlog(dates, now);
}

bool has_older_than(feeds::ParsedFeed const& document, SystemTime time) {
    return std::any_of(document.items.begin(), document.items.end(), [&](feeds::ParsedItem const& item) {
        return item.date_published && *item.date_published <= time;
    });
}

}  // namespace

Arrivals arrivals_of(Harvest const& harvest, feeds::ParsedFeed const& document, feeds::FeedState const& state,
                     feeds::Window const& before, SystemTime now) {
    if (!state.read_before) {
        return {.items = backlog_of(document, now)};
    }
    auto const unknown = harvest.window.missing_in(before);  // in order
    Arrivals arrivals;
    for (auto const& [candidate, article] : harvest.findings) {
        if (std::binary_search(unknown.begin(), unknown.end(), candidate.key)) {
            auto const& date = article.date_published;
            arrivals.items.push_back(feeds::arrival_of_new(date ? &*date : nullptr, state.polled, now));
        }
    }
    std::sort(arrivals.items.begin(), arrivals.items.end(),
              [](auto const& a, auto const& b) { return a.at < b.at; });
    arrivals.moved_on = before.size() >= kTellingItems && harvest.window.size() >= kTellingItems &&
                        unknown.size() == harvest.window.size() &&
                        !has_older_than(document, state.rhythm.newest);
    return arrivals;
}

}  // namespace newswired::daemon

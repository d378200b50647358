// The harvest of one document: which of its items have something to tell, as candidates for the commit.
//
// The way of an item here: unchanged since the last document (window) → passed over; else named,
// fingerprinted, judged by first_poll and the rules, cleaned, and written as a record's body.  Pure; storage
// decides what is new.

#pragma once

#include "core/time.hpp"
#include "daemon/plan.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/parsed_feed.hpp"
#include "feeds/window.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace newswired::daemon {

struct Harvest {
    std::vector<storage::Candidate> candidates{};  ///< oldest first
    feeds::Window window{};
    std::vector<ArticleKey> left{};  ///< known items that are no longer in the document
    std::size_t items = 0;
    std::vector<std::string> titles{};  ///< of the candidates, when the log wants articles
};

/// `before` is the window of the feed's last document.  Thread-safe.
Harvest harvest(Plan const& plan, std::size_t feed, feeds::ParsedFeed const& document,
                feeds::FeedState const& state, feeds::Window const& before, SystemTime now);

/// The numbers of the document's items, oldest first: by date where they have one, else the last one first.
std::vector<std::size_t> reading_order(feeds::ParsedFeed const& document);

}  // namespace newswired::daemon

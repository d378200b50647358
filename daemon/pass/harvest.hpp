// The harvest of one document: which of its items have something to tell, as candidates for the commit.
//
// The way of an item here: unchanged since the last document (window) → passed over; else named,
// fingerprinted, judged by first_poll, and cleaned.  write_up.hpp makes a record of it; what looks at the
// article as a whole stands between the two.  Pure; storage decides what is new.

#pragma once

#include "articles/article.hpp"
#include "core/time.hpp"
#include "daemon/plan.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/parsed_feed.hpp"
#include "feeds/window.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <vector>

namespace newswired::daemon {

/// An item that has something to tell.
struct Finding {
    storage::Candidate candidate{};  ///< still without its body
    articles::Article article{};     ///< clean; empty when first_poll leaves the item out
};

struct Harvest {
    std::vector<Finding> findings{};  ///< oldest first
    feeds::Window window{};
    std::vector<ArticleKey> left{};  ///< known items that are no longer in the document
    std::size_t items = 0;
};

/// `before` is the window of the feed's last document.  Thread-safe.
Harvest harvest(Plan const& plan, std::size_t feed, feeds::ParsedFeed const& document,
                feeds::FeedState const& state, feeds::Window const& before, SystemTime now);

/// The numbers of the document's items, oldest first: by date where they have one, else the last one first.
std::vector<std::size_t> reading_order(feeds::ParsedFeed const& document);

}  // namespace newswired::daemon

// Full text: the stage of a pass in which article pages take the place of a feed's bodies.
//
//     harvest ⇒ choose_pages() ⇒ [ add_pages() ⇒ write-up ⇒ commit ], part by part
//
// Which articles get their pages: those that are news to the store (a preview of the commit says so), that no
// rule drops whatever their pages say, and, with `full_text: auto`, whose feed has teasers.  One request an
// article, but for redirects; a page that fails or is no better leaves the feed's body, for good: an article
// that was told is not told again because its page works later.
//
// A feed may hold hundreds of new articles, and a host gives a page a second.  So the newest kMaxPages get
// their pages, the older ones keep the feed's bodies; all pages of one poll have kAllPages of time; and each
// kPagesAPart are committed, so that what is done is neither held back nor lost.  A poll that waited for all
// of them over days would hold up the feed's next news for the sake of its old ones.

#pragma once

#include "articles/teaser.hpp"
#include "core/clock.hpp"
#include "core/task.hpp"
#include "core/worker_pool.hpp"
#include "daemon/pass/harvest.hpp"
#include "daemon/pass/pages.hpp"
#include "daemon/plan.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::daemon {

inline constexpr std::size_t kMaxPages = 200;        ///< of one poll
inline constexpr std::size_t kPagesAPart = 8;        ///< of one commit
inline constexpr std::chrono::minutes kAllPages{5};  ///< for the pages of one poll
inline constexpr milliseconds kOnePage{120'000};     ///< waiting for its host and redirects included

/// Whether the feed's articles may get their pages at all.
bool may_want_pages(Plan const& plan, std::size_t feed);

/// Looks at the bodies of `findings`, learns from them what the feed is like, and says for each whether its
/// page is wanted as far as the feed is concerned; those that are not have the reason in their candidate's
/// note.  A rule that drops an article whatever its page says is asked here.  `home` is a URL of the feed's
/// site.  Pure.
std::vector<bool> choose_pages(Plan const& plan, std::size_t feed, std::string_view home,
                               std::vector<Finding>& findings, articles::TeaserMemory& memory);

/// Leaves in `wanted` what `preview` takes for news, at most so many as a poll may fetch in its time, the
/// newest.  Pure.
void keep_news(storage::Receipt const& preview, milliseconds delay, std::vector<Finding>& findings,
               std::vector<bool>& wanted);

/// What the pages of one poll share.
struct PageRound {
    Pages& pages;
    WorkerPool& workers;
    Clock& clock;
    SharedPlan plan;
    std::size_t feed = 0;
    articles::TeaserMemory& memory;
    SteadyTime deadline{};
    std::map<std::string, int> failures{};  ///< by host, in a row
    bool stopping = false;
};

/// Fetches the pages of those findings whose number is in `which`, and adopts what is better than the feed's
/// body.  False when the daemon stops: the findings are then worth nothing, and the poll is to be forgotten.
Task<bool> add_pages(PageRound& round, std::span<Finding> findings, std::vector<std::size_t> which);

}  // namespace newswired::daemon

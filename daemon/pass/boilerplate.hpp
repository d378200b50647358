// What the articles of a site have in common goes: between harvest and write-up, with a memory for each site.
//
// articles/site knows how; here the findings of one document are parted by their sites, whose memories
// storage keeps: read before, written again in the poll's commit.  Two feeds of a site that are read at the
// same moment may each miss what the other learnt; it is learnt again soon.  Pure.

#pragma once

#include "core/time.hpp"
#include "daemon/pass/harvest.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::daemon {

/// The findings of one document that are of one site.
struct SiteGroup {
    std::string name{};  ///< "news.example"
    std::uint64_t id = 0;
    std::vector<std::size_t> findings{};
};

/// A link list has a site for each item and nothing to learn of any: the rest of the sites is passed over.
inline constexpr std::size_t kMaxSites = 8;

/// The sites of the findings that have something to compare; of an article without a link, that of the feed.
std::vector<SiteGroup> sites_of(std::vector<Finding> const& findings, std::string_view feed_url);

/// The ids of the groups, to ask storage for.
std::vector<std::uint64_t> ids_of(std::vector<SiteGroup> const& groups);

/// Cleans the findings and notes in their candidates what went.  `memories` are those of `groups`, in order;
/// returns them with what was learnt.  Thread-safe.
std::vector<storage::SiteRecord> drop_boilerplate(std::vector<Finding>& findings,
                                                  std::vector<SiteGroup> const& groups,
                                                  std::vector<std::string> const& memories, SystemTime now);

/// What a memory holds, in words for explain.
std::string describe_site(std::string_view name, std::string_view memory, SystemTime now);

}  // namespace newswired::daemon

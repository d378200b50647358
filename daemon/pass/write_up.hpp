// Writing up: from what a document holds that may be news to candidates with their records.
//
// The last step before the commit: the operator's rules are asked, and what they let pass is written as the
// body of a record.  Pure; storage decides what is new.

#pragma once

#include "articles/record.hpp"
#include "daemon/pass/harvest.hpp"
#include "daemon/plan.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::daemon {

struct WriteUp {
    std::vector<storage::Candidate> candidates{};  ///< in the order of the findings
    std::vector<std::string> titles{};             ///< theirs, when the log wants articles
};

/// Feed number `feed` of `plan` as its records name it.
articles::FeedInfo describe(Plan const& plan, std::size_t feed, std::string_view title);

/// `feed_title` is what feed number `feed` of `plan` calls itself.  Thread-safe.
WriteUp write_up(Plan const& plan, std::size_t feed, std::string_view feed_title,
                 std::vector<Finding> findings);

/// Marks the finding as dropped, and says so, when a rule drops it whatever its page may say: no rule looks
/// at what a page would change.
bool drop_early(Plan const& plan, std::size_t feed, Finding& finding);

}  // namespace newswired::daemon

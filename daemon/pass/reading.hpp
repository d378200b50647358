// Reading: a document on its way from bytes to candidates.
//
// parse.hpp reads it, harvest.hpp picks what has something to tell; once the articles' texts are what they
// will be, finish() takes out what they have in common with others of their site and writes them up.  A
// document that would hold up the thread's other feeds is read on a worker.

#pragma once

#include "articles/teaser.hpp"
#include "core/task.hpp"
#include "daemon/pass/arrivals.hpp"
#include "daemon/pass/harvest.hpp"
#include "daemon/pass/pass.hpp"
#include "daemon/pass/write_up.hpp"
#include "feeds/parsed_feed.hpp"
#include "feeds/poll.hpp"
#include "feeds/websub/links.hpp"

#include <string>
#include <vector>

namespace newswired::daemon {

/// Findings that are ready for the commit.
struct Finished {
    std::vector<storage::SiteRecord> sites{};
    WriteUp write_up{};
};

struct Reading {
    Error error{};
    Harvest harvest{};
    feeds::Pace pace{};
    std::string title{};
    Arrivals arrivals{};
    std::string archive{};  ///< where older items are (RFC 5005)
    feeds::websub::Links links{};
    bool breaks_off = false;
    bool is_delta = false;
    bool heavy = false;       ///< the work goes on on a worker
    std::size_t unknown = 0;  ///< items of the document that were not known to be unchanged
    bool is_gap = false;      ///< others were missed (gap.hpp)
    // With `full_text`, pages come between harvest and write-up.
    std::vector<bool> wanted{};  ///< for each finding: its page; or empty
    articles::TeaserMemory bodies{};

    bool wants_pages() const;
};

/// Reads the document that `answer` brought, which loses its body.
Task<Reading> read_answer(Pass& pass, feeds::PollAnswer& answer);

/// The last steps before the commit, once the findings' texts are what they will be.
Task<Finished> finish(Pass& pass, std::vector<Finding> findings, std::string_view title, bool heavy);

}  // namespace newswired::daemon

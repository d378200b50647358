// Where a feed is asked: the configured URL, or the one that permanent redirects have taught us.
//
// A permanent redirect (301, 308) is learnt after several equal answers that led to a readable document, and
// unlearnt when the new address fails.  Temporary ones (302, 303, 307) never are: in a mixed chain only the
// permanent hops before the first temporary one count.  Spec: RFC 9110, 15.4.

#pragma once

#include "feeds/feed_state.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

/// The URL to ask.  What was learnt for another configured URL does not count: the configuration wins.
std::string address_to_ask(LearntAddress const& learnt, std::string_view configured);

/// After a poll that led to a readable document or a 304 over `hops`.
void note_redirects(LearntAddress& learnt, std::string_view configured, std::vector<http::Hop> const& hops,
                    std::uint32_t learn_after);

/// After a poll that failed: a learnt address is given up, the next poll asks the configured one.
void note_failure(LearntAddress& learnt);

}  // namespace newswired::feeds

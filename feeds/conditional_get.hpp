// Conditional requests: asking a server only for what changed since the last poll.
//
// Pure functions over headers, without I/O.  The validators rest in storage between polls;
// poll.hpp carries them over the network.
//
// Specs: RFC 9110, sections 8.8 (validators), 13.1 (preconditions), 15.4.5 (304 Not Modified).

#pragma once

#include "http/message.hpp"

#include <string>

namespace newswired::feeds {

/// What a server gave us to recognise a document again; etag and last_modified may be empty.
///
/// Kept byte for byte: an entity tag is opaque, and some servers compare If-Modified-Since as
/// text, so a date that we format anew would never match.
struct Validators {
    std::string etag{};
    std::string last_modified{};
    std::string url{};  ///< the resource they belong to: another one must not be asked with them (13.1.2)

    bool empty() const { return etag.empty() && last_modified.empty(); }
    friend bool operator==(Validators const&, Validators const&) = default;
};

/// Makes `request` conditional on the document having changed since `known` was received.
///
/// With a tag, what is new since then will do as well: A-IM asks for a delta of the feed (RFC 3229, 10.5.3;
/// a 226).  Sends every validator there is: a server that reads the tag ignores the date (13.1.3).  They go
/// to the URL they came from only, also when the request is redirected.
void make_conditional(http::Request& request, Validators const& known);

/// The validators for the next poll, after `response` answered a request made with `known`.
///
/// A 304 may omit what did not change, so its gaps are filled from `known`.  Any other response
/// replaces both: the tag of an old body must not vouch for a new one.
Validators next_validators(http::Response const& response, Validators const& known);

}  // namespace newswired::feeds

// Redirects: where to ask next, and what may go along.
//
// Spec: RFC 9110, 15.4 (which statuses, which method), 10.2.2 (Location).  What identifies the reader never
// leaves the origin that it was meant for (CVE-2018-18074, CVE-2022-27774 are what happens otherwise).

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "http/message.hpp"
#include "http/url/url.hpp"

#include <cstddef>
#include <vector>

namespace newswired::http {

/// Whether the response asks to go on elsewhere.
bool is_redirect(std::uint16_t status);

/// The credentials in `url`, the address of `request`, become the request's own, and neither they nor the
/// fragment are ever sent in a target.
void take_credentials(Request& request, Url& url);

/// Whether the last of `hops` is not to be followed: there are more than `most`, or it leads back to an
/// address that was asked.  We bring no cookies, so whoever sends us back to where we were would do so for
/// ever.
bool are_too_many(std::vector<Hop> const& hops, std::size_t most);

/// Where `response`, the answer from `url`, leads; without fragment and userinfo.  errc::bad_redirect when
/// there is no Location, or one that is neither http nor https.
Result<Url> redirect_target(Url const& url, Response const& response);

/// How long `response`, a redirect, asks `request` to wait before it is followed; none for not at all.
milliseconds asked_delay(Request const& request, Response const& response, SystemTime now);

/// Makes `request`, which `from` answered with `status`, one for `to`: its method, and nothing secret when
/// `to` is another origin.
void redirect_request(Request& request, std::uint16_t status, Url const& from, Url const& to);

}  // namespace newswired::http

// The bytes of a request: its line and its fields, each once.
//
// Spec: RFC 9112, 3 (request line, absolute form), RFC 9110, 7.2 (Host), RFC 7617 (Basic).

#pragma once

#include "http/message.hpp"
#include "http/proxy.hpp"
#include "http/url/url.hpp"

#include <string>
#include <string_view>

namespace newswired::http {

/// What feeds are asked for as, unless the caller says otherwise.
inline constexpr std::string_view kFeedTypes =
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";

/// The head of `request` for `url`, with its empty line.  Fields of the request replace those that are added
/// here; Host and what frames the message are never the caller's.  `user_agent` may be empty.
/// With `proxy` the target is in absolute form, for a proxy that forwards it.
std::string request_head(Request const& request, Url const& url, std::string_view user_agent,
                         Proxy const* proxy = nullptr);

/// "Basic …" for these credentials (UTF-8).
std::string basic_credentials(std::string_view username, std::string_view password);

}  // namespace newswired::http

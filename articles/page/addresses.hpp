// What the address of a link says about where it leads.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// The host of an absolute or protocol-relative address, as written; empty for any other.
std::string_view host_of(std::string_view url);

/// What the hosts of one site have in common: "example" of "www.example.co.uk"; empty when `url` has no host.
std::string_view site_of(std::string_view url);

/// Whether one follows a publisher there: a profile, a channel, an app; not a single post.
bool leads_to_profile(std::string_view url);

/// The page of what a player in a frame plays, as a link to it: of "https://www.youtube.com/embed/ID" the
/// film's own page.  Empty for frames that are no players: advertisements, forms, counters.
std::string played_address(std::string_view frame_url);

}  // namespace newswired::articles::page

// Tracking: parameters that follow a reader, and images that watch one.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles {

/// `url` without the parameters of tracking.inc, in query and (where it looks like a query) fragment.
std::string without_tracking(std::string_view url);

/// The same with the parameters that h1 and identities are bound to for ever: tracking.inc may grow, their
/// hashes must not change.
std::string without_tracking_of_h1(std::string_view url);

/// Whether `url` surely has no such parameter; quick.
bool has_no_tracking(std::string_view url);

/// Whether an image of that address and size ("" when not stated) only counts readers.
bool is_tracking_pixel(std::string_view url, std::string_view width, std::string_view height);

}  // namespace newswired::articles

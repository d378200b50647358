// Addresses in feeds: absolute, and nothing that runs when it is followed.

#pragma once

#include <string>
#include <string_view>

namespace newswired::feeds {

/// `reference` resolved against `base`, as http::resolve() does.  Empty when it is a script or a document of
/// its own ("javascript:", "data:"): whoever shows the article would make a link of it.  Pictures in the
/// address stay.
std::string resolved_address(std::string_view base, std::string_view reference);

}  // namespace newswired::feeds

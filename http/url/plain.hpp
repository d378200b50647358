// Cheap looks at URLs: nearly all of them are such that parsing them would change nothing.  What others may
// ask stands in url.hpp; this is resolve()'s.

#pragma once

#include <string_view>

namespace newswired::http {

/// Whether `reference` is an http(s) URL that needs no repair when it is resolved: nearly every link of
/// nearly every article.
bool is_clean_absolute(std::string_view reference);

}  // namespace newswired::http

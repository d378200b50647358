// Registered names: which addresses belong to one publisher.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles {

/// The name under which the host of an http(s) URL was registered, as far as can be told without the list of
/// all registries: "bbc.co.uk" of "https://www.bbc.co.uk/news", "example.org" of "m.example.org".  An address
/// is its own site.  Empty when `url` is no such URL.
std::string registered_name(std::string_view url);

}  // namespace newswired::articles

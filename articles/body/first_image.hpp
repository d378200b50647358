#pragma once

#include <string>
#include <string_view>

namespace newswired::articles {

/// The address of the first picture in sanitised HTML; empty when there is none.
std::string first_image(std::string_view markup);

}  // namespace newswired::articles

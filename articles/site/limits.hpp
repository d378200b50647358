// Numbers that both the judgement and the quick look before it go by.

#pragma once

#include <cstdint>

namespace newswired::articles::site {

// "One sighting is too few": measured, two others and no fewer.
inline constexpr std::uint32_t kFewestOthers = 2;
// What the reports on one matter repeat is in few of all articles.
inline constexpr double kFewestShare = 0.15;
// A short line may be anybody's ("Thank you."), so it must be in so many of the site's articles.
inline constexpr std::uint32_t kShort = 40;
inline constexpr double kShareOfShort = 0.5;
inline constexpr std::uint32_t kLongestTeaser = 300;

}  // namespace newswired::articles::site

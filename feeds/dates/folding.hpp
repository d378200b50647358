// Dates of all scripts in one writing, as the words of dates are listed.

#pragma once

#include <string>
#include <string_view>

namespace newswired::feeds {

/// In lower case, digits and punctuation as ASCII has them: "๑๒ มีนาคม" becomes "12 มีนาคม", "二〇二四年"
/// "2024年".
std::string folded_date(std::string_view text);

}  // namespace newswired::feeds

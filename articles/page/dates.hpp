// Dates as pages state them, the zone kept.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// `text`, which is a date, as RFC 3339 in the zone that it states (else "Z"); empty when it is none, or one
/// that no page on the web can have.
std::string stated_date(std::string_view text);

/// The first calendar day that running text names, as "YYYY-MM-DD": "12.3.2020", "March 12, 2020",
/// "2020年3月12日". `month_first`: how 3/4/2020 is meant.
std::string day_in_text(std::string_view text, bool month_first);

/// The day in an address like "/2020/03/12/"; empty when there is none.
std::string day_in_url(std::string_view url);

}  // namespace newswired::articles::page

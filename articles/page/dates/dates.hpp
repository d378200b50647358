// Dates as pages state and show them, the zone kept.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// `text`, which is a date, as RFC 3339 in the zone that it states; without a zone ("2026-01-31T09:30:00")
/// when it states none.  Empty when it is no date, or one that no page on the web can have.
std::string stated_date(std::string_view text);

/// The first calendar day that running text names, as "YYYY-MM-DD": "12.3.2020", "March 12, 2020",
/// "2020年3月12日", "۲۳ اسفند ۱۳۹۸". `month_first`: how 3/4/2020 is meant.
std::string day_in_text(std::string_view text, bool month_first);

/// The day in an address like "/2020/03/12/"; empty when there is none.
std::string day_in_url(std::string_view url);

/// "YYYY-MM-DD"; empty when there is no such day, or no page can be from it.  Two digits are a year near now.
std::string day_text(int year, int month, int day);

/// Completes a date that states no zone: with the zone of `language`, where that is spoken in one zone only,
/// else with "Z".
std::string with_zone(std::string date, std::string_view language);

/// A moment that was stated in UTC, written in the nearest zone in which it falls on `day`: the publisher's
/// own day is what the page shows and what its address holds.  Unchanged when no zone is so far away.
std::string on_day(std::string date, std::string_view day);

}  // namespace newswired::articles::page

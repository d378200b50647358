// Years and days of other calendars that pages date by.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// 1-12 for a month of the Solar Hijri calendar (Iran, Afghanistan), lower case; 0 for any other word.
int solar_hijri_month(std::string_view word);

/// The Gregorian day of a Solar Hijri one, as "YYYY-MM-DD"; empty when there is none.
std::string from_solar_hijri(int year, int month, int day);

/// The Gregorian year of `year` in an era ("令和", "民國"); 0 when the word names no era.
int era_year(std::string_view era, int year);

/// Buddhist years (Thailand) as Gregorian ones, others unchanged.
int from_buddhist(int year);

}  // namespace newswired::articles::page

// The words of dates: months, zones, halves of the day, eras.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace newswired::feeds {

/// 1-12 for a month's name or a common short form of it, lower case; 0 for any other word.
int month_of(std::string_view word);

struct MonthOfWords {
    int month = 0;
    std::size_t words = 0;
};

/// The same of a month that two or three words name: "كانون الثاني", "tháng mười hai".
MonthOfWords month_of(std::string_view first, std::string_view second, std::string_view third);

/// Minutes east of UTC for a zone's name, lower case ("pst", "cest", "gmt").
std::optional<int> zone_of(std::string_view word);

/// 0: before noon, 12: after noon, -1: no such word.
int half_of_day(std::string_view word);

/// The Gregorian year of `year` in an era ("令和", "民國"); 0 when the word names no era.
int era_year(std::string_view era, int year);

/// Buddhist years (Thailand) as Gregorian ones, others unchanged.
int from_buddhist(int year);

}  // namespace newswired::feeds

#include "http/date.hpp"

#include <array>
#include <cstdio>
#include <string>

namespace newswired::http {
namespace {

std::optional<unsigned> month_number(std::string_view name) {
    constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (unsigned i = 0; i < kMonths.size(); ++i) {
        if (name == kMonths[i]) {
            return i + 1;
        }
    }
    return {};
}

// A two-digit year that seems more than 50 years ahead means the past (RFC 9110, 5.6.7); since nobody dates a
// response in the last century any more, 70 and above is 19xx here.
int full_year(int year, bool two_digits) {
    if (!two_digits) {
        return year;
    }
    return year >= 70 ? 1900 + year : 2000 + year;
}

}  // namespace

std::optional<SystemTime> parse_date(std::string_view text) {
    if (text.empty()) {
        return {};  // the field is not there, as in most responses
    }
    std::string const copy{text.substr(0, 64)};
    char month[4] = {};
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    auto const* c = copy.c_str();
    bool two_digits = false;
    if (std::sscanf(c, "%*3[A-Za-z], %2d %3s %4d %2d:%2d:%2d", &day, month, &year, &hour, &minute, &second) !=
        6) {
        if (std::sscanf(c, "%*[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d", &day, month, &year, &hour, &minute,
                        &second) == 6) {
            two_digits = true;
        } else if (std::sscanf(c, "%*3s %3s %2d %2d:%2d:%2d %4d", month, &day, &hour, &minute, &second,
                               &year) != 6) {
            return {};
        }
    }
    auto const number = month_number(month);
    if (!number || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
        return {};
    }
    using namespace std::chrono;
    year_month_day const date{std::chrono::year{full_year(year, two_digits)}, std::chrono::month{*number},
                              std::chrono::day{unsigned(day)}};
    if (!date.ok()) {
        return {};
    }
    return SystemTime{sys_days{date}} + hours{hour} + minutes{minute} + std::chrono::seconds{second};
}

}  // namespace newswired::http

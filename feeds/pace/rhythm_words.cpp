#include "feeds/pace/rhythm.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace newswired::feeds {
namespace {

// A part of the day is worth a word when it has so many of the articles, and no more than so many hours.
constexpr double kMostOfThem = 0.7;
constexpr std::size_t kFewHours = 12;
constexpr double kHardlyAny = 0.35;  // of an even share

std::string number(double value, char const* format) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string how_often(double a_day) {
    if (a_day >= 9.5) {
        return "about " + number(a_day, "%.0f") + " articles a day";
    }
    if (a_day >= 0.95) {
        return "about " + number(a_day, "%.1f") + " articles a day";
    }
    if (a_day * 7 >= 0.95) {
        return "about " + number(a_day * 7, "%.1f") + " articles a week";
    }
    return "less than an article a week";
}

std::string clock(std::size_t hour) {
    return number(double(hour % Rhythm::kHours), "%02.0f:00");
}

// The shortest stretch of the day, over midnight too, that has most of the articles.
std::string which_hours(std::array<double, Rhythm::kHours> const& shares) {
    for (std::size_t length = 1; length <= kFewHours; ++length) {
        for (std::size_t from = 0; from < Rhythm::kHours; ++from) {
            double sum = 0;
            for (std::size_t i = 0; i < length; ++i) {
                sum += shares[(from + i) % Rhythm::kHours];
            }
            if (sum >= kMostOfThem * double(Rhythm::kHours)) {
                return ", mostly between " + clock(from) + " and " + clock(from + length) + " UTC";
            }
        }
    }
    return {};
}

std::string which_days(std::array<double, Rhythm::kWeekdays> const& shares) {
    static constexpr char const* kNames[] = {"Sundays",   "Mondays", "Tuesdays", "Wednesdays",
                                             "Thursdays", "Fridays", "Saturdays"};
    auto const weekend = std::max(shares[0], shares[6]);
    auto const working = std::min({shares[1], shares[2], shares[3], shares[4], shares[5]});
    if (weekend < kHardlyAny && working > kHardlyAny) {
        return ", on weekdays";
    }
    auto const best = std::max_element(shares.begin(), shares.end());
    if (*best >= kMostOfThem * double(Rhythm::kWeekdays)) {
        return std::string{", mostly on "} + kNames[best - shares.begin()];
    }
    return {};
}

std::string which_minutes(std::array<double, Rhythm::kTwelfths> const& shares) {
    auto const best = std::max_element(shares.begin(), shares.end());
    if (*best < kMostOfThem * double(Rhythm::kTwelfths)) {
        return {};
    }
    auto const minute = 5 * (best - shares.begin());
    return ", in the five minutes from " + number(double(minute), "%02.0f") + " past the hour on";
}

}  // namespace

std::string in_words(Rhythm const& rhythm, SystemTime now) {
    if (!rhythm.known()) {
        return {};
    }
    auto const parts = shares(rhythm);
    return how_often(lasting_rate(rhythm, now)) + which_hours(parts.hours) + which_days(parts.weekdays) +
           which_minutes(parts.twelfths);
}

}  // namespace newswired::feeds

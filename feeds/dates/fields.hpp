// The fields of a date, and the moment that they mean together.

#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace newswired::feeds {

/// What has been found so far; -1: not yet.
struct DateFields {
    int year = -1;
    int month = -1;
    int day = -1;
    int ordinal = -1;  // day of the year
    int week = -1;
    int weekday = 1;
    int hour = -1;
    int minute = 0;
    int second = 0;
    int millisecond = 0;
    int half = -1;  // 0 or 12
    bool has_offset = false;
    int offset = 0;  // minutes east
    std::string region{};
    bool contradicts = false;
    bool is_korean = false;
    bool is_thai = false;

    void set_year(std::int64_t value, std::size_t digits) {
        if (year >= 0 || (digits != 4 && digits > 2)) {
            contradicts = true;
            return;
        }
        auto const century = is_thai ? 2500 : value < 70 ? 2000 : 1900;
        year = static_cast<int>(digits == 4 ? value : value + century);
    }
};

/// Nothing when there is no such day or no such time of the day.
std::optional<SystemTime> time_of(DateFields fields);

}  // namespace newswired::feeds

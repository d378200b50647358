#include "articles/page/dates/dates.hpp"

#include "core/text.hpp"
#include "core/time.hpp"
#include "feeds/dates/date.hpp"
#include "feeds/dates/words.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace newswired::articles::page {
namespace {

// The web is not older, and no article is from the year after next.
constexpr int kFirstYear = 1992;
constexpr int kLastYear = 2038;

// "…T12:00:00+02:00", "… 12:00 -0500": minutes east, when the text ends so.
std::optional<int> stated_offset(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        return std::nullopt;
    }
    std::string digits;
    auto at = text.size();
    for (; at > 0 && digits.size() < 4 && (is_digit(text[at - 1]) || text[at - 1] == ':'); --at) {
        if (is_digit(text[at - 1])) {
            digits.insert(digits.begin(), text[at - 1]);
        }
    }
    if (at == 0 || (text[at - 1] != '+' && text[at - 1] != '-') ||
        (digits.size() != 4 && digits.size() != 2)) {
        return std::nullopt;
    }
    auto const hours = (digits[0] - '0') * 10 + digits[1] - '0';
    auto const minutes = digits.size() == 4 ? (digits[2] - '0') * 10 + digits[3] - '0' : 0;
    if (hours > 14 || minutes > 59 || text.substr(0, at - 1).find(':') == std::string_view::npos) {
        return std::nullopt;
    }
    return (text[at - 1] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

// A zone by name: "… 09:49:32 UTC 2020", "3:02am EST".
std::optional<int> named_zone(std::string_view text) {
    if (text.find(':') == std::string_view::npos) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < text.size();) {
        auto end = i;
        while (end < text.size() && is_alpha(text[end])) {
            ++end;
        }
        if (end - i > 2 || (end == text.size() && end == i + 1 && text[i] == 'Z')) {
            if (auto const zone = feeds::zone_of(to_lower(text.substr(i, end - i)))) {
                return zone;
            }
        }
        i = end + 1;
    }
    return std::nullopt;
}

}  // namespace

std::string day_text(int year, int month, int day) {
    using namespace std::chrono;
    if (year < 100) {
        year += year < 70 ? 2000 : 1900;
    }
    auto const date = std::chrono::year{year} / month / day;
    if (!date.ok() || year < kFirstYear || year > kLastYear) {
        return {};
    }
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    return text;
}

std::string stated_date(std::string_view text) {
    text = trim(text);
    auto const time = feeds::parse_date(text);
    if (!time) {
        return {};
    }
    auto const number = stated_offset(text);
    auto const offset = number ? number : named_zone(text);
    auto out = rfc3339(*time + std::chrono::minutes{offset.value_or(0)});
    auto const year = std::atoi(out.substr(0, 4).c_str());
    if (year < kFirstYear || year > kLastYear) {
        return {};
    }
    if (offset != 0) {   // none, or another than UTC's
        out.pop_back();  // the Z
    }
    if (offset && *offset != 0) {
        char zone[16];
        std::snprintf(zone, sizeof zone, "%c%02d:%02d", *offset < 0 ? '-' : '+', std::abs(*offset) / 60,
                      std::abs(*offset) % 60);
        out += zone;
    }
    return out;
}

}  // namespace newswired::articles::page

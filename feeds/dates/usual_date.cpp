#include "feeds/dates/usual_date.hpp"

#include "core/text.hpp"

#include <cstddef>

namespace newswired::feeds {
namespace {

// Each '0' of the form is a digit, 'a' a letter, '?' anything; other characters stand for themselves.
constexpr std::string_view kRfc822 = "aaa, 00 aaa 0000 00:00:00 ";
constexpr std::string_view kRfc3339 = "0000-00-00T00:00:00";

bool has_form(std::string_view text, std::string_view form) {
    if (text.size() < form.size()) {
        return false;
    }
    for (std::size_t i = 0; i < form.size(); ++i) {
        auto const fits = form[i] == '0'   ? is_digit(text[i])
                          : form[i] == 'a' ? is_alpha(text[i])
                                           : text[i] == form[i];
        if (!fits) {
            return false;
        }
    }
    return true;
}

int number(std::string_view text, std::size_t at, std::size_t digits) {
    int value = 0;
    for (auto const c : text.substr(at, digits)) {
        value = value * 10 + (c - '0');
    }
    return value;
}

unsigned english_month(std::string_view name) {
    constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const place = kNames.find(name);
    return place == std::string_view::npos || place % 3 != 0 ? 0 : static_cast<unsigned>(place / 3 + 1);
}

// Minutes east of UTC of "+0100", "+01:00", "Z", "GMT", "PST" (RFC 822's zones).
std::optional<int> offset_of(std::string_view zone) {
    if (zone == "GMT" || zone == "Z" || zone == "UTC" || zone == "UT") {
        return 0;
    }
    if (zone.size() == 3 && zone[2] == 'T' && (zone[1] == 'S' || zone[1] == 'D')) {
        constexpr std::string_view kWestward = "ECMP";
        auto const place = kWestward.find(zone[0]);
        if (place != std::string_view::npos) {
            return (zone[1] == 'D' ? -240 : -300) - static_cast<int>(place) * 60;
        }
    }
    auto const colon = has_form(zone.substr(zone.empty() ? 0 : 1), "00:00");
    if (zone.size() != (colon ? 6u : 5u) || (zone[0] != '+' && zone[0] != '-') ||
        (!colon && !has_form(zone.substr(1), "0000"))) {
        return std::nullopt;
    }
    auto const minutes = number(zone, 1, 2) * 60 + number(zone, colon ? 4 : 3, 2);
    return zone[0] == '-' ? -minutes : minutes;
}

// Takes ".123456" off `rest`.
int milliseconds_of(std::string_view& rest) {
    std::size_t length = 0;
    while (length + 1 < rest.size() && is_digit(rest[length + 1])) {
        ++length;
    }
    if (length < 3 || rest[0] != '.') {
        return 0;
    }
    auto const value = number(rest, 1, 3);
    rest.remove_prefix(1 + length);
    return value;
}

}  // namespace

std::optional<SystemTime> parse_usual_date(std::string_view text) {
    using namespace std::chrono;
    auto const mail = has_form(text, kRfc822);
    if (!mail && !has_form(text, kRfc3339)) {
        return std::nullopt;
    }
    auto rest = text.substr(mail ? kRfc822.size() : kRfc3339.size());
    auto const fraction = mail ? 0 : milliseconds_of(rest);
    auto const zone = offset_of(rest);
    auto const date = mail ? year{number(text, 12, 4)} / month{english_month(text.substr(8, 3))} /
                                 day{static_cast<unsigned>(number(text, 5, 2))}
                           : year{number(text, 0, 4)} / month{static_cast<unsigned>(number(text, 5, 2))} /
                                 day{static_cast<unsigned>(number(text, 8, 2))};
    auto const clock = std::size_t{mail ? 17u : 11u};
    auto const hour = number(text, clock, 2);
    auto const minute = number(text, clock + 3, 2);
    auto const second = number(text, clock + 6, 2);
    // What is out of the ordinary (hour 24, year 0, long offsets) is left to those who know it.
    if (!zone || *zone < -1440 || *zone > 1440 || !date.ok() || date.year() < year{1} || hour > 23 ||
        minute > 59 || second > 59) {
        return std::nullopt;
    }
    return SystemTime{sys_days{date} + hours{hour} + minutes{minute - *zone} + seconds{second} +
                      milliseconds{fraction}};
}

}  // namespace newswired::feeds

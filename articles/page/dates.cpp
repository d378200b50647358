#include "articles/page/dates.hpp"

#include "core/text.hpp"
#include "core/time.hpp"
#include "feeds/date.hpp"
#include "feeds/date_words.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <optional>
#include <vector>

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

}  // namespace

std::string stated_date(std::string_view text) {
    text = trim(text);
    auto const time = feeds::parse_date(text);
    if (!time) {
        return {};
    }
    auto const offset = stated_offset(text);
    auto out = rfc3339(*time + std::chrono::minutes{offset.value_or(0)});
    auto const year = std::atoi(out.substr(0, 4).c_str());
    if (year < kFirstYear || year > kLastYear) {
        return {};
    }
    if (offset && *offset != 0) {
        char zone[16];
        std::snprintf(zone, sizeof zone, "%c%02d:%02d", *offset < 0 ? '-' : '+', std::abs(*offset) / 60,
                      std::abs(*offset) % 60);
        out.pop_back();  // the Z
        out += zone;
    }
    return out;
}

namespace {

struct Piece {
    enum class Kind { number, word, other } kind;
    std::string_view text;
    int value = 0;
    int month = 0;
};

std::vector<Piece> cut(std::string_view text) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < text.size() && pieces.size() < 400;) {
        auto end = i + 1;
        if (is_digit(text[i])) {
            while (end < text.size() && is_digit(text[end])) {
                ++end;
            }
            auto const digits = text.substr(i, end - i);
            pieces.push_back({Piece::Kind::number, digits,
                              digits.size() <= 8 ? std::atoi(std::string{digits}.c_str()) : -1});
        } else if (is_alpha(text[i]) || static_cast<unsigned char>(text[i]) >= 0x80) {
            while (end < text.size() &&
                   (is_alpha(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) {
                ++end;
            }
            auto const word = text.substr(i, end - i);
            pieces.push_back({Piece::Kind::word, word, 0, word.size() < 3 ? 0 : feeds::month_of(word)});
        } else if (!is_space(text[i])) {
            pieces.push_back({Piece::Kind::other, text.substr(i, 1)});
        }
        i = end;
    }
    return pieces;
}

class Scanner {
  public:
    Scanner(std::vector<Piece> const& pieces, bool month_first)
        : pieces_{pieces}, month_first_{month_first} {}

    std::string at(std::size_t i) const {
        auto const& first = pieces_[i];
        if (first.kind == Piece::Kind::number) {
            auto found = numeric(i);
            return found.empty() ? day_then_month(i) : found;
        }
        return first.month > 0 ? month_then_day(i) : std::string{};
    }

  private:
    Piece const& get(std::size_t i) const {
        static Piece const kEnd{Piece::Kind::other, {}};
        return i < pieces_.size() ? pieces_[i] : kEnd;
    }
    bool is_number(std::size_t i, std::size_t shortest, std::size_t longest) const {
        auto const& p = get(i);
        return p.kind == Piece::Kind::number && p.text.size() >= shortest && p.text.size() <= longest;
    }

    std::string numeric(std::size_t i) const {
        auto const separator = get(i + 1).text;
        auto const cjk = separator == "\u5E74" || separator == "\uB144";
        if (is_number(i, 4, 4) && (cjk || separator == "-" || separator == "/" || separator == ".") &&
            is_number(i + 2, 1, 2) && is_number(i + 4, 1, 2)) {
            return day_text(get(i).value, get(i + 2).value, get(i + 4).value);
        }
        if (is_number(i, 1, 2) && (separator == "." || separator == "/" || separator == "-") &&
            get(i + 3).text == separator && is_number(i + 2, 1, 2) &&
            (is_number(i + 4, 4, 4) || is_number(i + 4, 2, 2))) {
            auto const a = get(i).value;
            auto const b = get(i + 2).value;
            auto const month_first = separator == "/" ? (month_first_ ? a <= 12 : b > 12) : b > 12;
            return month_first ? day_text(get(i + 4).value, a, b) : day_text(get(i + 4).value, b, a);
        }
        if (is_number(i, 8, 8) && get(i).value > kFirstYear * 10000) {
            return day_text(get(i).value / 10000, get(i).value / 100 % 100, get(i).value % 100);
        }
        return {};
    }

    // "12 March 2020", "12. März 2020", "12 de marzo de 2020", "12th of March, 2020", "12-Mar-20".
    std::string day_then_month(std::size_t i) const {
        if (!is_number(i, 1, 2)) {
            return {};
        }
        auto at = i + 1;
        for (auto steps = 0; steps < 2 && get(at).month == 0; ++steps) {
            if (get(at).text.empty() || get(at).kind == Piece::Kind::number || get(at).text.size() > 4) {
                return {};
            }
            ++at;
        }
        return get(at).month > 0 ? year_after(at, get(at).month, get(i).value) : std::string{};
    }

    std::string month_then_day(std::size_t i) const {
        auto at = i + 1;
        at += get(at).text == "." ? 1 : 0;
        if (!is_number(at, 1, 2)) {
            return {};
        }
        return year_after(at, get(i).month, get(at).value);
    }

    std::string year_after(std::size_t at, int month, int day) const {
        for (auto next = at + 1; next < at + 4; ++next) {
            if (is_number(next, 4, 4)) {
                return day_text(get(next).value, month, day);
            }
            if (get(next).kind == Piece::Kind::number || get(next).text.size() > 4) {
                return {};
            }
        }
        return {};
    }

    std::vector<Piece> const& pieces_;
    bool month_first_;
};

}  // namespace

std::string day_in_text(std::string_view text, bool month_first) {
    auto const lowered = to_lower(text);
    auto const pieces = cut(lowered);
    Scanner const scanner{pieces, month_first};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (auto day = scanner.at(i); !day.empty()) {
            return day;
        }
    }
    return {};
}

std::string day_in_url(std::string_view url) {
    auto const scheme = url.find("//");
    auto const path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 2);
    if (path == std::string_view::npos) {
        return {};
    }
    auto const rest = url.substr(path, 400);
    auto number = [&](std::size_t at, std::size_t digits) {
        auto value = 0;
        for (auto i = at; i < at + digits; ++i) {
            if (i >= rest.size() || !is_digit(rest[i])) {
                return -1;
            }
            value = value * 10 + rest[i] - '0';
        }
        return value;
    };
    // "/29-10-2021"
    for (std::size_t i = 1; i + 10 <= rest.size(); ++i) {
        if (!is_digit(rest[i - 1]) && rest[i + 2] == '-' && rest[i + 5] == '-' &&
            (i + 10 == rest.size() || !is_digit(rest[i + 10])) && number(i, 2) > 0 && number(i + 3, 2) > 0 &&
            number(i + 6, 4) >= kFirstYear) {
            if (auto found = day_text(number(i + 6, 4), number(i + 3, 2), number(i, 2)); !found.empty()) {
                return found;
            }
        }
    }
    for (std::size_t i = 1; i + 8 <= rest.size(); ++i) {
        if (is_digit(rest[i - 1]) || !is_digit(rest[i])) {
            continue;
        }
        auto const year = number(i, 4);
        if (year < kFirstYear || year > kLastYear) {
            continue;
        }
        auto const separator = rest[i + 4];
        if (separator == '/' || separator == '-' || separator == '_') {
            for (std::size_t const month_digits : {2u, 1u}) {
                auto const month = number(i + 5, month_digits);
                auto const next = i + 5 + month_digits;
                if (month < 0 || next >= rest.size() || (rest[next] != separator && rest[next] != '/')) {
                    continue;
                }
                for (std::size_t const day_digits : {2u, 1u}) {
                    auto const day = number(next + 1, day_digits);
                    auto const end = next + 1 + day_digits;
                    if (day >= 0 && (end >= rest.size() || !is_digit(rest[end]))) {
                        if (auto found = day_text(year, month, day); !found.empty()) {
                            return found;
                        }
                    }
                }
            }
        } else if (is_digit(separator) && (i + 8 >= rest.size() || !is_digit(rest[i + 8]))) {
            auto const digits = number(i, 8);
            if (digits > 0) {
                if (auto found = day_text(digits / 10000, digits / 100 % 100, digits % 100); !found.empty()) {
                    return found;
                }
            }
        }
    }
    return {};
}

}  // namespace newswired::articles::page

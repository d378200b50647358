#include "articles/page/dates/dates.hpp"
#include "articles/page/dates/pieces.hpp"
#include "feeds/dates/folding.hpp"
#include "feeds/dates/solar_hijri.hpp"
#include "feeds/dates/words.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace newswired::articles::page {
namespace {

using Kind = DatePiece::Kind;

// 19920101 and later may be a day written as one number.
constexpr int kFirstCompact = 19'920'000;

// Four digits below it are a year of another calendar.
constexpr int kFirstGregorian = 1500;

// Words longer than "del" that stand between the parts of a date: "of the year", mostly.
constexpr std::string_view kJoints[] = {"พ.ศ", "ค.ศ", "წლის", "жылғы", "года", "року"};

bool joins(DatePiece const& piece) {
    constexpr std::size_t kShort = 4;
    return piece.kind != Kind::number && piece.month == 0 && !piece.text.empty() &&
           (piece.text.size() <= kShort ||
            std::find(std::begin(kJoints), std::end(kJoints), piece.text) != std::end(kJoints));
}

bool is_thai(std::string_view word) {
    return word.starts_with("\xE0\xB8") || word.starts_with("\xE0\xB9");
}

std::string day_of_solar_hijri(int year, int month, int day) {
    using namespace std::chrono;
    auto const days = feeds::from_solar_hijri(year, month, day);
    if (!days) {
        return {};
    }
    year_month_day const date{*days};
    return day_text(int(date.year()), int(unsigned(date.month())), int(unsigned(date.day())));
}

class Scanner {
  public:
    Scanner(std::vector<DatePiece> const& pieces, bool month_first)
        : pieces_{pieces}, month_first_{month_first} {}

    std::string at(std::size_t i) const {
        auto const& first = pieces_[i];
        if (first.kind == Kind::number) {
            for (auto const read : {&Scanner::numeric, &Scanner::other_calendar, &Scanner::day_then_month,
                                    &Scanner::year_then_day}) {
                if (auto day = (this->*read)(i); !day.empty()) {
                    return day;
                }
            }
            return {};
        }
        return first.month > 0 ? month_then_day(i) : std::string{};
    }

  private:
    DatePiece const& get(std::size_t i) const {
        static DatePiece const kEnd{};
        return i < pieces_.size() ? pieces_[i] : kEnd;
    }
    bool is_number(std::size_t i, std::size_t shortest, std::size_t longest) const {
        return get(i).is_number(shortest, longest);
    }

    std::string numeric(std::size_t i) const {
        auto const separator = get(i + 1).text;
        auto const cjk = separator == "\u5E74" || separator == "\uB144";
        if (is_number(i, 4, 4) && (cjk || separator == "-" || separator == "/" || separator == ".") &&
            is_number(i + 2, 1, 2) && is_number(i + 4, 1, 2)) {
            return day_text(feeds::from_buddhist(get(i).value), get(i + 2).value, get(i + 4).value);
        }
        if (is_number(i, 1, 2) && (separator == "." || separator == "/" || separator == "-") &&
            get(i + 3).text == separator && is_number(i + 2, 1, 2) &&
            (is_number(i + 4, 4, 4) || is_number(i + 4, 2, 2))) {
            auto const a = get(i).value;
            auto const b = get(i + 2).value;
            auto const month_first = separator == "/" ? (month_first_ ? a <= 12 : b > 12) : b > 12;
            auto const year = feeds::from_buddhist(get(i + 4).value);
            if (is_number(i + 4, 4, 4) && year < kFirstGregorian) {
                return day_of_solar_hijri(year, b, a);
            }
            return month_first ? day_text(year, a, b) : day_text(year, b, a);
        }
        if (is_number(i, 8, 8) && get(i).value > kFirstCompact) {
            return day_text(get(i).value / 10000, get(i).value / 100 % 100, get(i).value % 100);
        }
        return {};
    }

    // "令和2年3月12日", "2 تیر 1399".
    std::string other_calendar(std::size_t i) const {
        if (i > 0 && is_number(i, 1, 3) && get(i + 1).text == "\u5E74" && is_number(i + 2, 1, 2) &&
            is_number(i + 4, 1, 2)) {
            auto const year = feeds::era_year(get(i - 1).text, get(i).value);
            return year == 0 ? std::string{} : day_text(year, get(i + 2).value, get(i + 4).value);
        }
        if (is_number(i, 1, 2) && is_number(i + 2, 4, 4)) {
            if (auto const month = feeds::solar_hijri_month(get(i + 1).text); month > 0) {
                return day_of_solar_hijri(get(i + 2).value, month, get(i).value);
            }
        }
        auto const separator = get(i + 1).text;
        if (is_number(i, 4, 4) && get(i).value < kFirstGregorian && (separator == "/" || separator == "-") &&
            is_number(i + 2, 1, 2) && get(i + 3).text == separator && is_number(i + 4, 1, 2)) {
            return day_of_solar_hijri(get(i).value, get(i + 2).value, get(i + 4).value);
        }
        return {};
    }

    // "12 March 2020", "12. März 2020", "12 de marzo de 2020", "12th of March, 2020", "12-Mar-20".
    std::string day_then_month(std::size_t i) const {
        if (!is_number(i, 1, 2)) {
            return {};
        }
        auto const at = after_joints(i + 1);
        if (get(at).month == 0) {
            return {};
        }
        auto day = year_after(at, get(at).month, get(i).value);
        return day.empty() ? short_year_after(i, at) : day;
    }

    std::string month_then_day(std::size_t i) const {
        auto at = i + 1;
        at += get(at).text == "." ? 1 : 0;
        if (!is_number(at, 1, 2)) {
            return {};
        }
        return year_after(at, get(i).month, get(at).value);
    }

    // "2024. március 12.", "2024 m. kovo 12 d.", "2024. gada 12. marts", "2024-Mar-12".
    std::string year_then_day(std::size_t i) const {
        if (!is_number(i, 4, 4)) {
            return {};
        }
        auto const first = after_joints(i + 1);
        auto second = first + 1;
        second += get(second).text == "." || get(second).text == "-" ? 1 : 0;
        auto const month = get(first).month > 0 ? first : second;
        auto const day = month == first ? second : first;
        // "in 2019: March 12, 2020" has the year that belongs to it behind it.
        if (get(month).month == 0 || !is_number(day, 1, 2) ||
            !year_after(second, get(month).month, get(day).value).empty()) {
            return {};
        }
        return day_text(feeds::from_buddhist(get(i).value), get(month).month, get(day).value);
    }

    // Past at most two short words or signs.
    std::size_t after_joints(std::size_t at) const {
        auto const end = at + 2;
        while (at < end && joins(get(at))) {
            ++at;
        }
        return at;
    }

    std::string year_after(std::size_t at, int month, int day) const {
        for (auto next = at + 1; next < at + 4; ++next) {
            if (is_number(next, 4, 4)) {
                return day_text(feeds::from_buddhist(get(next).value), month, day);
            }
            if (is_number(next, 2, 2) && get(next - 1).text == "'" && next > at + 1) {
                return day_text(get(next).value, month, day);  // "12 Mar '24"
            }
            if (!joins(get(next))) {
                return {};
            }
        }
        return {};
    }

    // "12 Mar 24", "12-Mar-24", "12 มี.ค. 67": two digits that can be neither a time nor another day.
    std::string short_year_after(std::size_t day, std::size_t month) const {
        auto at = month + 1;
        auto const& sign = get(at);
        if (sign.text == "." || (sign.text == "-" && get(day + 1).text == "-")) {
            ++at;
        }
        auto const& behind = get(at + 1);
        auto const time = behind.kind == Kind::number && get(at + 2).text == ":";
        if (!is_number(at, 2, 2) || (day > 0 && get(day - 1).month > 0) || behind.kind == Kind::word ||
            (behind.kind == Kind::number && !time) || behind.text == ":" || behind.text == "." ||
            behind.text == "%" || (behind.text == "," && is_number(at + 2, 4, 4))) {
            return {};
        }
        auto const year = get(at).value;
        constexpr int kThaiCentury = 2500;
        return day_text(is_thai(get(month).text) ? feeds::from_buddhist(kThaiCentury + year) : year,
                        get(month).month, get(day).value);
    }

    std::vector<DatePiece> const& pieces_;
    bool month_first_;
};

}  // namespace

std::string day_in_text(std::string_view text, bool month_first) {
    auto const folded = feeds::folded_date(text);
    auto const pieces = date_pieces(folded);
    Scanner const scanner{pieces, month_first};
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (auto day = scanner.at(i); !day.empty()) {
            return day;
        }
    }
    return {};
}

}  // namespace newswired::articles::page

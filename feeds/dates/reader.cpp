#include "feeds/dates/reader.hpp"

#include "feeds/dates/solar_hijri.hpp"
#include "feeds/dates/words.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace newswired::feeds {

std::optional<SystemTime> DateReader::read() {
    if (tokens_.size() == 0) {
        return std::nullopt;
    }
    if (!read_compact()) {
        for (std::size_t at = 0; at < tokens_.size();) {
            at = std::max(step(at), at + 1);
        }
    }
    return instant_ ? instant_ : time_of(fields_);
}

// Digits only: the length says what they are.
bool DateReader::read_compact() {
    auto const& first = tokens_[0];
    auto const fractional = tokens_.size() == 3 && tokens_[1].is('.') && tokens_[2].is_number();
    auto const negative = first.is('-');
    if (negative || !first.is_number() || (tokens_.size() > 1 && !fractional)) {
        return false;
    }
    auto const value = first.value;
    switch (first.digits()) {
        case 9:
        case 10:
        case 11:
            instant_ = SystemTime{seconds{value}};
            return true;
        case 13:
            instant_ = SystemTime{milliseconds{value}};
            return true;
        case 16:
            instant_ = SystemTime{milliseconds{value / 1000}};
            return true;
        case 5:  // YYDDD
            fields_.set_year(value / 1000, 2);
            fields_.ordinal = static_cast<int>(value % 1000);
            return true;
        case 6:  // YYMMDD
            fields_.set_year(value / 10000, 2);
            fields_.month = static_cast<int>(value / 100 % 100);
            fields_.day = static_cast<int>(value % 100);
            return true;
        case 12:
        case 14: {
            auto const date = value / (first.digits() == 14 ? 1'000'000 : 10'000);
            auto const time = first.digits() == 14 ? value % 1'000'000 : value % 10'000 * 100;
            fields_.year = static_cast<int>(date / 10000);
            fields_.month = static_cast<int>(date / 100 % 100);
            fields_.day = static_cast<int>(date % 100);
            fields_.hour = static_cast<int>(time / 10000);
            fields_.minute = static_cast<int>(time / 100 % 100);
            fields_.second = static_cast<int>(time % 100);
            return true;
        }
        case 4:
            fields_.year = static_cast<int>(value);
            fields_.month = fields_.day = 1;
            return true;
        default:
            return false;
    }
}

std::size_t DateReader::step(std::size_t at) {
    auto const& token = tokens_[at];
    if (token.is('(')) {
        in_parentheses_ = true;
    } else if (token.is(')')) {
        in_parentheses_ = false;
    } else if (token.is_number()) {
        return number(at);
    } else if (token.is_word()) {
        return word(at);
    } else if ((token.is('+') || token.is('-')) && fields_.hour >= 0 && tokens_[at + 1].is_number() &&
               !tokens_[at + 1].follows_space) {
        return offset(at);
    }
    return at + 1;
}

std::size_t DateReader::number(std::size_t at) {
    auto const& token = tokens_[at];
    auto const& next = tokens_[at + 1];
    if (next.is(':') && tokens_[at + 2].is_number() && fields_.hour < 0 && token.digits() <= 2) {
        return time(at);
    }
    if (next.is_word() && half_of_day(next.text) >= 0 && next.text.size() > 1 && fields_.hour < 0 &&
        token.value <= 12) {
        fields_.hour = token.field();  // "3pm"
        return at + 1;
    }
    if (next.is_word() && marked(at)) {
        return at + 2;
    }
    if (next.is_word() && !next.follows_space) {
        if (next.text == "w" && tokens_[at + 2].is_number() && token.digits() == 4) {
            return week(at);
        }
        if (next.text == "h" && fields_.hour < 0 && token.value < 25) {  // "15h30"
            fields_.hour = token.field();
            auto const& minute = tokens_[at + 2];
            if (minute.is_number() && !minute.follows_space && minute.value < 60) {
                fields_.minute = minute.field();
                return at + 3;
            }
            return at + 2;
        }
    }
    if (at > 0 && tokens_[at - 1].is_word() && tokens_[at - 1].text == "t" && fields_.hour < 0) {
        return digits_of_time(at);
    }
    if (next.is('.') && tokens_[at + 2].digits() == 2 && !tokens_[at + 2].follows_space &&
        fields_.year >= 0 && fields_.month > 0 && fields_.day > 0 && fields_.hour < 0 &&
        token.digits() <= 2) {
        return time(at);  // "12. maaliskuuta 2024 klo 10.20"
    }
    if ((next.is('-') || next.is('/') || next.is('.')) && fields_.day < 0 && fields_.month < 0) {
        auto const end = date_group(at);
        if (end > at) {
            return end;
        }
    }
    if (token.digits() == 8 && fields_.year < 0) {
        fields_.year = static_cast<int>(token.value / 10000);
        fields_.month = static_cast<int>(token.value / 100 % 100);
        fields_.day = static_cast<int>(token.value % 100);
    } else if (token.digits() == 7 && fields_.year < 0) {
        fields_.year = static_cast<int>(token.value / 1000);
        fields_.ordinal = static_cast<int>(token.value % 1000);
    } else if (token.digits() == 4 || token.value > 31 || fields_.day >= 0) {
        fields_.set_year(token.value, token.digits());
    } else {
        fields_.day = token.field();
    }
    return at + 1;
}

// "2004年", "5월", "28日", "15時": a unit of East Asia follows the number.
bool DateReader::marked(std::size_t at) {
    auto const value = tokens_[at].field();
    auto const unit = tokens_[at + 1].text;
    if (unit == "年" || unit == "년") {
        auto const era = at > 0 ? era_year(tokens_[at - 1].text, value) : 0;
        fields_.year = era > 0 ? era : value;
        fields_.is_korean = fields_.is_korean || unit == "년";
    } else if (unit == "月" || unit == "월") {
        fields_.month = value;
    } else if (unit == "日" || unit == "일") {
        fields_.day = value;
    } else if (unit == "時" || unit == "时" || unit == "点" || unit == "시") {
        fields_.hour = value;
    } else if (unit == "分" || unit == "분") {
        fields_.minute = value;
    } else if (unit == "秒" || unit == "초") {
        fields_.second = value;
    } else {
        return false;
    }
    return true;
}

std::size_t DateReader::fraction(std::size_t at) {
    auto const& digits = tokens_[at + 1];
    if ((tokens_[at].is('.') || tokens_[at].is(',')) && digits.is_number() && !digits.follows_space) {
        int scale = 100;
        for (auto const digit : digits.text.substr(0, 3)) {
            fields_.millisecond += (digit - '0') * scale;
            scale /= 10;
        }
        return at + 2;
    }
    return at;
}

std::size_t DateReader::time(std::size_t at) {
    fields_.hour = tokens_[at].field();
    fields_.minute = tokens_[at + 2].field();
    at += 3;
    if (tokens_[at].is(':') && tokens_[at + 1].is_number()) {
        fields_.second = tokens_[at + 1].field();
        at = fraction(at + 2);
        if (tokens_[at].is(':') && tokens_[at + 1].is_number()) {
            at += 2;  // "15:04:05:00"
        }
    }
    return at;
}

// After a "T": "181455", "1814", "18".
std::size_t DateReader::digits_of_time(std::size_t at) {
    auto const value = tokens_[at].field();
    switch (tokens_[at].digits()) {
        case 6:
            fields_.hour = value / 10000;
            fields_.minute = value / 100 % 100;
            fields_.second = value % 100;
            return fraction(at + 1);
        case 4:
            fields_.hour = value / 100;
            fields_.minute = value % 100;
            break;
        case 1:
        case 2:
            fields_.hour = value;
            break;
        default:
            fields_.contradicts = true;
    }
    return at + 1;
}

std::size_t DateReader::week(std::size_t at) {
    fields_.year = tokens_[at].field();
    auto const& number = tokens_[at + 2];
    if (number.digits() == 3) {  // "2004W073"
        fields_.week = static_cast<int>(number.value / 10);
        fields_.weekday = static_cast<int>(number.value % 10);
        return at + 3;
    }
    fields_.week = number.field();
    if (tokens_[at + 3].is('-') && tokens_[at + 4].digits() == 1) {
        fields_.weekday = tokens_[at + 4].field();
        return at + 5;
    }
    return at + 3;
}

// Numbers joined by '-', '/' or '.'.
std::size_t DateReader::date_group(std::size_t at) {
    auto const& a = tokens_[at];
    auto const separator = tokens_[at + 1].text[0];
    auto const& b = tokens_[at + 2];
    if (b.is_word() && b.text == "w" && a.digits() == 4 && tokens_[at + 3].is_number()) {
        auto const end = week(at + 1);  // the '-' stands where the number would
        fields_.year = a.field();
        return end;
    }
    auto const& c = tokens_[at + 4];
    auto const spaced = separator == '.' && b.follows_space && c.follows_space;  // "12. 3. 2024"
    auto const third = tokens_[at + 3].is(separator) && c.is_number() && (spaced || !c.follows_space);
    if (!b.is_number() || (b.follows_space && !(spaced && third))) {
        return at;
    }
    if (a.digits() == 4) {
        fields_.year = a.field();
        if (!third && b.digits() == 3) {
            fields_.ordinal = b.field();
            return at + 3;
        }
        fields_.month = b.field();
        fields_.day = third ? c.field() : 1;
        return at + (third ? 5 : 3);
    }
    if (!third) {
        return at;
    }
    auto day = a.field();
    auto month = b.field();
    if (separator == '-' && c.digits() == 2 && month <= 12) {  // 03-12-31
        fields_.set_year(a.value, a.digits());
        fields_.month = month;
        fields_.day = c.field();
        return at + 5;
    }
    if (separator == '/' ? day <= 12 : month > 12) {
        std::swap(day, month);
    }
    fields_.day = day;
    fields_.month = month;
    fields_.set_year(c.value, c.digits());
    return at + 5;
}

std::size_t DateReader::offset(std::size_t at) {
    auto const sign = tokens_[at].is('-') ? -1 : 1;
    auto const& number = tokens_[at + 1];
    if (fields_.year < 0 && number.digits() == 4 && fields_.month > 0 && number.value > 1400) {
        return at + 1;  // "… - 2020": a year after a dash
    }
    auto minutes = 0;
    auto end = at + 2;
    auto const value = number.field();
    if (number.digits() >= 3) {
        minutes = value / 100 * 60 + value % 100;
    } else {
        minutes = value * 60;
        if (tokens_[end].is(':') && tokens_[end + 1].is_number()) {
            minutes += tokens_[end + 1].field();
            end += 2;
        }
    }
    if (number.digits() <= 4 && minutes <= 24 * 60) {
        fields_.offset = sign * minutes;
        fields_.has_offset = true;
        fields_.region.clear();
    }
    return end;
}

std::size_t DateReader::word(std::size_t at) {
    auto const text = tokens_[at].text;
    if (auto const half = half_of_day(text); half >= 0) {
        fields_.half = half;
        fields_.is_korean = fields_.is_korean || text == "오전" || text == "오후";
        return at + 1;
    }
    if ((text == "tháng" || text == "thg" || (text == "th" && !tokens_[at + 1].follows_space)) &&
        tokens_[at + 1].is_number() && fields_.month < 0) {
        fields_.month = tokens_[at + 1].field();  // Vietnam counts its months
        return at + 2;
    }
    if (auto const found = month_of(text, tokens_[at + 1].text, tokens_[at + 2].text); found.words > 0) {
        fields_.month = found.month;
        return at + found.words;
    }
    if (tokens_[at + 1].is('/') && tokens_[at + 2].is_word() && month_of(text) == 0) {
        fields_.region = std::string{text} + "/" + std::string{tokens_[at + 2].text};
        return at + 3;
    }
    if (fields_.hour >= 0 || text.size() == 3) {
        if (auto const zone = zone_of(text); zone && !fields_.has_offset && !month_of(text)) {
            fields_.offset = *zone;
            // A number may follow that says it better: "GMT-0700".
            auto const more =
                (tokens_[at + 1].is('-') || tokens_[at + 1].is('+')) && tokens_[at + 2].is_number();
            fields_.has_offset = !more;
            if (more && fields_.hour >= 0) {
                return offset(at + 1);
            }
            fields_.has_offset = true;
            return at + 1;
        }
    }
    if (!in_parentheses_) {
        if (auto const month = month_of(text); month > 0) {
            fields_.month = month;  // the last one: "mar., 01 déc. 2020" begins with a Tuesday
            fields_.is_thai = text.starts_with("\xE0\xB8") || text.starts_with("\xE0\xB9");
        }
    }
    if (auto const month = solar_hijri_month(text); month > 0 && fields_.month < 0) {
        fields_.month = month;
    }
    return at + 1;
}

}  // namespace newswired::feeds

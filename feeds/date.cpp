#include "feeds/date.hpp"

#include "core/text.hpp"
#include "feeds/date_words.hpp"
#include "feeds/usual_date.hpp"

#include <unicode/ucal.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string>

namespace newswired::feeds {
namespace {

constexpr std::size_t kLongestDate = 128;
constexpr SystemTime kSecondYear = std::chrono::sys_days{std::chrono::year{2} / 1 / 1};

struct Token {
    enum class Kind : std::uint8_t { none, number, word, symbol } kind = Kind::none;
    std::string_view text{};
    std::int64_t value = 0;      // of a number
    bool follows_space = false;  // white space before it

    bool is(char symbol) const { return kind == Kind::symbol && text[0] == symbol; }
    bool is_number() const { return kind == Kind::number; }
    bool is_word() const { return kind == Kind::word; }
    // Values that no field can have stay such when they become an int.
    int field() const { return static_cast<int>(std::clamp<std::int64_t>(value, -1, 1'000'000)); }
    std::size_t digits() const { return is_number() ? text.size() : 0; }
};

std::string lower(std::string_view text) {
    std::string out;
    auto const length = static_cast<std::int32_t>(text.size());
    for (std::int32_t place = 0; place < length;) {
        auto const byte = text[static_cast<std::size_t>(place)];
        if (static_cast<unsigned char>(byte) < 0x80) {
            out += to_lower(byte);
            ++place;
            continue;
        }
        UChar32 code = 0;
        auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
        U8_NEXT(bytes, place, length, code);
        append_utf8(out, code < 0 ? char32_t{0xFFFD} : static_cast<char32_t>(u_tolower(code)));
    }
    return out;
}

constexpr bool is_word_byte(char c) {
    return is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// A fixed number of tokens: what has more is no date.
class Tokens {
  public:
    explicit Tokens(std::string_view text) {
        bool space = false;
        for (std::size_t place = 0; place < text.size() && count_ < tokens_.size() - 3;) {
            auto const c = text[place];
            if (is_space(c)) {
                space = true;
                ++place;
                continue;
            }
            auto end = place + 1;
            auto& token = tokens_[count_++];
            if (is_digit(c)) {
                while (end < text.size() && is_digit(text[end])) {
                    ++end;
                }
                token.kind = Token::Kind::number;
                token.text = text.substr(place, end - place);
                if (std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.value)
                        .ec != std::errc{}) {
                    token.value = std::numeric_limits<std::int64_t>::max();
                }
            } else if (is_word_byte(c)) {
                while (end < text.size() &&
                       (is_word_byte(text[end]) ||
                        (text[end] == '.' && end + 1 < text.size() && is_word_byte(text[end + 1])))) {
                    ++end;
                }
                token.kind = Token::Kind::word;
                token.text = text.substr(place, end - place);
            } else {
                token.kind = Token::Kind::symbol;
                token.text = text.substr(place, 1);
            }
            token.follows_space = space;
            space = false;
            place = end;
        }
    }
    Token const& operator[](std::size_t index) const { return tokens_[std::min(index, tokens_.size() - 1)]; }
    std::size_t size() const { return count_; }

  private:
    std::array<Token, 48> tokens_{};
    std::size_t count_ = 0;
};

// What has been found so far; -1: not yet.
struct Fields {
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

    void set_year(std::int64_t value, std::size_t digits) {
        if (year >= 0 || (digits != 4 && digits > 2)) {
            contradicts = true;
            return;
        }
        year = digits == 4 ? static_cast<int>(value) : static_cast<int>(value + (value < 70 ? 2000 : 1900));
    }
};

class Reader {
  public:
    explicit Reader(std::string_view text) : tokens_{text} {}

    std::optional<SystemTime> read();

  private:
    bool read_compact();
    std::size_t step(std::size_t at);
    std::size_t number(std::size_t at);
    std::size_t time(std::size_t at);
    std::size_t digits_of_time(std::size_t at);
    std::size_t fraction(std::size_t at);
    std::size_t date_group(std::size_t at);
    std::size_t week(std::size_t at);
    std::size_t offset(std::size_t at);
    std::size_t word(std::size_t at);
    bool marked(std::size_t at);
    std::optional<SystemTime> result() const;

    Tokens tokens_;
    Fields fields_;
    std::optional<SystemTime> instant_;
    bool in_parentheses_ = false;
};

std::optional<SystemTime> Reader::read() {
    if (tokens_.size() == 0) {
        return std::nullopt;
    }
    if (!read_compact()) {
        for (std::size_t at = 0; at < tokens_.size();) {
            at = std::max(step(at), at + 1);
        }
    }
    return instant_ ? instant_ : result();
}

// Digits only: the length says what they are.
bool Reader::read_compact() {
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

std::size_t Reader::step(std::size_t at) {
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

std::size_t Reader::number(std::size_t at) {
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
    if (next.is_word() && !next.follows_space) {
        if (marked(at)) {
            return at + 2;
        }
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
bool Reader::marked(std::size_t at) {
    auto const value = tokens_[at].field();
    auto const unit = tokens_[at + 1].text;
    if (unit == "年" || unit == "년") {
        fields_.year = value;
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

std::size_t Reader::fraction(std::size_t at) {
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

std::size_t Reader::time(std::size_t at) {
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
std::size_t Reader::digits_of_time(std::size_t at) {
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

std::size_t Reader::week(std::size_t at) {
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
std::size_t Reader::date_group(std::size_t at) {
    auto const& a = tokens_[at];
    auto const separator = tokens_[at + 1].text[0];
    auto const& b = tokens_[at + 2];
    if (b.is_word() && b.text == "w" && a.digits() == 4 && tokens_[at + 3].is_number()) {
        auto const end = week(at + 1);  // the '-' stands where the number would
        fields_.year = a.field();
        return end;
    }
    if (!b.is_number() || b.follows_space) {
        return at;
    }
    auto const& c = tokens_[at + 4];
    auto const third = tokens_[at + 3].is(separator) && c.is_number() && !c.follows_space;
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

std::size_t Reader::offset(std::size_t at) {
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

std::size_t Reader::word(std::size_t at) {
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
    if (tokens_[at + 1].is('/') && tokens_[at + 2].is_word()) {
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
        }
    }
    return at + 1;
}

std::optional<int> offset_of_region(std::string const& region, std::int64_t local_seconds) {
    std::u16string id;
    bool start = true;
    for (auto const c : region) {
        id += static_cast<char16_t>(start && c >= 'a' && c <= 'z' ? c - 32 : c);
        start = c == '/' || c == '_' || c == '-';
    }
    if (region == "etc/gmt" || region == "etc/utc") {
        return 0;
    }
    UErrorCode status = U_ZERO_ERROR;
    auto* const calendar =
        ucal_open(id.data(), static_cast<std::int32_t>(id.size()), nullptr, UCAL_GREGORIAN, &status);
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    ucal_setMillis(calendar, static_cast<double>(local_seconds) * 1000, &status);
    auto minutes = [&] {
        return (ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                ucal_get(calendar, UCAL_DST_OFFSET, &status)) /
               60'000;
    };
    auto const first = minutes();  // as if local time were UTC; then once more with what that says
    ucal_setMillis(calendar, static_cast<double>(local_seconds - first * 60) * 1000, &status);
    auto const offset = minutes();
    ucal_close(calendar);
    return U_FAILURE(status) != 0 ? std::nullopt : std::optional{static_cast<int>(offset)};
}

std::optional<std::chrono::sys_days> day_of(Fields const& fields) {
    using namespace std::chrono;
    auto const first = year{fields.year} / January / 1;
    if (fields.week > 0) {
        auto const fourth = sys_days{year{fields.year} / January / 4};  // always in week 1
        auto const monday = fourth - days{static_cast<int>(weekday{fourth}.iso_encoding()) - 1};
        auto const next_fourth = sys_days{year{fields.year + 1} / January / 4};
        auto const next_monday =
            next_fourth - days{static_cast<int>(weekday{next_fourth}.iso_encoding()) - 1};
        auto const start = monday + weeks{fields.week - 1};
        if (start >= next_monday || fields.weekday < 1 || fields.weekday > 7) {
            return std::nullopt;
        }
        return start + days{fields.weekday - 1};
    }
    if (fields.ordinal >= 0) {
        if (fields.ordinal < 1 || fields.ordinal > (year{fields.year}.is_leap() ? 366 : 365)) {
            return std::nullopt;
        }
        return sys_days{first} + days{fields.ordinal - 1};
    }
    if (fields.month < 1 || fields.month > 12 || fields.day > 31) {  // std::chrono::day keeps 8 bits
        return std::nullopt;
    }
    auto const date = year{fields.year} / month{static_cast<unsigned>(fields.month)} /
                      day{static_cast<unsigned>(fields.day < 0 ? 1 : fields.day)};
    return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

std::optional<SystemTime> Reader::result() const {
    auto const& f = fields_;
    if (f.contradicts || f.year < 1 || f.year > 9999) {
        return std::nullopt;
    }
    auto day = day_of(f);
    if (!day) {
        return std::nullopt;
    }
    auto hour = std::max(f.hour, 0);
    if (f.half == 12 && hour < 12) {
        hour += 12;
    } else if (f.half == 0 && hour == 12) {
        hour = 0;
    }
    if (hour > 24 || f.minute > 59 || f.second > 60) {
        return std::nullopt;
    }
    if (hour == 24 && (f.minute > 0 || f.second > 0)) {
        hour = 0;  // "24:05" is meant as five past midnight of that day; "24:00" as its end
    }
    auto const local = std::int64_t{hour} * 3600 + std::int64_t{f.minute} * 60 + f.second +
                       std::chrono::seconds{day->time_since_epoch()}.count();
    auto minutes = f.has_offset ? f.offset : f.is_korean ? 9 * 60 : 0;
    if (!f.region.empty()) {
        minutes = offset_of_region(f.region, local).value_or(minutes);
    }
    return SystemTime{seconds{local - minutes * 60} + milliseconds{f.millisecond}};
}

}  // namespace

std::optional<SystemTime> parse_date(std::string_view text) {
    text = trim(text);
    if (text.empty() || text.size() > kLongestDate) {
        return std::nullopt;
    }
    auto const usual = parse_usual_date(text);
    auto const found = usual ? usual : Reader{lower(text)}.read();
    // The year 1 is what programs write that have no date.
    return found && *found >= kSecondYear ? found : std::nullopt;
}

}  // namespace newswired::feeds

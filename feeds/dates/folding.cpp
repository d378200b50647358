#include "feeds/dates/folding.hpp"

#include "core/text.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <algorithm>

namespace newswired::feeds {
namespace {

// What a sign of another script is in ASCII; ',' stands for all that part words.
char ascii_sign(UChar32 code) {
    if (code > 0xFF00 && code < 0xFF5F) {
        return char(code - 0xFEE0);  // full width
    }
    switch (u_charType(code)) {
        case U_DASH_PUNCTUATION:
            return '-';
        case U_INITIAL_PUNCTUATION:
        case U_FINAL_PUNCTUATION:
            return '\'';
        default:
            return code == 0xB7 || code == 0x30FB ? '.' : ',';  // middle dots
    }
}

// 0-9, or 10 for 十; -1 for what is no numeral.
int han_numeral(UChar32 code) {
    switch (code) {
        case U'〇':
        case U'零':
            return 0;
        case U'一':
        case U'元':  // the first year of an era
            return 1;
        case U'二':
            return 2;
        case U'三':
            return 3;
        case U'四':
            return 4;
        case U'五':
            return 5;
        case U'六':
            return 6;
        case U'七':
            return 7;
        case U'八':
            return 8;
        case U'九':
            return 9;
        case U'十':
            return 10;
        default:
            return -1;
    }
}

// Collects numerals until it is known whether they count years, months or days.
class HanNumber {
  public:
    bool take(UChar32 code) {
        auto const value = han_numeral(code);
        if (value >= 0) {
            append_utf8(written_, static_cast<char32_t>(code));
            values_.push_back(static_cast<char>(value));
        }
        return value >= 0;
    }

    // `next` stands behind them.
    void flush(std::string& out, UChar32 next) {
        if (written_.empty()) {
            return;
        }
        auto const counts = next == U'年' || next == U'月' || next == U'日' || next == U'号' || next == U'號';
        out += counts && values_.size() <= 4 ? std::to_string(value()) : written_;
        written_.clear();
        values_.clear();
    }

  private:
    // "二〇二四" is a row of digits, "二十四" a number.
    int value() const {
        auto tens = 0;
        auto rest = 0;
        for (auto const one : values_) {
            if (one == 10) {
                tens += 10 * std::max(rest, 1);
                rest = 0;
            } else {
                rest = rest * 10 + one;
            }
        }
        return tens + rest;
    }

    std::string written_;
    std::string values_;
};

}  // namespace

std::string folded_date(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    HanNumber han;
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        if (bytes[i] < 0x80) {
            han.flush(out, bytes[i]);
            out += to_lower(text[static_cast<std::size_t>(i++)]);
            continue;
        }
        UChar32 code = 0;
        U8_NEXT(bytes, i, length, code);
        if (han.take(code)) {
            continue;
        }
        han.flush(out, code);
        auto const digit = code < 0 ? -1 : u_charDigitValue(code);
        if (digit >= 0) {
            out += char('0' + digit);
        } else if (code == 0xA0 || code == 0x202F || code == 0x3000) {
            out += ' ';  // spaces that keep a line together
        } else if (code >= 0 && (u_ispunct(code) || (code > 0xFF00 && code < 0xFF21))) {
            out += ascii_sign(code);
        } else if (code != 0x200E && code != 0x200F && code != 0x200C) {
            append_utf8(out, code < 0 ? char32_t{0xFFFD} : static_cast<char32_t>(u_tolower(code)));
        }
    }
    han.flush(out, 0);
    return out;
}

}  // namespace newswired::feeds

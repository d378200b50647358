#include "core/sketch.hpp"

#include "core/letters.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace newswired {
namespace {

// A word of so many letters says something by itself; shorter ones are in every text of the language.
constexpr std::size_t kLongWord = 6;
// Longer texts are told apart by their beginning: bounds what a stranger's book costs.
constexpr std::size_t kMaxBytes = 256 * 1024;
constexpr auto kEmpty = std::numeric_limits<std::uint32_t>::max();
constexpr auto kNoBand = std::numeric_limits<std::uint64_t>::max();
// By how much the last words move up in the 64 bits that hold the latest run: after four words, five
// characters or eight letters (of scripts without spaces), one has left it.  Shorter runs survive more edits,
// but are in other texts as well.
constexpr int kShiftOfWord = 16;
constexpr int kShiftOfCharacter = 13;
constexpr int kShiftOfLetter = 8;

enum class Kind : std::uint8_t { part, letter, dense };

// Writing without spaces between words: Thai, Lao, Burmese, Khmer, Kana, Han.
constexpr bool is_dense(char32_t c) {
    return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800) ||
           (c >= 0x2E80 && c < 0x3000) || (c >= 0x3040 && c < 0xA4D0) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0xFF66 && c < 0xFFA0) || (c >= 0x20000 && c < 0x40000);
}

// Of those, the ones whose characters are letters rather than syllables or words: the southern ones.
constexpr bool is_dense_letter(char32_t c) {
    return c < 0x2000;
}

// Punctuation, spaces and symbols outside of ASCII, as far as texts have them.
constexpr bool parts_words(char32_t c) {
    return (c >= 0x80 && c < 0xC0) || (c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) ||
           (c >= 0xFE10 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) ||
           c == 0x060C || c == 0x061F || c == 0x06D4 || c == 0xFEFF || (c >= 0x1F000 && c < 0x20000);
}

struct Character {
    char32_t code = 0;
    std::size_t length = 1;
};

Character character_at(std::string_view text, std::size_t place) {
    auto const lead = static_cast<unsigned char>(text[place]);
    std::size_t const length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (place + length > text.size()) {
        return {.code = 0xFFFD, .length = text.size() - place};
    }
    char32_t code = length == 1 ? lead : lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        code = code << 6 | (static_cast<unsigned char>(text[place + i]) & 0x3F);
    }
    return {.code = code, .length = length};
}

constexpr bool is_ascii_letter(char c) {
    return is_alpha(c) || is_digit(c);
}

// Of a character that is not ASCII.
Kind kind_of(char32_t c) {
    return is_dense(c) ? Kind::dense : parts_words(c) ? Kind::part : Kind::letter;
}

// Eight bytes that begin with so many letters and digits (1 to 8): those, as small letters, the first one
// highest.
std::uint64_t small_letters(char const* text, std::size_t length) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text, sizeof eight);
    if constexpr (std::endian::native == std::endian::little) {
        eight = __builtin_bswap64(eight);
    }
    return (eight | 0x2020202020202020) >> (64 - 8 * length);
}

// The letters and digits that stand at the beginning of eight bytes, as small letters, the first one highest.
struct Run {
    std::uint64_t bytes = 0;
    std::size_t length = 0;
};

Run run_at(char const* text) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHigh = kOnes * 0x80;
    std::uint64_t eight = 0;
    std::memcpy(&eight, text, sizeof eight);
    if constexpr (std::endian::native == std::endian::little) {
        eight = __builtin_bswap64(eight);
    }
    auto const ascii = (eight | kOnes * 0x20) & ~kHigh;
    // The sums reach the high bit from the first of a range on, and from behind its last.
    auto const letters = (ascii + kOnes * (0x80 - 'a')) & ~(ascii + kOnes * (0x7F - 'z'));
    auto const plain = eight & ~kHigh;
    auto const digits = (plain + kOnes * (0x80 - '0')) & ~(plain + kOnes * (0x7F - '9'));
    auto const others = ~(letters | digits) | eight;
    auto const length = std::size_t(std::countl_zero(others & kHigh)) / 8;
    return {.bytes = length == 0 ? 0 : ascii >> (64 - 8 * length), .length = length};
}

constexpr std::uint64_t mix(std::uint64_t hash) {
    hash = (hash ^ hash >> 29) * 0xD6E8FEB86659FD93;
    return hash ^ hash >> 32;
}

class Sketcher {
  public:
    Sketcher() {
        fine_.fill(kEmpty);
        bands_.fill(kNoBand);
    }

    void read(std::string_view text);
    bool is_too_short() const { return halves_ < 2 * kFewestSketchedWords; }
    Sketch finish();

  private:
    // The longest word that is read at once.
    static constexpr std::size_t kLongestUsual = 15;

    std::size_t usual_words(std::string_view text, std::size_t place);
    void usual_word(char const* text, std::size_t length);
    std::size_t unusual(std::string_view text, std::size_t place);
    std::size_t one(std::string_view text, std::size_t place);
    std::size_t word(std::string_view text, std::size_t place);
    void end_word(std::uint64_t hash, std::size_t letters);
    void token(std::uint64_t hash, bool alone, int shift);
    void add(std::uint64_t feature);
    void enter(std::uint64_t run);
    void fill_gaps();

    std::array<std::uint32_t, Sketch::kCells> fine_;
    std::array<std::uint64_t, Sketch::kBands> bands_;  // least first
    std::uint64_t waiting_ = 0;                        // a token that goes with the next one; 0: none
    std::uint64_t run_ = 0;                            // the last words
    std::size_t halves_ = 0;                           // words, counted twice
};

void Sketcher::read(std::string_view text) {
    std::size_t place = 0;
    while (place + kLettersStep + kLongestUsual < text.size()) {
        place = usual_words(text, place);
    }
    while (place < text.size()) {
        place = one(text, place);
    }
}

// Most words of most texts are read here: a few ASCII letters, then none.  What stands at the end of the 64
// bytes, or at a character that is not ASCII, may go on.
std::size_t Sketcher::usual_words(std::string_view text, std::size_t place) {
    auto const letters = letters_at(text.data() + place);
    auto const limit = static_cast<std::size_t>(std::countr_zero(letters.others));
    auto const open = limit == 0 ? 0 : std::countl_one(letters.ascii << (kLettersStep - limit));
    auto const end = limit - static_cast<std::size_t>(open);
    for (auto words = end == 0 ? 0 : letters.ascii & ~std::uint64_t{0} >> (kLettersStep - end); words != 0;) {
        auto const begin = static_cast<std::size_t>(std::countr_zero(words));
        auto const length = static_cast<std::size_t>(std::countr_one(words >> begin));
        if (length > kLongestUsual) {
            return unusual(text, place + begin);
        }
        usual_word(text.data() + place + begin, length);
        words &= words + (std::uint64_t{1} << begin);
    }
    return limit < kLettersStep || end == 0 ? unusual(text, place + end) : place + end;
}

// As word() hashes it.
void Sketcher::usual_word(char const* text, std::size_t length) {
    if (length < 8) {
        end_word(small_letters(text, length), length);
        return;
    }
    auto const first = small_letters(text, 8);
    auto const more = length - 8;
    auto const last = more > 0 ? first << (8 * more) | small_letters(text + 8, more) : first;
    end_word(mix(first) ^ last, length);
}

std::size_t Sketcher::unusual(std::string_view text, std::size_t place) {
    do {
        place = one(text, place);
    } while (place < text.size() && static_cast<unsigned char>(text[place]) >= 0x80);
    return place;
}

// A word, or a character that is none.
std::size_t Sketcher::one(std::string_view text, std::size_t place) {
    if (static_cast<unsigned char>(text[place]) < 0x80) {
        return is_ascii_letter(text[place]) ? word(text, place) : place + 1;
    }
    auto const [code, length] = character_at(text, place);
    switch (kind_of(code)) {
        case Kind::dense:
            token(mix(code), false, is_dense_letter(code) ? kShiftOfLetter : kShiftOfCharacter);
            ++halves_;
            break;
        case Kind::letter:
            return word(text, place);
        case Kind::part:
            break;
    }
    return place + length;
}

// Hashes its bytes, eight at a time; ASCII capitals count as small letters.
std::size_t Sketcher::word(std::string_view text, std::size_t place) {
    std::uint64_t hash = 0;
    std::uint64_t eight = 0;
    std::size_t bytes = 0;
    std::size_t letters = 0;
    auto take = [&](char c) {
        eight = eight << 8 | static_cast<unsigned char>(c);
        if (++bytes % 8 == 0) {
            hash = mix(hash ^ eight);
        }
    };
    while (place < text.size()) {
        if (bytes % 8 == 0 && place + 8 <= text.size()) {
            auto const run = run_at(text.data() + place);
            if (run.length == 8) {
                eight = run.bytes;
                hash = mix(hash ^ eight);
            } else if (run.length > 0) {
                eight = eight << (8 * run.length) | run.bytes;
            }
            bytes += run.length;
            letters += run.length;
            place += run.length;
            if (run.length == 8) {
                continue;
            }
            if (static_cast<unsigned char>(text[place]) < 0x80) {
                break;
            }
        }
        if (is_ascii_letter(text[place])) {
            take(char(text[place] | 0x20));
            ++place;
        } else if (static_cast<unsigned char>(text[place]) < 0x80) {
            break;
        } else {
            auto const [code, length] = character_at(text, place);
            if (kind_of(code) != Kind::letter) {
                break;
            }
            for (auto const c : text.substr(place, length)) {
                take(c);
            }
            place += length;
        }
        ++letters;
    }
    end_word(hash ^ eight, letters);
    return place;
}

void Sketcher::end_word(std::uint64_t hash, std::size_t letters) {
    halves_ += 2;
    token(mix(hash ^ letters << 56), letters >= kLongWord, kShiftOfWord);
}

inline void Sketcher::token(std::uint64_t hash, bool alone, int shift) {
    run_ = (run_ << shift) + hash;
    if (auto const run = mix(run_); run < bands_.back()) {
        enter(run);
    }
    if (waiting_ != 0) {
        add(mix(waiting_ * 3 + hash));
    }
    if (alone) {
        add(hash);
    }
    waiting_ = alone ? 0 : std::max<std::uint64_t>(hash, 1);
}

void Sketcher::add(std::uint64_t feature) {
    auto& fine = fine_[feature >> 58];
    fine = std::min(fine, std::uint32_t(feature));
}

// Runs that come again count once.
void Sketcher::enter(std::uint64_t run) {
    auto const place = std::lower_bound(bands_.begin(), bands_.end(), run);
    if (*place != run) {
        std::move_backward(place, bands_.end() - 1, bands_.end());
        *place = run;
    }
}

// An empty cell takes the value of another one: always the same for the same cells, so that it agrees where
// the texts do.
void Sketcher::fill_gaps() {
    auto const given = fine_;
    for (std::size_t i = 0; i < fine_.size(); ++i) {
        for (std::uint64_t attempt = 1; fine_[i] == kEmpty && attempt <= 4 * fine_.size(); ++attempt) {
            fine_[i] = given[mix(i << 32 | attempt) % fine_.size()];
        }
    }
}

Sketch Sketcher::finish() {
    fill_gaps();
    Sketch made;
    made.cells.reserve(Sketch::kCells);
    for (auto const value : fine_) {
        made.cells += char(mix(value));
    }
    made.bands = bands_;
    return made;
}

}  // namespace

std::optional<Sketch> sketch(std::string_view utf8) {
    Sketcher sketcher;
    sketcher.read(utf8.substr(0, kMaxBytes));
    return sketcher.is_too_short() ? std::nullopt : std::optional{sketcher.finish()};
}

double similarity(std::string_view cells, std::string_view others) {
    if (cells.size() != Sketch::kCells || others.size() != Sketch::kCells) {
        return 0;
    }
    int equal = 0;
    for (std::size_t i = 0; i < Sketch::kCells; ++i) {
        equal += cells[i] == others[i] ? 1 : 0;
    }
    // One cell of 256 agrees by chance.
    constexpr double kByChance = 1.0 / 256;
    return std::max(0.0, (double(equal) / double(Sketch::kCells) - kByChance) / (1 - kByChance));
}

}  // namespace newswired

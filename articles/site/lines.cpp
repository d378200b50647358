#include "articles/site/lines.hpp"

#include "core/hash.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstddef>

namespace newswired::articles::site {
namespace {

// Longer lines are prose: nobody puts a title or a date into boilerplate of that length, and to look for them
// there would cost more than all the rest.
constexpr std::size_t kLongLine = 400;
constexpr std::size_t kLongByline = 160;
// A shorter title or name is found in any sentence.
constexpr std::size_t kShortTitle = 8;
constexpr std::size_t kShortName = 4;
// "5 min", "Attendance: 12,345": a number with so few letters around it may be what the article tells.
constexpr std::uint32_t kWordsOfANumber = 15;
// A line of tags has hardly another word.
constexpr std::uint32_t kWordsBesideTags = 15;
constexpr std::size_t kMaxTags = 32;

// What stands for what was taken out: no text holds these.
constexpr char kTitle = '\x02';
constexpr char kAuthor = '\x04';
constexpr char kTag = '\x05';
constexpr char kAddress = '\x06';

// Replaces every `what` in `text` by `mark`; whether there was one.
bool replace_all(std::string& text, std::string_view what, char mark) {
    auto place = text.find(what);
    if (place == std::string::npos) {
        return false;
    }
    for (; place != std::string::npos; place = text.find(what, place + 1)) {
        text.replace(place, what.size(), 1, mark);
    }
    return true;
}

bool replace_addresses(std::string& text) {
    bool any = false;
    for (auto place = text.find("://"); place != std::string::npos; place = text.find("://", place + 1)) {
        auto const before = std::string_view{text}.substr(0, place);
        auto const scheme = before.ends_with("http") ? 4u : before.ends_with("https") ? 5u : 0u;
        if (scheme > 0) {
            auto const end = std::min(text.find(' ', place), text.size());
            place -= scheme;
            text.replace(place, end - place, 1, kAddress);
            any = true;
        }
    }
    return any;
}

bool is_word_byte(char c) {
    return is_alpha(c) || (c & 0x80) != 0;
}

// A letter of ASCII; the first byte of another character, which says more from U+3000 on.
std::uint32_t weight_of_byte(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return (is_alpha(c) ? 1u : 0u) + (byte >= 0xC3 ? 1u : 0u) + (byte >= 0xE3 ? 1u : 0u);
}

std::uint32_t weight_of_block(char const* bytes) {
#ifdef __SSE2__
    auto const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes));
    auto const is_from = [&](__m128i values, char least) {
        return _mm_cmpeq_epi8(_mm_max_epu8(values, _mm_set1_epi8(least)), values);
    };
    // The place in the alphabet, whatever the case.
    auto const letter = _mm_sub_epi8(_mm_or_si128(block, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    auto const is_letter = _mm_cmpeq_epi8(_mm_min_epu8(letter, _mm_set1_epi8('z' - 'a')), letter);
    // What is true is -1.
    auto const weights =
        _mm_sub_epi8(_mm_setzero_si128(),
                     _mm_add_epi8(is_letter, _mm_add_epi8(is_from(block, '\xC3'), is_from(block, '\xE3'))));
    auto const sums = _mm_sad_epu8(weights, _mm_setzero_si128());
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(sums) + _mm_extract_epi16(sums, 4));
#else
    std::uint32_t weight = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
        weight += weight_of_byte(bytes[i]);
    }
    return weight;
#endif
}

}  // namespace

std::uint32_t weight_of(std::string_view text) {
    std::uint32_t weight = 0;
    for (; text.size() >= kBlock; text.remove_prefix(kBlock)) {
        weight += weight_of_block(text.data());
    }
    for (char const c : text) {
        weight += weight_of_byte(c);
    }
    return weight;
}

std::uint64_t hash_of(std::string_view text) {
    return std::max<std::uint64_t>(xxh3(text) >> 16, 1);
}

std::string_view without_bullet(std::string_view line) {
    if (line.starts_with("- ")) {
        return trim(line.substr(2));
    }
    auto const digits = std::size_t(std::find_if_not(line.begin(), line.end(), is_digit) - line.begin());
    return digits > 0 && digits < 4 && line.substr(digits).starts_with(". ") ? trim(line.substr(digits + 2))
                                                                             : line;
}

Line LineReader::read(std::string_view line) {
    if (line.size() > kLongLine) {
        return {.hash = hash_of(line), .weight = weight_of(line)};
    }
    auto const has_own = take_out_own(line);
    auto const has_digits = find_digit(text_, 0) < text_.size();
    auto const varies = has_digits && take_out_numbers();
    return {.hash = hash_of(text_), .weight = weight_of(text_), .has_own = has_own, .varies = varies};
}

bool LineReader::take_out_own(std::string_view line) {
    text_ = line;
    bool has_own = article_.title.size() >= kShortTitle && replace_all(text_, article_.title, kTitle);
    has_own = replace_addresses(text_) || has_own;
    if (text_.size() <= kLongByline) {
        for (auto const& author : article_.authors) {
            if (author.name.size() >= kShortName) {
                replace_all(text_, author.name, kAuthor);
            }
        }
        take_out_tags();
    }
    return has_own;
}

// "Filed under: this, that": only where nearly all of the line is tags, since a tag may be any word.
void LineReader::take_out_tags() {
    auto const count = std::min(article_.tags.size(), kMaxTags);
    auto const is_in_line = [&](std::string const& tag) {
        return tag.size() >= kShortName && text_.find(tag) != std::string::npos;
    };
    auto const end = article_.tags.begin() + std::ptrdiff_t(count);
    auto const first = std::find_if(article_.tags.begin(), end, is_in_line);
    if (first == end) {
        return;
    }
    scratch_ = text_;
    std::for_each(first, end, [&](std::string const& tag) {
        if (tag.size() >= kShortName) {
            replace_all(scratch_, tag, kTag);
        }
    });
    if (weight_of(scratch_) > kWordsBesideTags) {
        return;
    }
    // However many there are.
    text_.clear();
    bool after_tag = false;
    for (char const c : scratch_) {
        if (c == kTag && after_tag) {
            while (text_.back() != kTag) {
                text_.pop_back();
            }
            continue;
        }
        after_tag = c == kTag || (after_tag && !is_word_byte(c));
        text_ += c;
    }
}

// Whether numbers were taken out that are no date.
bool LineReader::take_out_numbers() {
    auto const without = numbers_.erase(text_);
    if (!numbers_.has_date() && weight_of(without) < kWordsOfANumber) {
        return false;
    }
    text_ = without;
    return numbers_.has_other();
}

}  // namespace newswired::articles::site

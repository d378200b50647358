#include "articles/site/lines.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstring>

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

std::uint32_t weight_of_byte(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return is_alpha(c) || (byte >= 0xC3 && byte < 0xE0) ? 1u : byte >= 0xE3 ? 2u : byte >= 0xE0 ? 1u : 0u;
}

// How many of eight bytes are letters, counted at once; -1 when not all are ASCII.
int letters_of_eight(char const* bytes) {
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHigh = kOnes * 0x80;
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, sizeof eight);
    if ((eight & kHigh) != 0) {
        return -1;
    }
    auto const small = eight | kOnes * 0x20;
    // The sums reach the high bit from 'a' on, and from behind 'z' on.
    auto const letters = (small + kOnes * (0x80 - 'a')) & ~(small + kOnes * (0x7F - 'z')) & kHigh;
    return int((letters >> 7) * kOnes >> 56);
}

}  // namespace

std::uint32_t weight_of(std::string_view text) {
    std::uint32_t weight = 0;
    std::size_t place = 0;
    while (place + 8 <= text.size()) {
        if (auto const letters = letters_of_eight(text.data() + place); letters >= 0) {
            weight += std::uint32_t(letters);
            place += 8;
        } else {
            for (auto const end = place + 8; place < end; ++place) {
                weight += weight_of_byte(text[place]);
            }
        }
    }
    for (; place < text.size(); ++place) {
        weight += weight_of_byte(text[place]);
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
    auto const has_digits = std::find_if(text_.begin(), text_.end(), is_digit) != text_.end();
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
    if (article_.tags.empty()) {
        return;
    }
    scratch_ = text_;
    bool any = false;
    for (std::size_t i = 0; i < std::min(article_.tags.size(), kMaxTags); ++i) {
        auto const& tag = article_.tags[i];
        any = (tag.size() >= kShortName && replace_all(scratch_, tag, kTag)) || any;
    }
    if (!any || weight_of(scratch_) > kWordsBesideTags) {
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

#include "articles/site/lines.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"

#include <algorithm>

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
    for (auto place = text.find("http"); place != std::string::npos; place = text.find("http", place + 1)) {
        auto const rest = std::string_view{text}.substr(place + 4);
        if (rest.starts_with("://") || rest.starts_with("s://")) {
            auto const end = std::min(text.find(' ', place), text.size());
            text.replace(place, end - place, 1, kAddress);
            any = true;
        }
    }
    return any;
}

bool is_word_byte(char c) {
    return is_alpha(c) || (c & 0x80) != 0;
}

}  // namespace

std::uint32_t weight_of(std::string_view text) {
    std::uint32_t weight = 0;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        weight += is_alpha(c) || (byte >= 0xC3 && byte < 0xE0) ? 1u
                  : byte >= 0xE3                               ? 2u
                  : byte >= 0xE0                               ? 1u
                                                               : 0u;
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
        return {.hash = hash_of(line), .weight = std::uint32_t(line.size())};
    }
    auto const has_own = take_out_own(line);
    auto const has_digits = std::find_if(text_.begin(), text_.end(), is_digit) != text_.end();
    auto const varies = has_digits && take_out_numbers();
    // Of a longer one it is enough to know that it is a paragraph.
    constexpr std::size_t kSurelyParagraph = 160;
    auto const weight = text_.size() > kSurelyParagraph ? std::uint32_t(text_.size() / 2) : weight_of(text_);
    return {.hash = hash_of(text_), .weight = weight, .has_own = has_own, .varies = varies};
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

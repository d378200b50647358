#include "feeds/dates/tokens.hpp"

#include "core/text.hpp"

#include <charconv>
#include <limits>

namespace newswired::feeds {
namespace {

constexpr bool is_word_byte(char c) {
    return is_alpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

Tokens::Tokens(std::string_view text) {
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
            if (std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.value).ec !=
                std::errc{}) {
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

}  // namespace newswired::feeds

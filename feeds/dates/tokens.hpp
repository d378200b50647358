// A date cut up into numbers, words and symbols.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace newswired::feeds {

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

/// A fixed number of tokens: what has more is no date.
class Tokens {
  public:
    /// `text` must outlive the tokens.
    explicit Tokens(std::string_view text);
    Token const& operator[](std::size_t index) const { return tokens_[std::min(index, tokens_.size() - 1)]; }
    std::size_t size() const { return count_; }

  private:
    std::array<Token, 48> tokens_{};
    std::size_t count_ = 0;
};

}  // namespace newswired::feeds

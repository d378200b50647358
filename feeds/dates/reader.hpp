// Reads a date of any form, token by token: each says what it can only be, given what was found before it.

#pragma once

#include "core/time.hpp"
#include "feeds/dates/fields.hpp"
#include "feeds/dates/tokens.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace newswired::feeds {

class DateReader {
  public:
    /// `text` is in lower case (folded_date()) and outlives the reader.
    explicit DateReader(std::string_view text) : tokens_{text} {}

    /// Once.
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

    Tokens tokens_;
    DateFields fields_;
    std::optional<SystemTime> instant_;
    bool in_parentheses_ = false;
};

}  // namespace newswired::feeds

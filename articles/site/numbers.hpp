// Numbers and dates in a line: what changes from page to page though the line is the same.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace newswired::articles::site {

/// Puts '\x0e' in the place of every number and every date ("5 March 2024", "2024-03-05 10:42", "2024年3月").
class NumberEraser {
  public:
    /// `text` without numbers and dates; valid until the next call.
    std::string_view erase(std::string_view text);

    /// Whether there was a date in it.
    bool has_date() const { return has_date_; }
    /// Whether there was a number in it that belongs to no date.
    bool has_other() const { return others_ > 0; }

  private:
    std::size_t up_to_number(std::string_view text, std::size_t place);
    std::size_t behind_number(std::string_view text, std::size_t place);
    std::size_t number(std::string_view text, std::size_t place);
    std::size_t word(std::string_view text, std::size_t place);

    std::string out_{};
    bool has_date_ = false;
    int others_ = 0;
    std::size_t word_ = 0;  // where the last word begins in out_
    enum class Last { nothing, word, number } last_ = Last::nothing;
    bool last_is_other_ = false;  // the last number looked like no date
};

}  // namespace newswired::articles::site

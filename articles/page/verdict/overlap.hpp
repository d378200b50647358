// Overlap: how much of what one text says is found in another, by its telling words.
//
// Long words tell more than short ones, whatever the language, and the short ones are in every text.  Where
// words are not parted, pieces of them are compared: two characters of Chinese, Japanese or Korean, four of
// Thai, Lao, Khmer and Burmese.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace newswired::articles::page {

class TellingWords {
  public:
    /// Takes the words of `text` in, at most kMaxWords altogether.
    void add(std::string_view text);

    std::size_t size() const { return words_.size(); }
    /// The part of these that `other` has as well, 0 to 1; 0 when there are none.
    double found_in(TellingWords const& other) const;

    static constexpr std::size_t kMaxWords = 50'000;

  private:
    std::unordered_set<std::uint64_t> words_;
};

}  // namespace newswired::articles::page

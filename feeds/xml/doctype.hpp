// The internal subset of a DTD, for the one thing that feeds use it for: general entities.
// External entities are never fetched; parameter entities are not read.

#pragma once

#include <map>
#include <string>
#include <string_view>

namespace newswired::feeds::xml {

class Doctype {
  public:
    /// Reads the first declaration, which begins at `start` ("<!DOCTYPE") of `text` and returns where it
    /// ends.
    std::size_t read(std::string_view text, std::size_t start);

    /// The replacement text of a declared entity, inner ones expanded; null when it is not declared.
    /// After kMaxExpansion bytes in all, entities expand to nothing: a bomb fizzles.
    std::string const* find(std::string_view name);

  private:
    static constexpr std::size_t kLongestName = 64;  // with '&' and ';'
    static constexpr std::size_t kMaxEntities = 4096;
    static constexpr std::size_t kMaxValue = std::size_t{64} * 1024;
    static constexpr std::size_t kMaxExpansion = std::size_t{4} * 1024 * 1024;

    void declare(std::string_view declaration);
    std::string expand(std::string_view value) const;

    std::map<std::string, std::string, std::less<>> entities_;  // values hold no references to entities
    std::size_t declared_ = 0;                                  // bytes of values
    std::size_t expanded_ = 0;
    bool was_read_ = false;
    std::string const nothing_;
};

}  // namespace newswired::feeds::xml

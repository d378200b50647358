// Texts of an XML document, decoded into the memory where they stay: no copy is made of them.
//
// Escaped HTML has a reference every few bytes, so that calls to find and append would cost more than the
// bytes do.  Room for all is taken first (what is decoded is hardly ever longer than what is written), bytes
// are put there many at a step, and what was too much is given back.

#pragma once

#include "feeds/arena.hpp"
#include "feeds/xml/doctype.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace newswired::feeds::xml {

class TextBuilder {
  public:
    /// `most`: the length of all sources that will be appended.  Nothing else may be made in `arena` before
    /// finish().
    TextBuilder(Arena& arena, Doctype& doctype, std::size_t most);

    /// What means itself.
    void append(std::string_view text);
    /// What has references; those of the DTD are looked up too.
    void append_decoded(std::string_view source);
    /// The text; it lives as long as the arena does.
    std::string_view finish();

  private:
    std::size_t other_reference(std::string_view source);
    void grow(std::size_t needed);

    Arena& arena_;
    Doctype& doctype_;
    std::size_t left_;  // of the sources, what has not been begun
    char* start_;
    char* at_;
    char* end_;
    std::string other_{};
};

}  // namespace newswired::feeds::xml

// The texts between the tags of sanitised HTML: escaped, so that no browser sees markup in them, and none of
// their characters becomes one with a tag.

#pragma once

#include "articles/body/text_writer.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace newswired::articles {

class EscapedTexts {
  public:
    /// Appends to `html`, and tells `text` (unless null) what it says.  Both must outlive it.
    EscapedTexts(std::string& html, TextWriter* text) : html_{html}, text_{text} {}

    /// A stranger's text, with references.
    void write(std::string_view source);
    /// Characters among which there are none.
    void write_plain(std::string_view characters);

  private:
    void tell(std::string_view text);
    std::size_t ampersand(std::string_view source);
    void append_characters(std::string_view plain);
    void begin_run(std::string_view source);
    void solidus();

    std::string& html_;
    TextWriter* text_;
    std::string decoded_;  // scratch
};

}  // namespace newswired::articles

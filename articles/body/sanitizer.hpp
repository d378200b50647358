// The sanitiser's workings: tokens in, balanced allow-listed HTML out.  sanitize.hpp and body.hpp are the
// doors.
//
// What is open, and closes by itself: open_elements.hpp.  Attributes: attribute_writer.hpp.  Texts:
// escaped_texts.hpp.

#pragma once

#include "articles/body/attribute_writer.hpp"
#include "articles/body/escaped_texts.hpp"
#include "articles/body/open_elements.hpp"
#include "articles/body/sanitize.hpp"
#include "articles/body/text_writer.hpp"
#include "articles/html/tokenizer.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles {

class Sanitizer {
  public:
    /// Appends to `html`.  `text`, unless null, is told what a reader of that HTML would be told.  Both must
    /// outlive it.
    Sanitizer(std::string& html, TextWriter* text, std::string_view base, Policy policy)
        : html_{html}, text_{text}, texts_{html, text}, attributes_{html, base, policy}, policy_{policy} {}

    void run(std::string_view source);

    /// Of what was written: AttributeWriter::first_image().
    std::string const& first_image() const { return attributes_.first_image(); }

  private:
    void start_tag(html::Token const& token);
    void end_tag(html::Token const& token);
    bool goes_with_content(html::ElementId element);
    void drop_content(html::Token const& token);
    bool is_allowed(html::ElementId element) const;
    void close_to(std::size_t depth);
    void write_start(html::Token const& token);
    void write_image(html::Token const& token);
    void write_end(html::ElementId element);

    std::string& html_;
    TextWriter* text_;
    EscapedTexts texts_;
    AttributeWriter attributes_;
    Policy policy_;
    html::Tokenizer* tokens_ = nullptr;
    bool noscript_repeats_ = false;  // the image before was lazy, and is repeated for those without scripts
    std::vector<html::ElementId> never_end_;  // elements whose end tags have run out
    OpenElements open_;
    std::size_t foreign_ = 0;  // depth + 1 of the open <svg> or <math>; 0: none
};

}  // namespace newswired::articles

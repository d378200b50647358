// From a stream of sanitised HTML's tags and texts to text as a person would copy it from the page:
// paragraphs parted by a blank line, lists and tables readable.

#pragma once

#include "articles/html/tokenizer.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles {

class TextWriter {
  public:
    /// `expected`: about how long the text will be.
    explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

    /// Text, decoded; it may come in pieces.
    void text(std::string_view piece);
    /// Text that holds character references.
    void text_with_references(std::string_view source);

    void start_tag(html::ElementId element) { tag(element, true); }
    void end_tag(html::ElementId element) { tag(element, false); }
    /// A token of `kind`: a text with references, or a tag of `element`; nothing else says anything.
    void token(html::Token::Kind kind, html::ElementId element, std::string_view text);

    /// The whole text, in Unicode's composed form.  The last call.
    std::string finish();

    /// The text so far, as it came.
    std::string_view written() const { return out_; }
    /// As if nothing had been written.
    void restart();

  private:
    void tag(html::ElementId element, bool start);
    void shape(html::ElementId element, bool start);
    void preformatted(std::string_view text);
    void append_run(std::string_view run);
    bool is_due() const { return breaks_ > 0 || space_ || cell_break_ || !prefix_.empty(); }
    void flush();
    void flush_breaks();
    void part(int breaks);
    std::string next_item();

    // Inside a list or a table cell paragraphs are lines.
    bool in_compact_place() const { return !lists_.empty() || cell_; }

    std::string out_;
    std::string decoded_;
    std::string prefix_;
    std::vector<int> lists_;  // 0: bullets; else the next number
    int breaks_ = 0;          // line ends due before the next character
    int pre_ = 0;
    bool space_ = false;
    bool at_start_ = true;
    bool cell_ = false;
    bool cell_break_ = false;
    bool row_has_text_ = false;
    bool at_pre_ = false;
};

}  // namespace newswired::articles

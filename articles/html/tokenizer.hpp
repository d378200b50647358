// A streaming tokenizer for HTML: one pass, no tree, no allocation; tokens are views into the input.
//
// Follows the HTML Living Standard, 13.2.5, as closely as is needed that no browser sees a tag where we see
// text or the other way round: tag and attribute states, comments with their odd ends, bogus comments, raw
// text elements (script, style, textarea, title, …) with their end-tag rule, CDATA as a bogus comment.  What
// is written out again is escaped anew, so that a remaining difference can't become markup.

#pragma once

#include "articles/html/elements.hpp"

#include <cstdint>
#include <string_view>

namespace newswired::articles::html {

struct Token {
    enum class Kind : std::uint8_t {
        text,      ///< `text`, with references undecoded
        raw_text,  ///< `text` of a raw text element: no markup in it; references only in textarea and title
        start_tag,
        end_tag,
        skipped,  ///< comment, doctype, processing instruction
        end,
    } kind = Kind::end;
    std::string_view text{};
    std::string_view name{};        ///< of a tag, in the case it came
    ElementId element = kUnknown;   ///< of a tag, and of raw text: the one that it is the content of
    std::string_view attributes{};  ///< of a start tag: the source between name and '>'
    bool self_closing = false;
};

class Tokenizer {
  public:
    explicit Tokenizer(std::string_view input) : input_{input} {}

    /// The next token; Kind::end for ever after the last.
    Token next();

    /// After a start tag in SVG or MathML: what follows is markup, whatever the element is called (13.2.6.5).
    void content_is_markup() { raw_until_ = {}; }

    /// How much of the input has been consumed.
    std::size_t position() const { return place_; }

  private:
    bool tag(Token& token);
    void start_or_end_tag(Token& token, bool end);
    void markup_declaration(Token& token);
    void skip_to(Token& token, std::size_t end);
    void skip_past_next_close(Token& token);
    bool raw_text(Token& token);
    std::string_view piece(std::size_t begin, std::size_t end) const {
        return {input_.data() + begin, end - begin};
    }
    std::size_t end_of_attributes(std::size_t from, bool& self_closing) const;

    std::string_view input_;
    std::size_t place_ = 0;
    std::string_view raw_until_{};  // the name whose end tag ends raw text
};

/// The attributes of a start tag, one by one.
class AttributeReader {
  public:
    explicit AttributeReader(std::string_view source) : rest_{source} {}

    struct Attribute {
        std::string_view name{};
        std::string_view value{};  ///< references undecoded
        bool has_value = false;
    };

    /// False after the last.
    bool next(Attribute& attribute);

  private:
    std::string_view rest_;
};

}  // namespace newswired::articles::html

#include "articles/body/sanitizer.hpp"

#include <algorithm>
#include <utility>

namespace newswired::articles {

using namespace html;

void Sanitizer::run(std::string_view source) {
    Tokenizer tokens{source};
    tokens_ = &tokens;
    for (;;) {
        auto const token = tokens.next();
        switch (token.kind) {
            case Token::Kind::end:
                close_to(0);
                return;
            case Token::Kind::text:
                texts_.write(token.text);
                break;
            case Token::Kind::raw_text:
                if (token.element == tag_xmp) {
                    texts_.write_plain(token.text);  // no references in it
                } else {
                    texts_.write(token.text);
                }
                break;
            case Token::Kind::start_tag:
                start_tag(token);
                break;
            case Token::Kind::end_tag:
                end_tag(token);
                break;
            case Token::Kind::skipped:
                break;
        }
    }
}

// Inline, here and below: every tag passes here, and what a library exports is not inlined unless it says so.
inline bool Sanitizer::is_allowed(ElementId element) const {
    if (element == kUnknown) {
        return false;
    }
    auto const traits = element_traits(element);
    if ((traits & (S | M)) != 0) {
        return foreign_ != 0 || element == tag_svg || element == tag_math;
    }
    if (policy_ == Policy::article && ((traits & C) != 0 || element == tag_noscript)) {
        return false;
    }
    return (traits & A) != 0;
}

void Sanitizer::start_tag(Token const& token) {
    if (goes_with_content(token.element)) {
        drop_content(token);
        return;
    }
    noscript_repeats_ = false;
    if (!is_allowed(token.element)) {
        return;
    }
    if (foreign_ == 0) {
        close_to(depth_before(open_, token.element));
    }
    auto const is_void = has(token.element, V);
    if (!is_void && open_.is_full()) {
        return;
    }
    if (token.element == tag_img && policy_ == Policy::article) {
        write_image(token);
        return;
    }
    write_start(token);
    if (is_void) {
        return;
    }
    // "<svg/>" ends itself only in foreign content; "<p/>" does not.
    if (token.self_closing && has(token.element, S | M)) {
        write_end(token.element);
        return;
    }
    open_.open(token.element);
    if (foreign_ == 0 && (token.element == tag_svg || token.element == tag_math)) {
        foreign_ = open_.depth();
    }
}

inline void Sanitizer::write_start(Token const& token) {
    auto const tag = start_tag_of(token.element);
    if (token.attributes.empty()) {
        html_ += tag;
    } else {
        html_ += tag.substr(0, tag.size() - 1);
        attributes_.write(token.attributes, foreign_ != 0 || has(token.element, S | M));
        html_ += '>';
    }
    if (text_ != nullptr) {
        text_->start_tag(token.element);
    }
}

void Sanitizer::write_image(Token const& token) {
    auto const image = read_image_attributes(token.attributes);
    if (image.is_tracking_pixel()) {
        return;
    }
    if (foreign_ != 0) {
        write_start(token);
        return;
    }
    html_ += "<img";
    attributes_.write_image(token.attributes, image);
    html_ += '>';
    noscript_repeats_ = !image.lazy_src.empty();
}

inline void Sanitizer::write_end(ElementId element) {
    html_ += end_tag_of(element);
    if (text_ != nullptr) {
        text_->end_tag(element);
    }
}

inline bool Sanitizer::goes_with_content(ElementId element) {
    if (has(element, D)) {
        return true;
    }
    if (policy_ == Policy::faithful) {
        return false;
    }
    switch (element) {
        // Scripts are gone, so what stands in for them is the article's, unless it is the image that was
        // shown already.
        case tag_noscript:
            return std::exchange(noscript_repeats_, false);
        // A button's or a list of choices' words are no part of an article.
        case tag_button:
        case tag_select:
        case tag_textarea:
        case tag_datalist:
            return true;
        default:
            return false;
    }
}

// Everything up to the end tag; such elements do not nest.  When there is none, a publisher forgot it: the
// rest is not given up for that.  It is in raw text, which has no other end, unless "<iframe/>" meant to end
// itself, as it does in XHTML; nothing of the element is written, so that no browser reads the rest as its
// content.
void Sanitizer::drop_content(Token const& token) {
    auto const element = token.element;
    auto const may_lack_end = !has(element, R) || token.self_closing;
    auto const never_ends = std::find(never_end_.begin(), never_end_.end(), element) != never_end_.end();
    if (may_lack_end && never_ends) {
        tokens_->content_is_markup();
        return;
    }
    auto start = *tokens_;
    for (;;) {
        auto const inner = tokens_->next();
        if (inner.kind == Token::Kind::end) {
            break;
        }
        if (inner.element == element && inner.kind == Token::Kind::end_tag) {
            return;
        }
    }
    if (may_lack_end) {
        start.content_is_markup();
        *tokens_ = start;
        never_end_.push_back(element);
    }
}

inline void Sanitizer::close_to(std::size_t depth) {
    while (open_.depth() > depth) {
        write_end(open_.innermost());
        open_.close();
    }
    if (foreign_ > depth) {
        foreign_ = 0;
    }
}

void Sanitizer::end_tag(Token const& token) {
    if (token.element == tag_br) {
        html_ += "<br>";  // 13.2.6.4.7: </br> is a line break
        if (text_ != nullptr) {
            text_->start_tag(tag_br);
        }
        return;
    }
    if (!is_allowed(token.element) || has(token.element, V)) {
        return;
    }
    if (auto const depth = depth_after(open_, token.element)) {
        close_to(*depth);
    }
}

}  // namespace newswired::articles

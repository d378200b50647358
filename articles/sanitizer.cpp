#include "articles/sanitizer.hpp"

#include "core/entities.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired::articles {

using namespace html;

namespace {

// U+0338, which is drawn over the character before it.
constexpr std::string_view kSolidus = "\u0338";

// Whether there are only marks between the end of `html` and the tag before it.
bool is_behind_tag(std::string_view html) {
    constexpr int kMaxMarks = 32;  // more than any writing has; a stranger may have us look back often
    for (int marks = 0; marks < kMaxMarks; ++marks) {
        if (html.empty() || static_cast<unsigned char>(html.back()) < 0x80) {
            return html.ends_with('>');
        }
        auto start = html.size() - 1;
        while (start > 0 && (html[start] & 0xC0) == 0x80) {
            --start;
        }
        auto const last = html.substr(start);
        if (joining_length(last) == 0 && is_utf8(last)) {
            return false;
        }
        html = html.substr(0, start);
    }
    return true;
}

}  // namespace

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
                text(token.text);
                break;
            case Token::Kind::raw_text:
                raw_text(token);
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

void Sanitizer::tell(std::string_view text) {
    if (text_ != nullptr) {
        text_->text(text);
    }
}

void Sanitizer::raw_text(Token const& token) {
    if (token.element != tag_xmp) {
        text(token.text);
        return;
    }
    auto const written = html_.size();
    append_characters(token.text);  // no references in it
    if (text_ != nullptr) {
        text_->text_with_references(std::string_view{html_}.substr(written));
    }
}

// Escaped; references stay as they are, but for "&copy 2024", which gets the character that it means.
void Sanitizer::text(std::string_view source) {
    auto const next = [&](std::size_t place) {
        return find_any<0, '&', '<', '>', '"', '\xCC', '\0'>(source, place);
    };
    begin_run(source);
    std::size_t written = 0;
    std::size_t told = 0;
    for (auto place = next(0); place < source.size(); place = next(written)) {
        html_.append(source, written, place - written);
        written = place + 1;
        switch (source[place]) {
            case '<':
                html_ += "&lt;";
                break;
            case '>':
                html_ += "&gt;";
                break;
            case '"':
                html_ += "&quot;";
                break;
            case '&':
                if (auto const length = ampersand(source.substr(place)); length > 0) {
                    tell(source.substr(told, place - told));
                    tell(decoded_);
                    written = told = place + length;
                }
                break;
            case '\xCC':
                if (source.substr(place).starts_with(kSolidus)) {
                    solidus();
                    written = place + kSolidus.size();
                } else {
                    html_ += '\xCC';
                }
                break;
            default:  // NUL
                tell(source.substr(told, place - told));
                told = written;
                begin_run(source.substr(written));
        }
    }
    html_.append(source, written);
    tell(source.substr(told));
}

// The length of the reference that `source` begins with; `decoded_` is then what it stands for.
std::size_t Sanitizer::ampersand(std::string_view source) {
    decoded_.clear();
    auto const length = decode_reference(source, decoded_);
    if (length == 0) {
        html_ += "&amp;";
    } else if (source[length - 1] == ';') {
        html_.append(source, 0, length);
    } else {
        append_characters(decoded_);
    }
    return length;
}

void Sanitizer::append_characters(std::string_view plain) {
    for (auto run : split(plain, '\0')) {  // NULs go
        begin_run(run);
        for (auto place = run.find(kSolidus); place != std::string_view::npos; place = run.find(kSolidus)) {
            append_escaped(html_, run.substr(0, place));
            solidus();
            run.remove_prefix(place + kSolidus.size());
        }
        append_escaped(html_, run);
    }
}

// What was parted by something that is dropped shall not become a character that we never saw: bytes that are
// no UTF-8 stay so.
void Sanitizer::begin_run(std::string_view source) {
    auto const continues = !source.empty() && (source[0] & 0xC0) == 0x80;
    if (continues && !html_.empty() && static_cast<unsigned char>(html_.back()) >= 0x80) {
        html_ += "\uFFFD";
    }
}

// Unicode composes '>' with it, from behind other marks too: the composed HTML would be without the tag's
// end, and the text behind it would be attributes.
void Sanitizer::solidus() {
    html_ += is_behind_tag(html_) ? "&#x338;" : kSolidus;
}

bool Sanitizer::is_allowed(ElementId element) const {
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
        drop_content(token.element);
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

void Sanitizer::write_start(Token const& token) {
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

void Sanitizer::write_end(ElementId element) {
    html_ += end_tag_of(element);
    if (text_ != nullptr) {
        text_->end_tag(element);
    }
}

bool Sanitizer::goes_with_content(ElementId element) {
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

// Everything up to the end tag; such elements do not nest.  When there is none, a publisher forgot it (raw
// text excepted, which has no other end): the rest is not given up for that.
void Sanitizer::drop_content(ElementId element) {
    if (std::find(never_end_.begin(), never_end_.end(), element) != never_end_.end()) {
        return;
    }
    auto const start = *tokens_;
    for (;;) {
        auto const token = tokens_->next();
        if (token.kind == Token::Kind::end) {
            break;
        }
        if (token.element == element && token.kind == Token::Kind::end_tag) {
            return;
        }
    }
    if (!has(element, R)) {
        *tokens_ = start;
        never_end_.push_back(element);
    }
}

void Sanitizer::close_to(std::size_t depth) {
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

#include "articles/body/escaped_texts.hpp"

#include "core/entities.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

namespace newswired::articles {

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

// Inline, here and below: every text passes here, and what a library exports is not inlined unless it says
// so.
inline void EscapedTexts::tell(std::string_view text) {
    if (text_ != nullptr) {
        text_->text(text);
    }
}

void EscapedTexts::write_plain(std::string_view characters) {
    auto const written = html_.size();
    append_characters(characters);
    if (text_ != nullptr) {
        text_->text_with_references(std::string_view{html_}.substr(written));
    }
}

// Escaped; references stay as they are, but for "&copy 2024", which gets the character that it means.
void EscapedTexts::write(std::string_view source) {
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
std::size_t EscapedTexts::ampersand(std::string_view source) {
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

void EscapedTexts::append_characters(std::string_view plain) {
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
inline void EscapedTexts::begin_run(std::string_view source) {
    auto const continues = !source.empty() && (source[0] & 0xC0) == 0x80;
    if (continues && !html_.empty() && static_cast<unsigned char>(html_.back()) >= 0x80) {
        html_ += "\uFFFD";
    }
}

// Unicode composes '>' with it, from behind other marks too: the composed HTML would be without the tag's
// end, and the text behind it would be attributes.
void EscapedTexts::solidus() {
    html_ += is_behind_tag(html_) ? "&#x338;" : kSolidus;
}

}  // namespace newswired::articles

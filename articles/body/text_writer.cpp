#include "articles/body/text_writer.hpp"

#include "articles/html/tags.hpp"
#include "core/entities.hpp"
#include "core/scan.hpp"
#include "core/spaces.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace newswired::articles {

using namespace html;

namespace {

constexpr auto kSpaces = NoBreakSpaces::are_space;

// Most tags are of elements that leave the text as it is.
constexpr auto kShapes = [] {
    std::array<bool, kElementCount> shapes{};
    for (auto const element : {tag_br, tag_pre, tag_li, tag_ul, tag_ol, tag_tr, tag_dt, tag_dd, tag_caption,
                               tag_figcaption, tag_td, tag_th, tag_thead, tag_tbody, tag_tfoot, tag_p}) {
        shapes[element] = true;
    }
    return shapes;
}();

}  // namespace

void TextWriter::text(std::string_view piece) {
    if (piece.empty()) {
        return;
    }
    if (at_pre_) {
        at_pre_ = false;
        piece.remove_prefix(piece[0] == '\n' ? 1 : 0);  // 13.1.2.5: the first line end in <pre> is none
    }
    if (pre_ > 0) {
        preformatted(piece);
        return;
    }
    for (std::size_t place = 0; place < piece.size();) {
        if (auto const space = space_at<kSpaces>(piece, place); space > 0) {
            space_ = true;
            place += space;
            continue;
        }
        auto const end = end_of_words<kSpaces>(piece, place + 1);
        append_run(piece.substr(place, end - place));
        place = end;
    }
}

void TextWriter::text_with_references(std::string_view source) {
    if (source.find('&') == std::string_view::npos) {
        text(source);
        return;
    }
    decoded_.clear();
    append_decoded(decoded_, source);
    text(decoded_);
}

// Spaces and tabs are part of the text, and so are line ends; carriage returns are not.
void TextWriter::preformatted(std::string_view text) {
    for (std::size_t place = 0; place < text.size();) {
        if (text[place] == '\r') {
            ++place;
        } else if (text[place] == '\n') {
            flush();
            out_ += '\n';
            at_start_ = true;
            ++place;
        } else if (auto const space = space_at<kSpaces>(text, place); space > 1) {
            flush();
            out_ += ' ';
            place += space;
        } else {
            auto const end = find_any<0, '\n', '\r', '\xC2'>(text, place + 1);
            append_run(text.substr(place, end - place));
            place = end;
        }
    }
}

// Inline, here and below: every text passes here, and what a library exports is not inlined unless it says
// so.
inline void TextWriter::append_run(std::string_view run) {
    if (is_due()) {
        flush();
    } else {
        row_has_text_ = true;
    }
    out_ += run;
    at_start_ = false;
}

void TextWriter::token(Token::Kind kind, ElementId element, std::string_view text) {
    if (kind == Token::Kind::text) {
        text_with_references(text);
    } else if (kind == Token::Kind::start_tag) {
        start_tag(element);
    } else if (kind == Token::Kind::end_tag) {
        end_tag(element);
    }
}

void TextWriter::tag(ElementId element, bool start) {
    if (element != kUnknown && (kShapes[element] || has(element, B))) {
        shape(element, start);
    }
}

void TextWriter::shape(ElementId element, bool start) {
    switch (element) {
        case tag_br:
            breaks_ = std::min(breaks_ + 1, 2);
            return;
        case tag_pre:
            part(2);
            pre_ += start ? 1 : pre_ > 0 ? -1 : 0;
            at_pre_ = start;
            return;
        case tag_li:
            part(1);
            prefix_ = start ? next_item() : std::string{};
            return;
        case tag_ul:
        case tag_ol:
            part(lists_.empty() || (!start && lists_.size() == 1) ? 2 : 1);
            if (start) {
                lists_.push_back(element == tag_ol ? 1 : 0);
            } else if (!lists_.empty()) {
                lists_.pop_back();
            }
            return;
        case tag_tr:
        case tag_dt:
        case tag_dd:
        case tag_caption:
        case tag_figcaption:
            part(1);
            cell_ = cell_break_ = row_has_text_ = false;
            return;
        case tag_td:
        case tag_th:
            cell_break_ = cell_break_ || (start && cell_ && row_has_text_);
            cell_ = true;
            return;
        case tag_thead:
        case tag_tbody:
        case tag_tfoot:
            part(1);
            return;
        default:  // a paragraph, or another block
            if (element == tag_p || has(element, B)) {
                part(in_compact_place() ? 1 : 2);
            }
    }
}

void TextWriter::part(int breaks) {
    breaks_ = std::max(breaks_, breaks);
}

std::string TextWriter::next_item() {
    if (lists_.empty()) {
        return "- ";
    }
    std::string const indent((lists_.size() - 1) * 2, ' ');
    auto& counter = lists_.back();
    return counter == 0 ? indent + "- " : indent + std::to_string(counter++) + ". ";
}

// What is due before the next character.
void TextWriter::flush() {
    if (cell_break_) {
        out_ += " | ";
    } else if (breaks_ > 0 && !out_.empty()) {
        flush_breaks();
    } else if (space_ && !at_start_ && !out_.empty()) {
        out_ += ' ';
    }
    breaks_ = 0;
    space_ = cell_break_ = false;
    row_has_text_ = true;
    if (!prefix_.empty()) {
        out_ += prefix_;
        prefix_.clear();
    }
}

void TextWriter::flush_breaks() {
    while (!out_.empty() && (out_.back() == ' ' || out_.back() == '\t')) {
        out_.pop_back();
    }
    auto present = 0;
    while (present < breaks_ && std::size_t(present) < out_.size() &&
           out_[out_.size() - 1 - std::size_t(present)] == '\n') {
        ++present;
    }
    out_.append(std::size_t(std::max(breaks_ - present, 0)), '\n');
    at_start_ = true;
}

void TextWriter::restart() {
    out_.clear();
    prefix_.clear();
    lists_.clear();
    breaks_ = pre_ = 0;
    space_ = cell_ = cell_break_ = row_has_text_ = at_pre_ = false;
    at_start_ = true;
}

std::string TextWriter::finish() {
    while (!out_.empty() && is_space(out_.back())) {
        out_.pop_back();
    }
    return to_nfc(std::move(out_));
}

}  // namespace newswired::articles

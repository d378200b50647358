// Text as a person would copy it from the page.

#include "articles/html/tokenizer.hpp"
#include "articles/sanitize.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace newswired::articles {

using namespace html;

namespace {

enum class Role : std::uint8_t { inline_text, shapes };

// Most tags are of elements that leave the text as it is.
Role role_of(ElementId element) {
    static auto const kRoles = [] {
        std::array<Role, 256> roles{};
        constexpr std::string_view kShaping[] = {"br",    "pre",   "li",      "ul",         "ol", "tr",
                                                 "dt",    "dd",    "caption", "figcaption", "td", "th",
                                                 "thead", "tbody", "tfoot",   "p"};
        for (auto const name : kShaping) {
            roles[known_element(name)] = Role::shapes;
        }
        return roles;
    }();
    return has(element, B) ? Role::shapes : kRoles[element];
}

class TextWriter {
  public:
    explicit TextWriter(std::size_t expected) { out_.reserve(expected); }

    void text(std::string_view source) {
        auto text = source;
        if (source.find('&') != std::string_view::npos) {
            decoded_.clear();
            append_decoded(decoded_, source);
            text = decoded_;
        }
        if (std::exchange(at_pre_, false) && text.starts_with('\n')) {
            text.remove_prefix(1);  // 13.1.2.5: the first line end in <pre> is none
        }
        for (std::size_t i = 0; i < text.size();) {
            auto const rest = text.substr(i);
            auto const no_break = rest.starts_with("\u00A0");
            if ((is_space(rest[0]) || no_break) && pre_ == 0) {
                space_ = true;
                i += no_break ? 2 : 1;
                continue;
            }
            if (no_break) {
                flush();
                out_ += ' ';
                i += 2;
                continue;
            }
            if (rest[0] == '\r') {
                ++i;
                continue;
            }
            if (rest[0] == '\n') {  // in <pre>
                flush();
                out_ += '\n';
                at_start_ = true;
                ++i;
                continue;
            }
            flush();
            auto end = i + 1;
            while (end < text.size() && (!ends_run(text[end]) || is_lone_space(text, end))) {
                ++end;
            }
            out_.append(text, i, end - i);
            at_start_ = false;
            i = end;
        }
    }

    void tag(Token const& token) {
        auto const start = token.kind == Token::Kind::start_tag;
        if (token.element == kUnknown || role_of(token.element) == Role::inline_text) {
            return;
        }
        auto const name = element_name(token.element);
        if (name == "br") {
            breaks_ = std::min(breaks_ + 1, 2);
        } else if (name == "pre") {
            part(2);
            pre_ += start ? 1 : pre_ > 0 ? -1 : 0;
            at_pre_ = start;
        } else if (name == "li") {
            part(1);
            if (start) {
                prefix_ = next_item();
            } else {
                prefix_.clear();
            }
        } else if (name == "ul" || name == "ol") {
            part(lists_.empty() || (!start && lists_.size() == 1) ? 2 : 1);
            if (start) {
                lists_.push_back(name == "ol" ? 1 : 0);
            } else if (!lists_.empty()) {
                lists_.pop_back();
            }
        } else if (name == "tr" || name == "dt" || name == "dd" || name == "caption" ||
                   name == "figcaption") {
            part(1);
            cell_ = cell_break_ = row_has_text_ = false;
        } else if (name == "td" || name == "th") {
            if (start && cell_ && row_has_text_) {
                cell_break_ = true;
            }
            cell_ = true;
        } else if (name == "thead" || name == "tbody" || name == "tfoot") {
            part(1);
        } else if (name == "p" && in_compact_place()) {
            part(1);
        } else if (has(token.element, B)) {
            part(in_compact_place() ? 1 : 2);
        }
    }

    std::string finish() {
        while (!out_.empty() && is_space(out_.back())) {
            out_.pop_back();
        }
        return to_nfc(std::move(out_));
    }

  private:
    // One space between two words stays as it is: a line is taken as a whole, not word by word.
    static bool is_lone_space(std::string_view text, std::size_t place) {
        return text[place] == ' ' && place + 1 < text.size() && !is_space(text[place + 1]) &&
               text[place + 1] != '\xC2';
    }

    // Within <pre> spaces and tabs are part of the text; a no-break space begins with C2.
    bool ends_run(char c) const {
        static constexpr auto kEnds = [] {
            std::array<std::uint8_t, 256> table{};
            for (auto const one : {' ', '\t', '\f'}) {
                table[static_cast<unsigned char>(one)] = 1;
            }
            for (auto const one : {'\n', '\r', '\xC2'}) {
                table[static_cast<unsigned char>(one)] = 2;
            }
            return table;
        }();
        return kEnds[static_cast<unsigned char>(c)] > (pre_ > 0 ? 1 : 0);
    }

    // Inside a list or a table cell paragraphs are lines.
    bool in_compact_place() const { return !lists_.empty() || cell_; }

    void part(int breaks) { breaks_ = std::max(breaks_, breaks); }

    std::string next_item() {
        if (lists_.empty()) {
            return "- ";
        }
        std::string const indent((lists_.size() - 1) * 2, ' ');
        auto& counter = lists_.back();
        return counter == 0 ? indent + "- " : indent + std::to_string(counter++) + ". ";
    }

    void flush() {
        if (cell_break_) {
            out_ += " | ";
        } else if (breaks_ > 0 && !out_.empty()) {
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

}  // namespace

std::string to_readable_text(std::string_view sanitized_html) {
    TextWriter writer{sanitized_html.size()};
    Tokenizer tokens{sanitized_html};
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        if (token.kind == Token::Kind::text) {
            writer.text(token.text);
        } else if (token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag) {
            writer.tag(token);
        }
    }
    return writer.finish();
}

}  // namespace newswired::articles

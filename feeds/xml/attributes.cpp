#include "core/text.hpp"
#include "feeds/xml/element_kinds.hpp"
#include "feeds/xml/parser.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <array>

// Start tags: names, attributes, and what xmlns, xml:base and xml:lang say.

namespace newswired::feeds::xml {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr auto kEndsName = [] {
    std::array<bool, 256> table{};
    for (unsigned const char c : {' ', '\n', '\t', '\r', '\f', '>', '/', '<', '='}) {
        table[c] = true;
    }
    return table;
}();
constexpr auto kEndsElementName = [] {
    auto table = kEndsName;
    table['@'] = true;
    return table;
}();

std::size_t find_end(std::array<bool, 256> const& ends, std::string_view text, std::size_t place) {
    while (place < text.size() && !ends[static_cast<unsigned char>(text[place])]) {
        ++place;
    }
    return place;
}

// HTML that was put into a feed without escaping: these have no end tag.
bool is_void_html(std::string_view local) {
    constexpr std::string_view kVoid[] = {"br", "img", "hr", "input", "wbr", "area", "embed", "col", "param"};
    return std::any_of(std::begin(kVoid), std::end(kVoid),
                       [local](std::string_view name) { return equal_ignoring_case(name, local); });
}

}  // namespace

// Where the name that begins at `place` ends.
std::size_t Parser::name_end(std::size_t place) const {
    return find_end(kEndsName, text_, place);
}

std::size_t Parser::start_tag(std::size_t at) {
    auto const end_of_name = find_end(kEndsElementName, text_, at + 1);
    auto const qualified_name = text_.substr(at + 1, end_of_name - at - 1);
    if (end_of_name < text_.size() && text_[end_of_name] == '@') {
        add_text(text_.substr(at, 1), true);  // "John <john@example.org>"
        return at + 1;
    }
    auto const mark = document_.tree_.mark();
    auto& node = *document_.tree_.make<Node>();
    node.source = text_.substr(at);
    auto const bindings = names_.bindings();
    bool self_closing = false;
    auto end = end_of_name;
    Said said;
    if (end < text_.size() && text_[end] == '>') {
        ++end;
    } else {
        end = attributes(end, node, self_closing);
        said = read_reserved(node);
    }
    auto const resolved = names_.resolve(qualified_name, open_.size() == 1);
    node.text = resolved.local;
    node.space = resolved.space;
    node.name = resolved.name;
    if (node.name != Name::unknown) {
        within_start_ = true;
        close_unclosed(node.name, at);
        within_start_ = false;
    } else if (!self_closing && (node.space == Namespace::core || node.space == Namespace::xhtml) &&
               is_void_html(node.text)) {
        self_closing = true;
    }
    node.scope = open_.back().node->scope;
    if (!said.base.empty() || said.has_language) {
        apply(said, node);
    }
    open(node, qualified_name, bindings, mark);
    if (self_closing) {
        close_last(end);
    }
    return end;
}

std::size_t Parser::attributes(std::size_t place, Node& node, bool& self_closing) {
    Attribute* last = nullptr;
    auto const size = text_.size();
    for (;;) {
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size) {
            return size;
        }
        auto const c = text_[place];
        if (c == '>') {
            return place + 1;
        }
        if (c == '<') {
            problem("a tag that does not end", place);
            return place;
        }
        if (c == '/' || c == '=') {
            self_closing = c == '/' && place + 1 < size && text_[place + 1] == '>';
            ++place;
            continue;
        }
        auto const start = place;
        place = name_end(place);
        auto const name = text_.substr(start, place - start);
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size || text_[place] != '=') {
            problem("an attribute without a value", start);
            continue;
        }
        ++place;
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size) {
            return size;
        }
        auto const end = value_end(place, size);
        auto* const attribute = document_.tree_.make<Attribute>();
        attribute->name = name;
        attribute->value = document_.decoded(text_.substr(place, end - place));
        (last == nullptr ? node.attributes : last->next) = attribute;
        last = attribute;
        auto const closing =
            end < size && (text_[end] == '"' || text_[end] == '\'') && text_[place - 1] == text_[end];
        place = closing ? end + 1 : end;
    }
}

// Where the value ends that begins at `start`, which is moved past its quote.
std::size_t Parser::value_end(std::size_t& start, std::size_t size) {
    auto const quote = text_[start];
    if (quote == '"' || quote == '\'') {
        auto const end = text_.find(quote, ++start);
        if (end != npos) {
            return end;
        }
        problem("an attribute's value that does not end", start);
        return std::min(text_.find('>', start), size);
    }
    problem("an attribute's value without quotes", start);
    auto end = start;
    while (end < size && !is_space(text_[end]) && text_[end] != '>') {
        ++end;
    }
    if (end < size && text_[end] == '>' && end > start && text_[end - 1] == '/') {
        --end;  // "<br class=x/>"
    }
    return end;
}

// Binds the namespaces, too.
Parser::Said Parser::read_reserved(Node const& node) {
    Said said;
    for (auto const* one = node.attributes; one != nullptr; one = one->next) {
        auto const name = one->name;
        if (name.size() < 5 || to_lower(name[0]) != 'x') {
            continue;
        }
        if (name.starts_with("xmlns") && (name.size() == 5 || name[5] == ':')) {
            names_.bind(name.size() == 5 ? std::string_view{} : name.substr(6), one->value,
                        open_.size() <= 2);
        } else if (equal_ignoring_case(name, "xml:base")) {
            said.base = trim(one->value);
        } else if (equal_ignoring_case(name, "xml:lang")) {
            said.language = trim(one->value);
            said.has_language = true;
        }
    }
    return said;
}

void Parser::apply(Said const& said, Node& node) {
    auto* const scope = document_.tree_.make(*node.scope);
    if (!said.base.empty()) {
        auto const resolved =
            said.base.size() > kMaxBase ? std::string{} : http::resolve(node.scope->base, said.base);
        // A base with a scheme that no link could use is as good as none.
        if (auto const url = http::parse_url(resolved); url && !url->opaque && resolved.size() <= kMaxBase) {
            scope->base = document_.arena_.copy(resolved);
        }
    }
    if (said.has_language) {
        scope->language = said.language;
    }
    node.scope = scope;
}

}  // namespace newswired::feeds::xml

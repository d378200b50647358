#include "feeds/xml/document.hpp"

#include "core/entities.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <cstring>

namespace newswired::feeds::xml {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_void(std::string_view local) {
    constexpr std::string_view kVoid[] = {"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                                          "input", "link", "meta", "param", "source", "track", "wbr"};
    return std::any_of(std::begin(kVoid), std::end(kVoid),
                       [local](std::string_view name) { return equal_ignoring_case(name, local); });
}

bool holds_url(std::string_view attribute) {
    constexpr std::string_view kUrls[] = {"href", "src",    "cite",    "action",   "longdesc", "background",
                                          "data", "poster", "classid", "codebase", "profile",  "usemap"};
    return std::any_of(std::begin(kUrls), std::end(kUrls),
                       [attribute](std::string_view name) { return equal_ignoring_case(name, attribute); });
}

struct Predefined {
    std::size_t length = 0;
    char character = 0;
};

template <std::size_t N>
bool begins_with(std::string_view text, char const (&prefix)[N]) {
    return text.size() >= N - 1 &&
           std::memcmp(text.data(), prefix, N - 1) == 0;  // a constant length: no call
}

// The reference to one of XML's five characters that `text` begins with; length 0 when it is another, or
// none.
Predefined predefined(std::string_view text) {
    switch (text.size() > 1 ? text[1] : ' ') {
        case 'l':
            return begins_with(text, "&lt;") ? Predefined{4, '<'} : Predefined{};
        case 'g':
            return begins_with(text, "&gt;") ? Predefined{4, '>'} : Predefined{};
        case 'q':
            return begins_with(text, "&quot;") ? Predefined{6, '"'} : Predefined{};
        case 'a':
            return begins_with(text, "&amp;")    ? Predefined{5, '&'}
                   : begins_with(text, "&apos;") ? Predefined{6, '\''}
                                                 : Predefined{};
        default:
            return {};
    }
}

}  // namespace

// Escaped HTML has a reference every few bytes, so that calls to find and append cost more than the bytes do:
// room for all is made first (what is decoded is hardly ever longer), and bytes are put there one by one.
void Document::append_decoded(std::string& out, std::string_view source) {
    auto written = out.size();
    out.resize(written + source.size());
    std::string other;
    for (std::size_t place = 0; place < source.size();) {
        auto const c = source[place];
        if (c != '&') {
            out[written++] = c;
            ++place;
        } else if (auto const [length, character] = predefined(source.substr(place)); length > 0) {
            out[written++] = character;
            place += length;
        } else {
            other.clear();
            auto const taken = append_reference(other, source.substr(place));
            if (other.size() > taken) {
                out.resize(out.size() + other.size() - taken);
            }
            other.copy(out.data() + written, other.size());
            written += other.size();
            place += taken;
        }
    }
    out.resize(written);
}

// What `source` begins with stands for, when that is not predefined; returns its length.
std::size_t Document::append_reference(std::string& out, std::string_view source) {
    auto const semicolon = source.substr(0, 64).find(';');
    if (semicolon == npos || semicolon < 2) {
        out += '&';
        return 1;
    }
    if (auto const* const declared = doctype_.find(source.substr(1, semicolon - 1))) {
        newswired::append_decoded(out, *declared);  // its own references are characters or HTML's
        return semicolon + 1;
    }
    auto const before = out.size();
    if (decode_reference(source.substr(0, semicolon + 1), out) != semicolon + 1) {
        out.resize(before);  // no reference, or one that ends before its semicolon
        out += '&';
        return 1;
    }
    return semicolon + 1;
}

std::string_view Document::text(Node const& node) {
    Node const* only = nullptr;
    std::size_t pieces = 0;
    for (auto const* child = node.first; child != nullptr; child = child->next) {
        if (child->is_text) {
            only = child;
            ++pieces;
        }
    }
    if (pieces == 0) {
        return {};
    }
    if (pieces == 1 && only->is_literal) {
        return only->text;
    }
    scratch_.clear();
    for (auto const* child = node.first; child != nullptr; child = child->next) {
        if (!child->is_text) {
            continue;
        }
        if (child->is_literal) {
            scratch_ += child->text;
        } else {
            append_decoded(scratch_, child->text);
        }
    }
    return arena_.copy(scratch_);
}

std::string_view Document::trimmed(Node const& node) {
    return trim(text(node));
}

std::string_view Document::deep_text(Node const& node) {
    if (!node.has_elements()) {
        return trimmed(node);
    }
    scratch_.clear();
    Node const* place = node.first;
    while (place != nullptr) {
        if (place->is_text) {
            if (place->is_literal) {
                scratch_ += place->text;
            } else {
                append_decoded(scratch_, place->text);
            }
        } else if (place->first != nullptr) {
            place = place->first;
            continue;
        }
        while (place->next == nullptr && place->parent != &node) {
            place = place->parent;
        }
        place = place->next;
    }
    return trim(arena_.copy(scratch_));
}

void Document::append_start(std::string& out, Node const& node, std::string_view outer_base) {
    out += '<';
    out += node.text;
    for (auto const* one = node.attributes; one != nullptr; one = one->next) {
        auto name = one->name;
        auto const roots_foreign =
            name == "xmlns" && (node.space == Namespace::svg || node.space == Namespace::mathml);
        if ((name.starts_with("xmlns") && !roots_foreign) || name == "xml:base") {
            continue;
        }
        if (name == "xml:lang") {
            name = "lang";
        }
        out += ' ';
        out += name;
        out += "=\"";
        if (node.scope->base != outer_base && holds_url(name)) {
            append_escaped(out, http::resolve(node.scope->base, one->value));
        } else {
            append_escaped(out, one->value);
        }
        out += '"';
    }
    out += '>';
}

std::string_view Document::markup(Node const& node) {
    auto const base = node.scope->base;
    std::string out;
    std::string decoded;
    Node const* place = node.first;
    while (place != nullptr) {
        if (place->is_text) {
            if (place->is_literal) {
                append_escaped(out, place->text);
            } else {
                decoded.clear();
                append_decoded(decoded, place->text);
                append_escaped(out, decoded);
            }
        } else {
            append_start(out, *place, base);
            if (place->first != nullptr) {
                place = place->first;
                continue;
            }
            if (!is_void(place->text)) {
                ((out += "</") += place->text) += '>';
            }
        }
        while (place->next == nullptr && place->parent != &node) {
            place = place->parent;
            ((out += "</") += place->text) += '>';
        }
        place = place->next;
    }
    return arena_.copy(out);
}

}  // namespace newswired::feeds::xml

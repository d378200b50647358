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
    constexpr std::string_view kVoid[] = {"area", "base",  "br",   "col",   "embed",  "hr",    "img",
                                          "input", "link", "meta", "param", "source", "track", "wbr"};
    return std::any_of(std::begin(kVoid), std::end(kVoid),
                       [local](std::string_view name) { return equal_ignoring_case(name, local); });
}

bool holds_url(std::string_view attribute) {
    constexpr std::string_view kUrls[] = {"href", "src",        "cite",     "action",  "longdesc", "background",
                                          "data", "poster",     "classid",  "codebase", "profile", "usemap"};
    return std::any_of(std::begin(kUrls), std::end(kUrls),
                       [attribute](std::string_view name) { return equal_ignoring_case(name, attribute); });
}

}  // namespace

void Document::append_decoded(std::string& out, std::string_view source) {
    out.reserve(out.size() + source.size());
    for (;;) {
        auto const ampersand = source.find('&');
        out += source.substr(0, ampersand);
        if (ampersand == npos) {
            return;
        }
        source.remove_prefix(ampersand);
        source.remove_prefix(append_reference(out, source));
    }
}

// What `source` begins with stands for; returns its length.
std::size_t Document::append_reference(std::string& out, std::string_view source) {
    auto const predefined = [&](auto const& reference, char character) {
        constexpr auto kLength = sizeof(reference) - 1;  // a constant: no call for a few bytes
        auto const fits = source.size() >= kLength && std::memcmp(source.data(), reference, kLength) == 0;
        if (fits) {
            out += character;
        }
        return fits ? kLength : 0;
    };
    auto const length = [&] {
        switch (source.size() > 1 ? source[1] : ' ') {
            case 'l':
                return predefined("&lt;", '<');
            case 'g':
                return predefined("&gt;", '>');
            case 'q':
                return predefined("&quot;", '"');
            case 'a':
                return std::max(predefined("&amp;", '&'), predefined("&apos;", '\''));
            default:
                return std::size_t{0};
        }
    }();
    if (length > 0) {
        return length;
    }
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
        auto const roots_foreign = name == "xmlns" && (node.space == Namespace::svg || node.space == Namespace::mathml);
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

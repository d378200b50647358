#include "feeds/xml/document.hpp"

#include "core/entities.hpp"
#include "core/text.hpp"
#include "feeds/xml/parser.hpp"
#include "feeds/xml/text_builder.hpp"
#include "http/url/url.hpp"

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

void append(TextBuilder& out, Node const& text) {
    if (text.is_literal) {
        out.append(text.text);
    } else {
        out.append_decoded(text.text);
    }
}

}  // namespace

Document::Document(std::string_view text, std::string_view base, Arena& arena)
    : text_{text}, arena_{arena}, top_{tree_.make<Node>()} {
    auto* const scope = tree_.make<Scope>();
    scope->base = base;
    top_->scope = scope;
}

void Document::read(EntryReader const& on_entry) {
    Parser{*this, on_entry}.run();
}

std::string_view Document::decoded(std::string_view source) {
    if (source.empty() || std::memchr(source.data(), '&', source.size()) == nullptr) {
        return source;
    }
    TextBuilder text{arena_, doctype_, source.size()};
    text.append_decoded(source);
    return text.finish();
}

std::string_view Document::text(Node const& node) {
    Node const* only = nullptr;
    std::size_t pieces = 0;
    std::size_t size = 0;
    for (auto const* child = node.first; child != nullptr; child = child->next) {
        if (child->is_text) {
            only = child;
            ++pieces;
            size += child->text.size();
        }
    }
    if (pieces == 0) {
        return {};
    }
    if (pieces == 1 && only->is_literal) {
        return only->text;
    }
    TextBuilder text{arena_, doctype_, size};
    for (auto const* child = node.first; child != nullptr; child = child->next) {
        if (child->is_text) {
            append(text, *child);
        }
    }
    return text.finish();
}

std::string_view Document::trimmed(Node const& node) {
    return trim(text(node));
}

std::string_view Document::deep_text(Node const& node) {
    if (!node.has_elements()) {
        return trimmed(node);
    }
    TextBuilder text{arena_, doctype_, node.source.size()};
    Node const* place = node.first;
    while (place != nullptr) {
        if (place->is_text) {
            append(text, *place);
        } else if (place->first != nullptr) {
            place = place->first;
            continue;
        }
        while (place->next == nullptr && place->parent != &node) {
            place = place->parent;
        }
        place = place->next;
    }
    return trim(text.finish());
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
    Node const* place = node.first;
    while (place != nullptr) {
        if (place->is_text) {
            auto const before = arena_.mark();
            append_escaped(out, place->is_literal ? place->text : decoded(place->text));
            arena_.rewind(before);
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

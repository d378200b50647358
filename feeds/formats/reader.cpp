#include "feeds/formats/reader.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"
#include "feeds/dates/date.hpp"
#include "feeds/formats/addresses.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace newswired::feeds {
namespace {

using xml::Name;
using xml::Namespace;
using xml::Node;
constexpr auto npos = std::string_view::npos;

std::string_view mail_of(std::string_view text) {
    text = trim(text);
    if (starts_with_ignoring_case(text, "mailto:")) {
        text.remove_prefix(7);
    }
    auto const at = text.find('@');
    auto const plausible =
        at != npos && at > 0 && at + 1 < text.size() && text.find_first_of(" \t\n<>()") == npos;
    return plausible ? text : std::string_view{};
}

std::string_view without_quotes(std::string_view name) {
    name = trim(name);
    if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
        name = trim(name.substr(1, name.size() - 2));
    }
    return name;
}

}  // namespace

Text Reader::html(Node const& node) {
    Text text;
    text.kind = TextKind::html;
    text.base = node.scope->base;
    text.language = node.scope->language;
    text.value = trim(node.has_elements() ? document_.markup(node) : document_.text(node));
    return text;
}

Text Reader::rss_text(Node const& node) {
    auto text = html(node);
    text.may_be_escaped_twice = true;
    return text;
}

Text Reader::plain_text(Node const& node) {
    Text text = html(node);
    if (!node.has_elements()) {
        text.kind = TextKind::plain;
    }
    return text;
}

Text Reader::construct(Node const& node) {
    auto const stated = trim(node.attribute("type"));
    auto const type = to_lower(trim(stated.substr(0, stated.find(';'))));  // "text/html; charset=utf-8"
    auto const mode = to_lower(trim(node.attribute("mode")));              // Atom 0.3
    Text text = html(node);
    if (mode == "base64" || (!type.empty() && mode.empty() && type.find('/') != npos &&
                             !type.starts_with("text/") && !type.ends_with("xml") && !node.has_elements())) {
        auto const decoded = decode_base64(document_.text(node));
        if (decoded && is_utf8(*decoded)) {
            text.value = trim(arena().copy(*decoded));
            text.kind = type == "text/plain" ? TextKind::plain : TextKind::html;
            return text;
        }
    }
    if (type == "xhtml" || type.ends_with("+xml") || type.ends_with("/xml") || node.has_elements()) {
        // The div is not part of the content (RFC 4287, 3.1.1.3).
        auto const* const div = node.child(Name::xhtml_div);
        auto const only = div != nullptr && elements(node).begin() != elements(node).end() &&
                          &*elements(node).begin() == div && div->next == nullptr;
        if (type == "xhtml" && only) {
            text.value = trim(document_.markup(*div));
            text.base = div->scope->base;
            text.language = div->scope->language;
        } else if (type == "xhtml" && !node.has_elements()) {
            text.kind = TextKind::html;
        }
        return text;
    }
    auto const escaped = mode == "escaped";
    if (type == "html" || type == "text/html" || (escaped && type != "text/plain" && type != "text")) {
        return text;
    }
    text.kind = TextKind::plain;
    return text;
}

std::string_view Reader::url(Node const& node, std::string_view reference) {
    reference = trim(reference);
    if (reference.empty() || http::is_plain_http_url(reference)) {
        return reference;
    }
    auto const resolved = resolved_address(node.scope->base, reference);
    return resolved == reference ? reference : arena().copy(resolved);
}

std::optional<SystemTime> Reader::date(Node const& node) {
    return parse_date(plain(node));
}

Person Reader::person(std::string_view text) {
    text = trim(text);
    Person person;
    auto const open = text.find('(');
    auto const close = text.rfind(')');
    auto const angle = text.find('<');
    if (open != npos && close != npos && close > open) {
        auto const outside = trim(text.substr(0, open));
        auto const inside = trim(text.substr(open + 1, close - open - 1));
        if (auto const mail = mail_of(outside); !mail.empty()) {
            return {.name = without_quotes(inside), .email = mail};
        }
        if (auto const mail = mail_of(inside); !mail.empty()) {
            return {.name = without_quotes(outside), .email = mail};
        }
    } else if (angle != npos && text.ends_with('>')) {
        auto const inside = text.substr(angle + 1, text.size() - angle - 2);
        if (auto const mail = mail_of(inside); !mail.empty()) {
            return {.name = without_quotes(text.substr(0, angle)), .email = mail};
        }
    } else if (auto const mail = mail_of(text); !mail.empty()) {
        person.email = mail;
        return person;
    } else if (auto const at = text.find('@'); at != npos) {  // "me@example.org Name"
        auto const space = text.find(' ', at);
        if (auto const first = mail_of(text.substr(0, space)); !first.empty() && space != npos) {
            return {.name = without_quotes(text.substr(space)), .email = first};
        }
        auto const before = text.rfind(' ', at);
        if (auto const last = before == npos ? std::string_view{} : mail_of(text.substr(before));
            !last.empty()) {
            return {.name = without_quotes(text.substr(0, before)), .email = last};
        }
    }
    person.name = without_quotes(text);
    return person;
}

Person Reader::person(Node const& node) {
    Person found;
    bool structured = false;
    for (auto const& child : elements(node)) {
        switch (child.name) {
            case Name::atom_name:
            case Name::core_name:
            case Name::itunes_name:
                found.name = deep(child);
                structured = true;
                break;
            case Name::atom_email:
            case Name::core_email:
            case Name::itunes_email:
                found.email = plain(child);
                structured = true;
                break;
            case Name::atom_uri:
            case Name::atom_url:
            case Name::atom_homepage:
            case Name::core_uri:
            case Name::core_url:
                found.url = url(child);
                structured = true;
                break;
            default:
                break;
        }
    }
    if (!structured) {
        return person(deep(node));
    }
    if (found.email.empty() && found.name.find('@') != npos) {  // "noreply@example.org (Name)" as a name
        auto url = found.url;
        found = person(found.name);
        found.url = url;
    }
    return found;
}

std::int64_t Reader::number(std::string_view text) {
    text = trim(text);
    std::int64_t value = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && value >= 0 && end != text.data() ? value : -1;
}

std::int64_t Reader::size(std::string_view text) {
    std::string digits{trim(text)};
    std::erase(digits, ',');  // "1,024"
    auto const all = std::all_of(digits.begin(), digits.end(), [](char c) { return is_digit(c); });
    return all ? number(digits) : -1;
}

}  // namespace newswired::feeds

#include "feeds/xml/doctype.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::feeds::xml {

std::size_t Doctype::read(std::string_view text, std::size_t start) {
    auto const short_end = std::min(text.find('>', start), text.size() - 1) + 1;
    if (was_read_) {
        return short_end;  // only one is allowed; many that don't end would be read again and again
    }
    was_read_ = true;
    auto place = start;
    std::size_t brackets = 0;
    while (place < text.size()) {
        auto const c = text[place];
        if (c == '"' || c == '\'') {
            auto const close = text.find(c, place + 1);
            if (close == std::string_view::npos) {
                break;
            }
            place = close;
        } else if (text.substr(place).starts_with("<!--")) {
            place = std::min(text.find("-->", place), text.size());
        } else if (text.substr(place).starts_with("<!ENTITY")) {
            // Up to its '>', but not one within quotes.
            auto end = place;
            for (char quote = 0; end < text.size() && (quote != 0 || text[end] != '>'); ++end) {
                if (quote == 0 && (text[end] == '"' || text[end] == '\'')) {
                    quote = text[end];
                } else if (text[end] == quote) {
                    quote = 0;
                }
            }
            declare(text.substr(place + 8, end - place - 8));
            place = end;
        } else if (c == '[') {
            ++brackets;
        } else if (c == ']' && brackets > 0) {
            --brackets;
        } else if (c == '>' && brackets == 0) {
            return place + 1;
        }
        ++place;
    }
    // Never closed: what follows the first '>' is the document.
    return short_end;
}

void Doctype::declare(std::string_view declaration) {
    declaration = trim(declaration);
    auto const space = declaration.find_first_of(" \t\r\n");
    if (space == std::string_view::npos || declaration.starts_with('%') || entities_.size() >= kMaxEntities ||
        declared_ > kMaxExpansion) {
        return;
    }
    auto const name = declaration.substr(0, space);
    auto const value = trim(declaration.substr(space));
    if (value.size() < 2 || (value[0] != '"' && value[0] != '\'')) {
        return;  // SYSTEM or PUBLIC
    }
    auto const close = value.find(value[0], 1);
    if (close != std::string_view::npos) {
        // The first declaration is binding (XML 1.0, 4.2).
        auto const [place, is_new] = entities_.try_emplace(std::string{name});
        if (is_new) {
            place->second = expand(value.substr(1, close - 1));
            declared_ += place->second.size();
        }
    }
}

// Entities must be declared before they are used in another's value, as nearly all are; so expansion needs
// no recursion and can't be circular.
std::string Doctype::expand(std::string_view value) const {
    std::string out;
    while (out.size() < kMaxValue) {
        auto const ampersand = value.find('&');
        out += value.substr(0, ampersand);
        if (ampersand == std::string_view::npos) {
            break;
        }
        value.remove_prefix(ampersand);
        auto const end = value.substr(0, kLongestName).find(';');
        auto const inner =
            end == std::string_view::npos ? entities_.end() : entities_.find(value.substr(1, end - 1));
        if (inner == entities_.end()) {
            out += '&';
            value.remove_prefix(1);
        } else {
            out += inner->second;
            value.remove_prefix(end + 1);
        }
    }
    out.resize(std::min(out.size(), kMaxValue));
    return out;
}

std::string const* Doctype::find(std::string_view name) {
    if (entities_.empty()) {
        return nullptr;
    }
    auto const found = entities_.find(name);
    if (found == entities_.end()) {
        return nullptr;
    }
    expanded_ += found->second.size();
    return expanded_ > kMaxExpansion ? &nothing_ : &found->second;
}

}  // namespace newswired::feeds::xml

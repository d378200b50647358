#include "http/message.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace newswired::http {

std::string_view Fields::operator[](std::string_view name) const {
    for (auto const& [key, value] : entries_) {
        if (equal_ignoring_case(key, name)) {
            return value;
        }
    }
    return {};
}

bool Fields::has(std::string_view name) const {
    auto const named = [name](Entry const& entry) { return equal_ignoring_case(entry.first, name); };
    return std::any_of(entries_.begin(), entries_.end(), named);
}

std::string Fields::joined(std::string_view name) const {
    std::string all;
    bool first = true;
    for (auto const& [key, value] : entries_) {
        if (equal_ignoring_case(key, name)) {
            if (!first) {
                all += ", ";
            }
            all += value;
            first = false;
        }
    }
    return all;
}

void Fields::add(std::string name, std::string value) {
    entries_.emplace_back(std::move(name), std::move(value));
}

void Fields::set(std::string name, std::string value) {
    remove(name);
    add(std::move(name), std::move(value));
}

void Fields::remove(std::string_view name) {
    auto const named = [name](Entry const& entry) { return equal_ignoring_case(entry.first, name); };
    std::erase_if(entries_, named);
}

}  // namespace newswired::http

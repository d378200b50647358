#include "feeds/xml/tree.hpp"

#include "core/text.hpp"

namespace newswired::feeds::xml {
namespace {

// Most attributes that are asked for are told apart by their first letter, without a call.
bool equal(std::string_view name, std::string_view wanted) {
    return to_lower(name.front()) == to_lower(wanted.front()) && equal_ignoring_case(name, wanted);
}

Attribute const* find(Node const& node, std::string_view local) {
    Attribute const* prefixed = nullptr;
    for (auto const* attribute = node.attributes; attribute != nullptr; attribute = attribute->next) {
        auto const name = attribute->name;
        if (name.size() == local.size()) {
            if (equal(name, local)) {
                return attribute;
            }
        } else if (name.size() > local.size() && name[name.size() - local.size() - 1] == ':' &&
                   prefixed == nullptr && equal(name.substr(name.size() - local.size()), local) &&
                   !name.starts_with("xmlns")) {
            prefixed = attribute;
        }
    }
    return prefixed;
}

}  // namespace

std::string_view Node::attribute(std::string_view local) const {
    auto const* const found = find(*this, local);
    return found != nullptr ? found->value : std::string_view{};
}

bool Node::has_attribute(std::string_view local) const {
    return find(*this, local) != nullptr;
}

Node const* Node::child(Name wanted) const {
    for (auto const& one : elements(*this)) {
        if (one.name == wanted) {
            return &one;
        }
    }
    return nullptr;
}

bool Node::has_elements() const {
    return elements(*this).begin() != elements(*this).end();
}

}  // namespace newswired::feeds::xml

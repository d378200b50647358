#include "feeds/xml/tree.hpp"

#include "core/text.hpp"

namespace newswired::feeds::xml {
namespace {

Attribute const* find(Node const& node, std::string_view local) {
    Attribute const* prefixed = nullptr;
    for (auto const* attribute = node.attributes; attribute != nullptr; attribute = attribute->next) {
        if (equal_ignoring_case(attribute->name, local)) {
            return attribute;
        }
        auto const colon = attribute->name.rfind(':');
        if (colon != std::string_view::npos && prefixed == nullptr &&
            equal_ignoring_case(attribute->name.substr(colon + 1), local) &&
            !attribute->name.starts_with("xmlns")) {
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

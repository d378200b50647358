// From an element's qualified name to the name that is known: prefixes declared, misspelt, forgotten.

#pragma once

#include "feeds/xml/names.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace newswired::feeds::xml {

struct Resolved {
    std::string_view local{};
    Namespace space = Namespace::foreign;
    Name name = Name::unknown;
};

/// All views that it is given must outlive it.
class NameResolver {
  public:
    NameResolver();

    /// xmlns or xmlns:prefix.  `near_root`: on the root or beside it, where a feed's own namespace stands.
    void bind(std::string_view prefix, std::string_view uri, bool near_root);
    /// How many bindings there are; what bind() added since is undone by restore().
    std::size_t bindings() const { return bindings_.size(); }
    void restore(std::size_t bindings);

    Resolved resolve(std::string_view qualified_name, bool is_root);

  private:
    struct Binding {
        std::string_view prefix;
        Namespace space;
        std::uint32_t generation;
    };
    struct Cached {
        std::string_view qualified_name;
        std::uint32_t generation = 0;  // of the bindings that it was found with
        Resolved resolved{};
    };

    static constexpr std::size_t kSlots = 256;  // a document has some thirty names
    // How many namespaces may be in force at once: each name is looked up among them.
    static constexpr std::size_t kMaxBindings = 256;

    void push(std::string_view prefix, Namespace space);
    Namespace namespace_for(std::string_view prefix) const;
    Resolved look_up(std::string_view qualified_name, bool is_root);

    std::vector<Binding> bindings_;
    Namespace unprefixed_ = Namespace::core;
    std::uint32_t generations_ = 0;
    std::array<Cached, kSlots> cache_{};
};

}  // namespace newswired::feeds::xml

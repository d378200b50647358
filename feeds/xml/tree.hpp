// The tree of an XML document, as reading a feed needs it: elements and text; names as numbers; texts as
// views into the document until someone asks what they say.

#pragma once

#include "feeds/arena.hpp"
#include "feeds/xml/names.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::feeds::xml {

/// What xml:base and xml:lang say for an element and what is in it.
struct Scope {
    std::string_view base{};      ///< absolute, or empty
    std::string_view language{};  ///< empty: not said
};

struct Attribute {
    std::string_view name{};   ///< as written, prefix included
    std::string_view value{};  ///< decoded
    Attribute const* next = nullptr;
};

struct Node {
    Name name = Name::unknown;
    Namespace space = Namespace::foreign;
    bool is_text = false;
    bool is_literal = false;       ///< text: of a CDATA section, or without any reference; means itself
    std::string_view text{};       ///< text: the source; element: its local name
    std::string_view source{};     ///< element: from the '<' of its start tag to the end of its end tag
    Scope const* scope = nullptr;  ///< never null for an element
    Attribute const* attributes = nullptr;
    Node* parent = nullptr;
    Node* first = nullptr;
    Node* last = nullptr;
    Node* next = nullptr;

    /// The attribute of that local name, in whatever namespace; empty when there is none.  Whatever the case.
    std::string_view attribute(std::string_view local) const;
    bool has_attribute(std::string_view local) const;
    /// The first child element of that name; null when there is none.
    Node const* child(Name wanted) const;
    bool has_elements() const;
};

/// The children that are elements: for (auto const& child : elements(node)).
class Elements {
  public:
    class Iterator {
      public:
        explicit Iterator(Node const* node) : node_{skip_text(node)} {}
        Node const& operator*() const { return *node_; }
        Iterator& operator++() {
            node_ = skip_text(node_->next);
            return *this;
        }
        bool operator==(Iterator const&) const = default;

      private:
        static Node const* skip_text(Node const* node) {
            while (node != nullptr && node->is_text) {
                node = node->next;
            }
            return node;
        }
        Node const* node_;
    };
    explicit Elements(Node const& parent) : first_{parent.first} {}
    Iterator begin() const { return Iterator{first_}; }
    Iterator end() const { return Iterator{nullptr}; }

  private:
    Node const* first_;
};
inline Elements elements(Node const& parent) {
    return Elements{parent};
}

}  // namespace newswired::feeds::xml

// A page as a tree: what extraction looks at again and again, where cleaning a feed's item needs one pass.
//
// All nodes stand in one array in document order, so that a subtree is the range [node, node.end) and a loop
// over it needs neither recursion nor links.  Nothing is ever moved; what is not wanted is marked as dropped.
// Text and attributes are views into the document, references undecoded.

#pragma once

#include "articles/html/tags.hpp"
#include "articles/page/tree/words.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::page {

using NodeId = std::uint32_t;
inline constexpr NodeId kRoot = 0;
inline constexpr NodeId kNone = 0xFFFFFFFF;

struct Node {
    enum class Kind : std::uint8_t {
        element,
        text,
        raw,  ///< content of script, style, textarea, title…: never text of the article
    } kind = Kind::element;
    bool in_link = false;  ///< an <a> is open here
    bool dropped = false;  ///< it and its subtree are no part of what is being looked for
    html::ElementId element = html::kUnknown;
    NodeId parent = kNone;
    NodeId end = 0;             ///< one past its subtree
    Words words = 0;            ///< what its class, id and role say
    std::string_view name{};    ///< of an element, in the case it came
    std::string_view source{};  ///< text; of an element: its attributes

    bool is(html::ElementId id) const { return kind == Kind::element && element == id; }
};

class Tree {
  public:
    /// `document`: UTF-8, must outlive the tree.  Never fails; what is too deep or too much is flattened or
    /// cut.
    explicit Tree(std::string_view document);

    NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
    Node const& operator[](NodeId id) const { return nodes_[id]; }
    Node& operator[](NodeId id) { return nodes_[id]; }

    /// kNone after the last.
    NodeId first_child(NodeId id) const { return id + 1 < nodes_[id].end ? id + 1 : kNone; }
    NodeId next_sibling(NodeId id) const {
        auto const& node = nodes_[id];
        return node.parent != kNone && node.end < nodes_[node.parent].end ? node.end : kNone;
    }
    bool contains(NodeId outer, NodeId inner) const { return outer <= inner && inner < nodes_[outer].end; }

    /// Decoded and trimmed; empty when absent.
    std::string attribute(NodeId id, std::string_view name) const;
    /// As written; false when absent.
    bool has_attribute(NodeId id, std::string_view name) const;
    /// All text below it, dropped subtrees left out, on one line; raw text only when `id` itself holds it.
    std::string text(NodeId id, std::size_t longest = 4096) const;
    /// The nearest ancestor (or itself) of that element; kNone.
    NodeId closest(NodeId id, html::ElementId element) const;
    /// The deepest node that holds both.
    NodeId common_ancestor(NodeId a, NodeId b) const;

  private:
    friend class Builder;
    std::vector<Node> nodes_;
};

}  // namespace newswired::articles::page

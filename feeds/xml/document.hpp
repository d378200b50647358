// An XML document, read whatever its faults: one pass, no recursion, nothing fetched.
//
// Entries (items, entries, addresses of a sitemap) are given out as they close and leave the tree then, so
// that a feed of any length needs the tree of one of them.
//
// XML 1.0 and Namespaces 1.0 as far as feeds need them.  Got over and noted: undeclared prefixes and
// entities, bare '&' and '<', missing and crossed end tags, unquoted attributes, text before the root, a
// document that breaks off.  Internal entities of a DTD expand, within bounds (doctype.hpp).

#pragma once

#include "feeds/arena.hpp"
#include "feeds/parsed_feed.hpp"
#include "feeds/xml/doctype.hpp"
#include "feeds/xml/tree.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace newswired::feeds::xml {

/// Whether the entry has been read: then it leaves the tree, and no part of it may be used any more.  Texts
/// and the values of attributes stay.
using EntryReader = std::function<bool(Node const& entry)>;

class Document {
  public:
    /// `text` must be UTF-8 and outlive the document, as `arena`, which texts are made in. `base`: the
    /// document's URL.
    Document(std::string_view text, std::string_view base, Arena& arena);
    Document(Document const&) = delete;
    Document& operator=(Document const&) = delete;

    /// Reads it, once.  `on_entry` is called for each entry that has its end tag, or whose end is implied by
    /// what follows; not for one in which the document breaks off.
    void read(EntryReader const& on_entry = {});

    /// Not an element of the document: its children are the top-level nodes.
    Node const& top() const { return *top_; }

    /// What the text directly in `node` says: references decoded, CDATA unwrapped, untrimmed.
    std::string_view text(Node const& node);
    /// The same, trimmed.
    std::string_view trimmed(Node const& node);
    /// All text in `node`, that of inner elements included, trimmed.
    std::string_view deep_text(Node const& node);
    /// The content of `node` as HTML: its elements by their local names, URLs of a nested xml:base resolved.
    std::string_view markup(Node const& node);
    /// What a piece of source text says.
    std::string_view decoded(std::string_view source);

    std::vector<Problem>& problems() { return problems_; }
    /// Elements that the document left open where it broke off, outermost first; empty for a whole one.
    std::vector<Node const*> const& unfinished() const { return unfinished_; }

    Arena& arena() { return arena_; }

  private:
    friend class Parser;

    void append_start(std::string& out, Node const& node, std::string_view outer_base);

    std::string_view text_;
    Arena& arena_;
    Arena tree_;
    Node* top_;
    Doctype doctype_;
    std::vector<Problem> problems_;
    std::vector<Node const*> unfinished_;
};

}  // namespace newswired::feeds::xml

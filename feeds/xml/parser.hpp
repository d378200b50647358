// The workings of Document: from bytes to tree, and what to do when they don't fit.
//
// parser.cpp: what stands in a document and the elements that are open; attributes.cpp: start tags;
// recovery.cpp: end tags that are missing or cross.

#pragma once

#include "feeds/xml/document.hpp"
#include "feeds/xml/name_resolver.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds::xml {

class Parser {
  public:
    /// `on_entry`: see Document::read().
    Parser(Document& document, EntryReader const& on_entry);

    void run();

  private:
    struct Open {
        Node* node;
        std::string_view qualified_name;
        std::size_t bindings;  // how many there were before it
    };
    /// An entry that is open: what its closing takes back.
    struct OpenEntry {
        Node* before;  // the sibling before it
        Arena::Mark mark;
    };
    /// What the attributes of an element say about names and texts in it.
    struct Said {
        std::string_view base{};
        std::string_view language{};
        bool has_language = false;
    };

    // How far up an end tag without a partner is looked for; deeper crossings are not a person's.
    static constexpr std::size_t kMaxLookBack = 256;
    static constexpr std::size_t kMaxProblems = 20;
    // Bases within bases grow with each; no address of a page is longer.
    static constexpr std::size_t kMaxBase = 2048;

    std::size_t text(std::size_t from);
    void add_text(std::string_view text, bool literal);
    std::size_t markup(std::size_t at);
    std::size_t declaration(std::size_t at);
    std::size_t instruction(std::size_t at);
    std::size_t skip(std::size_t at, std::size_t from, std::string_view end, bool& there_is_one,
                     std::string_view what);

    std::size_t start_tag(std::size_t at);
    std::size_t name_end(std::size_t place) const;
    std::size_t attributes(std::size_t at, Node& node, bool& self_closing);
    std::size_t value_end(std::size_t& start, std::size_t size);
    Said read_reserved(Node const& node);
    void apply(Said const& said, Node& node);

    std::size_t end_tag(std::size_t at);
    void cross(std::string_view name, std::size_t at, std::size_t end);
    void close_unclosed(Name name, std::size_t at);
    void close_items_before(std::size_t at);

    void append(Node& parent, Node& node);
    void open(Node& node, std::string_view qualified_name, std::size_t bindings, Arena::Mark mark);
    void close_last(std::size_t end);
    void close_to(std::size_t depth, std::size_t end);
    void close_entry(Node& node);
    std::size_t offset_of(Node const& node) const;
    void problem(std::string_view what, std::size_t at, std::string_view name = {});

    Document& document_;
    std::string_view text_;
    EntryReader const& on_entry_;
    NameResolver names_;
    std::vector<Open> open_;
    std::vector<OpenEntry> open_entries_;
    bool entries_end_ = true;    // an entry that closes has its end tag; else the document has broken off
    bool within_start_ = false;  // a start tag has been read that is not in the tree yet
    bool comments_end_ = true;   // as far as has been looked
    bool instructions_end_ = true;
};

}  // namespace newswired::feeds::xml

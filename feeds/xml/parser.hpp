// The workings of Document: from bytes to tree, and what to do when they don't fit.

#pragma once

#include "feeds/xml/document.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds::xml {

class Parser {
  public:
    Parser(Document& document, std::string_view text, std::string_view base);

    void run();

  private:
    struct Open {
        Node* node;
        std::string_view qualified_name;
        std::size_t bindings;  // how many there were before it
    };
    struct Binding {
        std::string_view prefix;
        Namespace space;
    };
    struct Resolved {
        std::string_view qualified_name;
        std::uint32_t generation = 0;
        Namespace space = Namespace::foreign;
        Name name = Name::unknown;
    };

    // How far up an end tag without a partner is looked for; deeper crossings are not a person's.
    static constexpr std::size_t kMaxLookBack = 256;
    static constexpr std::size_t kMaxProblems = 20;
    // How many namespaces may be in force at once: each name is looked up among them.
    static constexpr std::size_t kMaxBindings = 256;
    // Bases within bases grow with each; no address of a page is longer.
    static constexpr std::size_t kMaxBase = 2048;

    void text(std::size_t from, std::size_t to);
    void add_text(std::string_view text, bool literal);
    std::size_t markup(std::size_t at);
    std::size_t declaration(std::size_t at);
    std::size_t instruction(std::size_t at);
    std::size_t start_tag(std::size_t at);
    std::size_t end_tag(std::size_t at);
    std::size_t attributes(std::size_t at, Node& node, bool& self_closing);
    Attribute const* add_attribute(Node& node, Attribute const* last, std::string_view name,
                                   std::string_view value);

    void open(Node& node, std::string_view qualified_name, bool self_closing, std::size_t end);
    void close_to(std::size_t depth, std::size_t end);
    void close_unclosed(Name name, std::size_t at);
    void bind_namespaces(Node const& node);
    void bind(std::string_view prefix, std::string_view uri);
    void resolve_name(Node& node, std::string_view qualified_name);
    Namespace namespace_for(std::string_view prefix) const;
    void apply_scope(Node& node);
    void push_binding(std::string_view prefix, Namespace space);
    std::size_t skip(std::size_t at, std::size_t from, std::string_view end, bool& there_is_one,
                     std::string_view what);
    void problem(std::string_view what, std::size_t at, std::string_view name = {});

    Document& document_;
    std::string_view text_;
    std::vector<Open> open_;
    std::vector<Binding> bindings_;
    Namespace unprefixed_ = Namespace::core;
    std::uint32_t generation_ = 1;
    bool comments_end_ = true;  // as far as has been looked
    bool instructions_end_ = true;
    std::array<Resolved, 256> cache_{};
};

}  // namespace newswired::feeds::xml

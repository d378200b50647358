#include "feeds/xml/parser.hpp"

#include "core/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <cstring>

namespace newswired::feeds::xml {
namespace {

constexpr auto npos = std::string_view::npos;

constexpr bool is_name_start(char c) {
    return is_alpha(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool ends_name(char c) {
    return is_space(c) || c == '>' || c == '/' || c == '<' || c == '=';
}

bool is_blank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return is_space(c); });
}

// Elements whose children are elements: the white space between them says nothing.
bool is_structural(Name name) {
    switch (name) {
        case Name::core_rss:
        case Name::core_channel:
        case Name::core_item:
        case Name::core_items:
        case Name::core_image:
        case Name::core_feed:
        case Name::core_entry:
        case Name::rdf_rdf:
        case Name::rdf_seq:
        case Name::atom_feed:
        case Name::atom_entry:
        case Name::atom_author:
        case Name::atom_source:
        case Name::media_group:
        case Name::media_content:
        case Name::sitemap_urlset:
        case Name::sitemap_url:
            return true;
        default:
            return false;
    }
}

// Elements that hold text only: a known element in one means that its end tag was forgotten.
bool is_leaf(Name name) {
    switch (name) {
        case Name::core_title:
        case Name::core_link:
        case Name::core_guid:
        case Name::core_pubdate:
        case Name::core_category:
        case Name::core_comments:
        case Name::atom_id:
        case Name::atom_updated:
        case Name::atom_published:
        case Name::dc_date:
        case Name::dc_creator:
            return true;
        default:
            return false;
    }
}

// How many forgotten end tags before an item are made up for.
constexpr std::size_t kMaxUnclosed = 16;

bool is_item(Name name) {
    return name == Name::core_item || name == Name::atom_entry || name == Name::core_entry ||
           name == Name::sitemap_url;
}

bool is_container(Name name) {
    return is_item(name) || name == Name::core_channel || name == Name::core_rss || name == Name::rdf_rdf ||
           name == Name::atom_feed || name == Name::core_feed;
}

// HTML that was put into a feed without escaping: these have no end tag.
bool is_void_html(std::string_view local) {
    constexpr std::string_view kVoid[] = {"br", "img", "hr", "input", "wbr", "area", "embed", "col", "param"};
    return std::any_of(std::begin(kVoid), std::end(kVoid),
                       [local](std::string_view name) { return equal_ignoring_case(name, local); });
}

}  // namespace

Document::Document(std::string_view text, std::string_view base, Arena& arena) : arena_{arena} {
    top_ = arena_.make<Node>();
    Parser{*this, text, base}.run();
}

Parser::Parser(Document& document, std::string_view text, std::string_view base)
    : document_{document}, text_{text} {
    auto* const scope = document.arena_.make<Scope>();
    scope->base = base;
    document.top_->scope = scope;
    open_.push_back({document.top_, {}, 0});
    bindings_.push_back({"xml", Namespace::foreign});
}

void Parser::run() {
    std::size_t place = 0;
    while (place < text_.size()) {
        auto const* const found =
            static_cast<char const*>(std::memchr(text_.data() + place, '<', text_.size() - place));
        auto const less = found == nullptr ? text_.size() : static_cast<std::size_t>(found - text_.data());
        if (less > place) {
            text(place, less);
        }
        place = less < text_.size() ? markup(less) : less;
    }
    for (std::size_t depth = 1; depth < open_.size(); ++depth) {
        document_.unfinished_.push_back(open_[depth].node);
    }
    if (open_.size() > 1) {
        problem("the document breaks off", text_.size());
    }
    close_to(1, text_.size());
}

void Parser::problem(std::string_view what, std::size_t at, std::string_view name) {
    if (document_.problems_.size() < kMaxProblems) {
        std::string sentence{what};
        if (!name.empty()) {
            sentence.append(": ").append(name.substr(0, 40));
        }
        document_.problems_.push_back({std::move(sentence), static_cast<std::int64_t>(at)});
    }
}

void Parser::text(std::size_t from, std::size_t to) {
    auto const piece = text_.substr(from, to - from);
    auto const& parent = *open_.back().node;
    if ((open_.size() == 1 || is_structural(parent.name)) && is_blank(piece)) {
        return;
    }
    add_text(piece, std::memchr(piece.data(), '&', piece.size()) == nullptr);
}

void Parser::add_text(std::string_view text, bool literal) {
    auto& parent = *open_.back().node;
    // A '<' that begins no tag joins the text around it: a million of them are one text.  In a text with
    // references it means itself just the same.
    if (auto* const before = parent.last;
        before != nullptr && before->is_text && before->text.data() + before->text.size() == text.data()) {
        before->text = {before->text.data(), before->text.size() + text.size()};
        before->is_literal = before->is_literal && literal;
        return;
    }
    auto* const node = document_.arena_.make<Node>();
    node->is_text = true;
    node->is_literal = literal;
    node->text = text;
    node->parent = &parent;
    (parent.last != nullptr ? parent.last->next : parent.first) = node;
    parent.last = node;
}

// `at` is a '<'.  Returns where to go on; always further.
std::size_t Parser::markup(std::size_t at) {
    auto const next = at + 1 < text_.size() ? text_[at + 1] : ' ';
    if (is_name_start(next)) {
        return start_tag(at);
    }
    if (next == '/') {
        return end_tag(at);
    }
    if (next == '!') {
        return declaration(at);
    }
    if (next == '?') {
        return instruction(at);
    }
    problem("a '<' that begins no tag", at);
    add_text(text_.substr(at, 1), true);
    return at + 1;
}

std::size_t Parser::declaration(std::size_t at) {
    auto const rest = text_.substr(at);
    if (rest.starts_with("<!--")) {
        return skip(at, at + 4, "-->", comments_end_, "a comment that does not end");
    }
    if (rest.starts_with("<![CDATA[")) {
        auto const end = text_.find("]]>", at + 9);
        if (end == npos) {
            problem("a CDATA section that does not end", at);
            add_text(text_.substr(at + 9), true);
            return text_.size();
        }
        if (end > at + 9) {
            add_text(text_.substr(at + 9, end - at - 9), true);
        }
        return end + 3;
    }
    if (starts_with_ignoring_case(rest, "<!doctype")) {
        return document_.doctype_.read(text_, at);
    }
    auto const end = text_.find('>', at);
    return end == npos ? text_.size() : end + 1;
}

std::size_t Parser::instruction(std::size_t at) {
    return skip(at, at, "?>", instructions_end_, "an instruction that does not end");
}

// Past `end`; where it never comes, past the next '>'.  One that was once not found will not be found later.
std::size_t Parser::skip(std::size_t at, std::size_t from, std::string_view end, bool& there_is_one,
                         std::string_view what) {
    auto const place = there_is_one ? text_.find(end, from) : npos;
    if (place != npos) {
        return place + end.size();
    }
    there_is_one = false;
    problem(what, at);
    auto const angle = text_.find('>', at);
    return angle == npos ? text_.size() : angle + 1;
}

std::size_t Parser::start_tag(std::size_t at) {
    auto place = at + 1;
    bool address = false;
    while (place < text_.size() && !ends_name(text_[place])) {
        address = address || text_[place] == '@';
        ++place;
    }
    if (address) {  // "John <john@example.org>"
        add_text(text_.substr(at, 1), true);
        return at + 1;
    }
    auto const qualified_name = text_.substr(at + 1, place - at - 1);
    Node node;
    node.source = text_.substr(at);
    bool self_closing = false;
    auto const bindings = bindings_.size();
    place = attributes(place, node, self_closing);
    if (node.attributes != nullptr) {
        bind_namespaces(node);
    }
    resolve_name(node, qualified_name);
    if (node.name != Name::unknown) {
        close_unclosed(node.name, at);
    } else if (!self_closing && (node.space == Namespace::core || node.space == Namespace::xhtml) &&
               is_void_html(node.text)) {
        self_closing = true;
    }
    node.scope = open_.back().node->scope;
    if (node.attributes != nullptr) {
        apply_scope(node);
    }
    auto* const kept = document_.arena_.make(node);
    open(*kept, qualified_name, self_closing, place);
    if (self_closing && bindings_.size() != bindings) {
        bindings_.resize(bindings);
        ++generation_;
    } else if (!self_closing) {
        open_.back().bindings = bindings;
    }
    return place;
}

void Parser::open(Node& node, std::string_view qualified_name, bool self_closing, std::size_t end) {
    auto& parent = *open_.back().node;
    node.parent = &parent;
    (parent.last != nullptr ? parent.last->next : parent.first) = &node;
    parent.last = &node;
    if (self_closing) {
        node.source =
            node.source.substr(0, end - static_cast<std::size_t>(node.source.data() - text_.data()));
    } else {
        open_.push_back({&node, qualified_name, bindings_.size()});
    }
}

std::size_t Parser::attributes(std::size_t place, Node& node, bool& self_closing) {
    Attribute const* last = nullptr;
    auto const size = text_.size();
    for (;;) {
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size) {
            return size;
        }
        auto const c = text_[place];
        if (c == '>') {
            return place + 1;
        }
        if (c == '<') {
            problem("a tag that does not end", place);
            return place;
        }
        if (c == '/' || c == '=') {
            self_closing = c == '/' && place + 1 < size && text_[place + 1] == '>';
            ++place;
            continue;
        }
        auto const start = place;
        while (place < size && !ends_name(text_[place])) {
            ++place;
        }
        auto const name = text_.substr(start, place - start);
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size || text_[place] != '=') {
            problem("an attribute without a value", start);
            continue;
        }
        ++place;
        while (place < size && is_space(text_[place])) {
            ++place;
        }
        if (place >= size) {
            return size;
        }
        auto const quote = text_[place];
        std::size_t end = 0;
        if (quote == '"' || quote == '\'') {
            end = text_.find(quote, ++place);
            if (end == npos) {
                problem("an attribute's value that does not end", place);
                end = std::min(text_.find('>', place), size);
            }
        } else {
            problem("an attribute's value without quotes", place);
            end = place;
            while (end < size && !is_space(text_[end]) && text_[end] != '>') {
                ++end;
            }
            if (end < size && text_[end] == '>' && end > place && text_[end - 1] == '/') {
                --end;  // "<br class=x/>"
            }
        }
        last = add_attribute(node, last, name, text_.substr(place, end - place));
        place = end < size && text_[end] == quote ? end + 1 : end;
    }
}

Attribute const* Parser::add_attribute(Node& node, Attribute const* last, std::string_view name,
                                       std::string_view value) {
    auto* const attribute = document_.arena_.make<Attribute>();
    attribute->name = name;
    attribute->value = document_.decoded(value);
    if (last == nullptr) {
        node.attributes = attribute;
    } else {
        const_cast<Attribute*>(last)->next = attribute;
    }
    return attribute;
}

// The end tags that a start tag implies: of a leaf whose own was forgotten, of the item before.
void Parser::close_unclosed(Name name, std::size_t at) {
    auto const depth = open_.size();
    if (is_item(name) && depth > 1 && !is_leaf(open_.back().node->name)) {
        // The container that items stand in: what is still open within it lacks an end tag.
        for (auto i = depth - 1; i > 0 && depth - i <= kMaxUnclosed; --i) {
            auto const open_name = open_[i].node->name;
            if (open_name == Name::atom_content || open_name == Name::core_description ||
                open_name == Name::atom_summary || open_name == Name::content_encoded) {
                return;
            }
            if (is_container(open_name)) {
                auto const within_item = is_item(open_name);
                if (within_item || i + 1 < depth) {
                    problem("an item within an item or an unclosed element", at);
                    close_to(within_item ? i : i + 1, at);
                }
                return;
            }
        }
    }
    if (depth > 1 && is_leaf(open_.back().node->name)) {
        auto const& leaf = open_.back();
        problem("no end tag", static_cast<std::size_t>(leaf.node->source.data() - text_.data()),
                leaf.qualified_name);
        close_to(depth - 1, at);
        close_unclosed(name, at);  // once more at most: a leaf's parent is no leaf
    }
}

std::size_t Parser::end_tag(std::size_t at) {
    auto place = at + 2;
    while (place < text_.size() && !ends_name(text_[place])) {
        ++place;
    }
    auto const name = text_.substr(at + 2, place - at - 2);
    while (place < text_.size() && text_[place] != '>' && text_[place] != '<') {
        ++place;
    }
    if (place < text_.size() && text_[place] == '>') {
        ++place;
    }
    if (open_.back().qualified_name == name && open_.size() > 1) {
        close_to(open_.size() - 1, place);
        return place;
    }
    bool crosses = false;
    for (auto depth = open_.size() - 1; depth > 0 && open_.size() - depth <= kMaxLookBack; --depth) {
        auto const& candidate = open_[depth];
        if (equal_ignoring_case(candidate.qualified_name, name)) {
            if (crosses && !is_container(candidate.node->name)) {
                break;  // the end of something outside the item that we are in
            }
            problem("no end tag", at, open_.back().qualified_name);
            close_to(depth, place);
            return place;
        }
        crosses = crosses || is_container(candidate.node->name);
    }
    problem("an end tag without a start", at, name);
    return place;
}

void Parser::close_to(std::size_t depth, std::size_t end) {
    while (open_.size() > depth) {
        auto& last = open_.back();
        auto const start = static_cast<std::size_t>(last.node->source.data() - text_.data());
        last.node->source = text_.substr(start, std::max(end, start) - start);
        if (bindings_.size() != last.bindings) {
            bindings_.resize(last.bindings);
            ++generation_;
        }
        open_.pop_back();
    }
}

void Parser::bind_namespaces(Node const& node) {
    for (auto const* one = node.attributes; one != nullptr; one = one->next) {
        if (!one->name.starts_with("xmlns")) {
            continue;
        }
        if (one->name.size() == 5) {
            bind({}, one->value);
        } else if (one->name[5] == ':') {
            bind(one->name.substr(6), one->value);
        }
    }
}

void Parser::bind(std::string_view prefix, std::string_view uri) {
    auto space = namespace_of_uri(uri);
    if (space == Namespace::foreign) {
        // An unknown default namespace on the root is a misspelt one of the feed's own; an unknown one for a
        // well-known prefix a misspelt one of that.
        if (prefix.empty()) {
            space = uri.empty() || open_.size() <= 2 ? Namespace::core : Namespace::foreign;
        } else {
            space = namespace_of_prefix(prefix);
        }
    }
    push_binding(prefix, space);
}

void Parser::push_binding(std::string_view prefix, Namespace space) {
    if (bindings_.size() < kMaxBindings) {
        bindings_.push_back({prefix, space});
        ++generation_;
    }
}

Namespace Parser::namespace_for(std::string_view prefix) const {
    for (auto place = bindings_.size(); place > 0; --place) {
        if (bindings_[place - 1].prefix == prefix) {
            return bindings_[place - 1].space;
        }
    }
    return prefix.empty() ? Namespace::core : namespace_of_prefix(prefix);
}

void Parser::resolve_name(Node& node, std::string_view qualified_name) {
    auto const colon = qualified_name.find(':');
    node.text = colon == npos ? qualified_name : qualified_name.substr(colon + 1);
    auto const hash = (qualified_name.size() * 31 + static_cast<unsigned char>(qualified_name.back()) * 7 +
                       static_cast<unsigned char>(node.text.empty() ? ' ' : node.text.front())) &
                      0xFF;
    auto& cached = cache_[hash];
    if (cached.generation == generation_ && cached.qualified_name == qualified_name) {
        node.space = cached.space;
        node.name = cached.name;
        return;
    }
    auto space = namespace_for(colon == npos ? std::string_view{} : qualified_name.substr(0, colon));
    if (open_.size() == 1 && space == Namespace::core) {  // a root that forgot its namespace
        if (equal_ignoring_case(node.text, "feed") || equal_ignoring_case(node.text, "entry")) {
            unprefixed_ = Namespace::atom;
        } else if (equal_ignoring_case(node.text, "urlset") ||
                   equal_ignoring_case(node.text, "sitemapindex")) {
            unprefixed_ = Namespace::sitemap;
        }
    }
    if (space == Namespace::core && colon == npos) {
        space = unprefixed_;
    }
    if (space != Namespace::core && equal_ignoring_case(qualified_name, "rss")) {
        space = Namespace::core;  // whatever a page around it says
        push_binding({}, Namespace::core);
    }
    node.space = space;
    node.name = name_of(space, node.text);
    cached = {qualified_name, generation_, node.space, node.name};
}

void Parser::apply_scope(Node& node) {
    std::string_view base;
    std::string_view language;
    bool has_language = false;
    for (auto const* one = node.attributes; one != nullptr; one = one->next) {
        if (equal_ignoring_case(one->name, "xml:base")) {
            base = trim(one->value);
        } else if (equal_ignoring_case(one->name, "xml:lang")) {
            language = trim(one->value);
            has_language = true;
        }
    }
    if (base.empty() && !has_language) {
        return;
    }
    auto* const scope = document_.arena_.make(*node.scope);
    if (!base.empty()) {
        auto const resolved = base.size() > kMaxBase ? std::string{} : http::resolve(node.scope->base, base);
        // A base with a scheme that no link could use is as good as none.
        if (auto const url = http::parse_url(resolved); url && !url->opaque && resolved.size() <= kMaxBase) {
            scope->base = document_.arena_.copy(resolved);
        }
    }
    if (has_language) {
        scope->language = language;
    }
    node.scope = scope;
}

}  // namespace newswired::feeds::xml

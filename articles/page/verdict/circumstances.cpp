#include "articles/page/verdict/circumstances.hpp"

#include "articles/unicode.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace newswired::articles::page {

using namespace html;

namespace {

constexpr std::size_t kHeadings = 6;
constexpr std::uint32_t kShortBlock = 220;  // letters; a paragraph of an article is rarely shorter
constexpr std::uint32_t kServed = 500;      // letters of the part that is not for free
constexpr int kAtOnce = 10;                 // seconds

// A title is what it is called, between what the site is called.
void add_names(std::vector<std::string>& names, std::string_view title) {
    auto const folded = fold_case(title);
    std::string part;
    std::string_view rest{folded};
    while (!rest.empty()) {
        auto const is_break = [&rest] {
            for (std::string_view const mark :
                 {" - ", " | ", " – ", " — ", " · ", " :: ", " : ", ": ", " » ", "｜"}) {
                if (rest.starts_with(mark)) {
                    return mark.size();
                }
            }
            return std::size_t{0};
        }();
        if (is_break > 0) {
            names.push_back(std::exchange(part, {}));
            rest.remove_prefix(is_break);
        } else {
            part += rest.front();
            rest.remove_prefix(1);
        }
    }
    names.push_back(std::move(part));
    names.push_back(folded);
}

bool hides(Tree const& tree, NodeId id) {
    auto const style = to_lower(tree.attribute(id, "style"));
    auto const none = style.find("display");
    return tree.has_attribute(id, "hidden") ||
           (none != std::string::npos && style.find("none", none) != std::string::npos);
}

bool is_called_wall(Tree const& tree, NodeId id) {
    auto const names = to_lower(tree.attribute(id, "class") + " " + tree.attribute(id, "id") + " " +
                                tree.attribute(id, "data-testid"));
    for (auto const* const word : {"paywall", "pay-wall", "regwall", "subscriber-only", "subscribers-only",
                                   "premium-wall", "piano-offer", "locked-content", "content-gate",
                                   "subscription-wall", "metered-wall", "article-gate", "plus-only"}) {
        if (names.find(word) != std::string::npos) {
            return true;
        }
    }
    return false;
}

// "3; url=/there"
std::string refresh_target(std::string_view content) {
    int delay = kAtOnce + 1;
    content = trim(content);
    std::from_chars(content.data(), content.data() + content.size(), delay);
    auto const place = find_ignoring_case(content, "url");
    if (delay > kAtOnce || place == std::string_view::npos) {
        return {};
    }
    auto url = trim(content.substr(place + 3));
    if (!url.starts_with('=')) {
        return {};
    }
    url = trim(url.substr(1));
    if (!url.empty() && (url.front() == '"' || url.front() == '\'')) {
        auto const end = url.find(url.front(), 1);
        url = url.substr(1, end == std::string_view::npos ? end : end - 1);
    }
    return std::string{url};
}

// The value behind a key in JSON, as far as a look without parsing can tell: many scripts are slightly
// broken.
std::string_view value_behind(std::string_view source, std::string_view key, std::size_t& from) {
    auto const place = source.find(key, from);
    if (place == std::string_view::npos) {
        from = source.size();
        return {};
    }
    from = place + key.size();
    auto rest = source.substr(from, 200);
    auto const start = rest.find_first_not_of("\\\"' \t\r\n:");
    return start == std::string_view::npos ? std::string_view{} : rest.substr(start);
}

bool is_false(std::string_view value) {
    for (std::string_view const word :
         {"false", "http://schema.org/false", "https://schema.org/false", "no\""}) {
        if (starts_with_ignoring_case(value, word)) {
            return true;
        }
    }
    return false;
}

// The article's own word comes first, its parts' words later; only all of them together may be overruled.
bool costs_money(std::string_view json) {
    std::size_t from = 0;
    auto const value = value_behind(json, "isAccessibleForFree", from);
    return is_false(value);
}

// Whether an element with that class or id holds a good part of the article.
bool is_served(Tree const& tree, std::string_view selector) {
    if (selector.size() < 2 || (selector.front() != '.' && selector.front() != '#')) {
        return false;
    }
    auto const attribute = selector.front() == '.' ? "class" : "id";
    auto const name = selector.substr(1, selector.find_first_of("\"'\\ ,.>:[", 1) - 1);
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].kind != Node::Kind::element || !tree.has_attribute(i, attribute)) {
            continue;
        }
        auto const value = tree.attribute(i, attribute);
        auto const words = split(value, ' ');
        if (std::find(words.begin(), words.end(), name) != words.end() &&
            count_letters(tree.text(i, 4 * kServed)) >= kServed) {
            return true;
        }
    }
    return false;
}

// What stands around an article: its signs are those of other articles, or of the whole site.
bool is_surrounding(Node const& node) {
    constexpr Words kAround = word_related | word_navigation | word_comments | word_footer | word_sidebar;
    return node.is(tag_nav) || node.is(tag_footer) || node.is(tag_aside) || (node.words & kAround) != 0;
}

class Look {
  public:
    Look(Tree const& tree, Circumstances& found) : tree_{tree}, found_{found} {}

    void run();

  private:
    void element(NodeId id);
    void meta(NodeId id);
    void script(NodeId id);
    void short_block(NodeId id, std::vector<std::string>& into);

    Tree const& tree_;
    Circumstances& found_;
    std::string text_;
    std::size_t headings_ = 0;
    NodeId surroundings_end_ = 0;
};

void Look::meta(NodeId id) {
    auto const content = tree_.attribute(id, "content");
    if (equal_ignoring_case(tree_.attribute(id, "http-equiv"), "refresh")) {
        found_.refresh_to = refresh_target(content);
    }
    auto const property = to_lower(tree_.attribute(id, "property") + tree_.attribute(id, "name"));
    if (property == "article:content_tier" || property == "article.content_tier") {
        found_.costs_money = found_.costs_money || equal_ignoring_case(content, "locked");
    }
    if (equal_ignoring_case(tree_.attribute(id, "itemprop"), "isAccessibleForFree")) {
        found_.costs_money = found_.costs_money || is_false(content);
    }
}

void Look::script(NodeId id) {
    found_.has_scripts = true;
    if (id + 1 >= tree_[id].end || tree_[id + 1].kind != Node::Kind::raw ||
        to_lower(tree_.attribute(id, "type")).find("ld+json") == std::string::npos) {
        return;
    }
    auto const json = tree_[id + 1].source;
    if (!costs_money(json)) {
        return;
    }
    found_.costs_money = true;
    constexpr int kMaxSelectors = 8;
    std::size_t from = 0;
    for (int i = 0; i < kMaxSelectors && from < json.size(); ++i) {
        found_.is_served_whole =
            found_.is_served_whole || is_served(tree_, value_behind(json, "cssSelector", from));
    }
}

void Look::short_block(NodeId id, std::vector<std::string>& into) {
    if (id < surroundings_end_ || into.size() >= Circumstances::kMaxBlocks) {
        return;
    }
    auto text = tree_.text(id, 4 * kShortBlock);
    if (auto const letters = count_letters(text); letters > 0 && letters <= kShortBlock) {
        into.push_back(fold_case(text));
    }
}

void Look::element(NodeId id) {
    auto const& node = tree_[id];
    switch (node.element) {
        case tag_title:
            if (node.parent == kNone || !tree_[node.parent].is(tag_svg)) {
                add_names(found_.names, tree_.text(id, 1024));
            }
            return;
        case tag_meta:
            return meta(id);
        case tag_script:
            return script(id);
        case tag_input:
            found_.asks_password =
                found_.asks_password || equal_ignoring_case(tree_.attribute(id, "type"), "password");
            return;
        case tag_h1:
        case tag_h2:
            if (headings_++ < kHeadings) {
                add_names(found_.names, tree_.text(id, 1024));
            }
            return short_block(id, found_.blocks);
        case tag_a:
        case tag_button:
            return short_block(id, found_.labels);
        case tag_p:
        case tag_h3:
        case tag_h4:
        case tag_strong:
        case tag_span:
        case tag_div:
        case tag_li:
            // Inside a link it is the label of another article.
            return node.in_link ? void() : short_block(id, found_.blocks);
        default:
            return;
    }
}

void Look::run() {
    for (NodeId i = 1; i < tree_.size();) {
        auto const& node = tree_[i];
        if (node.kind == Node::Kind::text) {
            auto const before = text_.size();
            if (before < 4 * Circumstances::kMaxText) {
                append_decoded(text_, node.source);
                found_.letters += count_letters(std::string_view{text_}.substr(before));
                text_ += ' ';
            } else {
                found_.letters += count_letters(node.source);
            }
        } else if (node.kind == Node::Kind::element) {
            if (node.is(tag_noscript)) {
                found_.noscript += fold_case(tree_.text(i, 2048)) + " ";
                i = node.end;
                continue;
            }
            if (node.is(tag_template) || hides(tree_, i)) {
                i = node.end;
                continue;
            }
            auto const is_wall = is_called_wall(tree_, i);
            found_.has_wall = found_.has_wall || is_wall;
            if (!is_wall && is_surrounding(node)) {
                surroundings_end_ = std::max(surroundings_end_, node.end);
            }
            element(i);
        }
        ++i;
    }
    found_.all_text = fold_case(text_);
}

}  // namespace

Circumstances look_around(Tree const& tree) {
    Circumstances found;
    Look{tree, found}.run();
    return found;
}

}  // namespace newswired::articles::page

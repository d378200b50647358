// Tree construction: the parts of the HTML Living Standard, 13.2.6, that change where text belongs.
//
// Implied end tags (p, li, dt, dd, option, table parts), scopes, void and raw elements.  Not done: foster
// parenting (text misplaced in a table stays there) and the adoption agency; an end tag of a formatting
// element that blocks stand open in ends the formatting, not the blocks.

#include "articles/html/tokenizer.hpp"
#include "articles/page/tree/tree.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace newswired::articles::page {

using namespace html;

namespace {

// Browsers stop at 512; what is deeper becomes its parent's.
constexpr std::size_t kMaxDepth = 400;
// A page of a million nodes is no article, and memory is finite.
constexpr std::size_t kMaxNodes = 1'000'000;

bool is_one_of(ElementId id, std::initializer_list<ElementId> list) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

bool belongs_in_head(ElementId id) {
    return is_one_of(id, {tag_title, tag_meta, tag_link, tag_base, tag_script, tag_style, tag_noscript,
                          tag_template, tag_bgsound, tag_basefont, tag_noframes, tag_html, tag_head});
}

// 13.2.4.3: an end tag finds no element beyond these; that of a paragraph none beyond a button, that of a
// list item none beyond a list.
bool is_scope(ElementId id, ElementId of) {
    return (id == tag_button && of == tag_p) || (of == tag_li && (id == tag_ul || id == tag_ol)) ||
           is_one_of(id, {tag_td, tag_th, tag_caption, tag_table, tag_template, tag_object, tag_marquee,
                          tag_applet});
}

bool is_formatting(ElementId id) {
    return is_one_of(id, {tag_a, tag_b, tag_big, tag_code, tag_em, tag_font, tag_i, tag_nobr, tag_s,
                          tag_small, tag_strike, tag_strong, tag_tt, tag_u, tag_span, tag_cite, tag_label});
}

// 13.2.6.5: start tags that end SVG and MathML around them.
bool ends_foreign_content(ElementId id) {
    switch (id) {
        case tag_b:
        case tag_big:
        case tag_br:
        case tag_code:
        case tag_em:
        case tag_embed:
        case tag_i:
        case tag_img:
        case tag_meta:
        case tag_nobr:
        case tag_s:
        case tag_small:
        case tag_span:
        case tag_strike:
        case tag_strong:
        case tag_sub:
        case tag_sup:
        case tag_tt:
        case tag_u:
        case tag_var:
            return true;
        default:
            return id != kUnknown && has(id, B);
    }
}

bool is_foreign_root(ElementId id) {
    return id == tag_svg || id == tag_math;
}

// Parts of SVG and MathML that hold HTML.
bool holds_html(Node const& node) {
    if (node.kind != Node::Kind::element) {
        return false;
    }
    for (std::string_view const name :
         {"foreignObject", "desc", "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"}) {
        if (equal_ignoring_case(node.name, name)) {
            return true;
        }
    }
    return false;
}

}  // namespace

class Builder {
  public:
    Builder(std::vector<Node>& nodes, std::string_view document) : nodes_{nodes}, tokens_{document} {
        nodes_.reserve(document.size() / 24 + 16);
    }

    void run();

  private:
    void start_tag(Token const& token);
    void end_tag(Token const& token);
    void leaf(Node::Kind kind, std::string_view text);
    NodeId add(Node node);
    void close_implied(ElementId element);
    void close_to(std::size_t depth);
    void end_open_link();
    bool is_open(ElementId element) const;
    bool in_foreign_content() const;
    void leave_foreign_content();

    std::vector<Node>& nodes_;
    Tokenizer tokens_;
    std::vector<NodeId> open_;
    std::vector<bool> foreign_;  // of each open element: whether its content is SVG's or MathML's
    // How many of each element are open: most tags close nothing, and need not look for it.
    std::array<std::uint32_t, 512> count_{};
    std::uint32_t& count(ElementId id) { return count_[id == kUnknown ? count_.size() - 1 : id]; }
    std::vector<NodeId> links_;  // the <a> that are open and not ended
    WordReader words_;
};

void Builder::run() {
    nodes_.push_back({});
    open_.push_back(kRoot);
    foreign_.push_back(false);
    ++count(kUnknown);
    for (auto token = tokens_.next(); token.kind != Token::Kind::end && nodes_.size() < kMaxNodes;
         token = tokens_.next()) {
        switch (token.kind) {
            case Token::Kind::text:
                leaf(Node::Kind::text, token.text);
                break;
            case Token::Kind::raw_text:
                leaf(Node::Kind::raw, token.text);
                break;
            case Token::Kind::start_tag:
                start_tag(token);
                break;
            case Token::Kind::end_tag:
                end_tag(token);
                break;
            case Token::Kind::skipped:
            case Token::Kind::end:
                break;
        }
    }
    close_to(0);
}

NodeId Builder::add(Node node) {
    auto const id = static_cast<NodeId>(nodes_.size());
    node.parent = open_.back();
    node.end = id + 1;
    node.in_link = !links_.empty();
    nodes_.push_back(node);
    return id;
}

void Builder::leaf(Node::Kind kind, std::string_view text) {
    add({.kind = kind, .source = text});
}

bool Builder::is_open(ElementId element) const {
    return count_[element] > 0;
}

bool Builder::in_foreign_content() const {
    return foreign_.back();
}

void Builder::leave_foreign_content() {
    while (in_foreign_content()) {
        close_to(open_.size() - 1);
    }
}

void Builder::close_to(std::size_t depth) {
    while (open_.size() > depth) {
        auto& node = nodes_[open_.back()];
        node.end = static_cast<NodeId>(nodes_.size());
        if (!links_.empty() && links_.back() == open_.back()) {
            links_.pop_back();
        }
        --count(node.element);
        open_.pop_back();
        foreign_.pop_back();
    }
}

// A link in a link ends the outer one, but not the blocks that stand open in it (13.2.6.4.7, "A start tag
// whose tag name is a").
void Builder::end_open_link() {
    if (count(tag_a) == 0) {
        return;
    }
    auto blocks = false;
    for (auto i = open_.size(); i > 1; --i) {
        auto const& one = nodes_[open_[i - 1]];
        if (one.is(tag_a)) {
            if (blocks) {
                std::erase(links_, open_[i - 1]);
            } else {
                close_to(i - 1);
            }
            return;
        }
        if (one.element != kUnknown && is_scope(one.element, tag_a)) {
            return;
        }
        blocks = blocks || (one.element != kUnknown && has(one.element, B));
    }
}

// 13.2.6.4.7: what a start tag closes by itself.
void Builder::close_implied(ElementId element) {
    auto close_nearest = [&](std::initializer_list<ElementId> closes,
                             std::initializer_list<ElementId> within) {
        if (std::none_of(closes.begin(), closes.end(), [&](ElementId one) { return count(one) > 0; })) {
            return;
        }
        for (auto i = open_.size(); i > 1; --i) {
            auto const& one = nodes_[open_[i - 1]];
            if (one.element == kUnknown) {
                continue;
            }
            if (is_one_of(one.element, within)) {
                return;
            }
            if (is_one_of(one.element, closes)) {
                close_to(i - 1);
                return;
            }
        }
    };
    if (element == kUnknown) {
        return;
    }
    if (has(element, B)) {
        close_nearest({tag_p},
                      {tag_td, tag_th, tag_caption, tag_table, tag_button, tag_object, tag_template});
    }
    switch (element) {
        case tag_li:
            close_nearest({tag_li}, {tag_ul, tag_ol, tag_menu, tag_dir, tag_table, tag_td, tag_th});
            break;
        case tag_dt:
        case tag_dd:
            close_nearest({tag_dt, tag_dd}, {tag_dl, tag_table, tag_td, tag_th});
            break;
        case tag_option:
            close_nearest({tag_option}, {tag_select, tag_optgroup});
            break;
        case tag_td:
        case tag_th:
            close_nearest({tag_td, tag_th}, {tag_tr, tag_table});
            break;
        case tag_tr:
            close_nearest({tag_tr}, {tag_table});
            break;
        case tag_thead:
        case tag_tbody:
        case tag_tfoot:
            close_nearest({tag_thead, tag_tbody, tag_tfoot}, {tag_table});
            break;
        case tag_a:
            end_open_link();
            break;
        case tag_h1:
        case tag_h2:
        case tag_h3:
        case tag_h4:
        case tag_h5:
        case tag_h6: {
            auto const& top = nodes_[open_.back()];
            if (top.element >= tag_h1 && top.element <= tag_h6) {
                close_to(open_.size() - 1);
            }
            break;
        }
        default:
            break;
    }
}

void Builder::start_tag(Token const& token) {
    auto const element = token.element;
    if ((element == tag_html || element == tag_body || element == tag_form) && is_open(element)) {
        return;  // a form in a form is none (13.2.6.4.7)
    }
    if (open_.size() > 1 && open_.size() < 4 && nodes_[open_.back()].is(tag_head) &&
        !belongs_in_head(element)) {
        close_to(open_.size() - 1);
    }
    if (in_foreign_content()) {
        if (ends_foreign_content(element)) {
            leave_foreign_content();
        } else {
            tokens_.content_is_markup();
        }
    }
    close_implied(element);
    auto const id = add({.element = element, .name = token.name, .source = token.attributes});
    if (!token.attributes.empty()) {
        nodes_[id].words = words_.read(token.attributes, element >= tag_h1 && element <= tag_h6);
    }
    auto const closed =
        token.self_closing && (element == kUnknown || has(element, S | M) || in_foreign_content());
    // 13.2.6.4.9: a form among the parts of a table holds nothing.
    auto const parent = nodes_[nodes_[id].parent].element;
    auto const misplaced =
        element == tag_form && is_one_of(parent, {tag_table, tag_tbody, tag_thead, tag_tfoot, tag_tr});
    if (has(element, V) || closed || misplaced || open_.size() >= kMaxDepth) {
        return;
    }
    foreign_.push_back(is_foreign_root(element) || (in_foreign_content() && !holds_html(nodes_[id])));
    open_.push_back(id);
    ++count(element);
    if (element == tag_a) {
        links_.push_back(id);
    }
}

void Builder::end_tag(Token const& token) {
    auto const element = token.element;
    if (element == tag_br) {
        add({.element = tag_br, .name = "br"});
        return;
    }
    if (element == tag_body || element == tag_html || has(element, V)) {
        return;  // what comes after </body> belongs to it all the same
    }
    auto const heading = element >= tag_h1 && element <= tag_h6;
    auto const table_part =
        is_one_of(element, {tag_table, tag_tr, tag_td, tag_th, tag_tbody, tag_thead, tag_tfoot, tag_caption});
    if (!heading && count(element) == (element == kUnknown ? 1 : 0)) {
        return;
    }
    auto blocks = false;
    for (auto i = open_.size(); i > 1; --i) {
        auto const& one = nodes_[open_[i - 1]];
        auto const same = heading ? one.element >= tag_h1 && one.element <= tag_h6
                          : element == kUnknown
                              ? one.element == kUnknown && equal_ignoring_case(one.name, token.name)
                              : one.element == element;
        if (same) {
            if (blocks && (element == kUnknown || is_formatting(element))) {
                std::erase(links_, open_[i - 1]);  // it ends, what stands open in it does not
                return;
            }
            close_to(i - 1);
            return;
        }
        if (table_part ? one.element == tag_table
                       : (one.element != kUnknown && is_scope(one.element, element))) {
            return;
        }
        blocks = blocks || (one.element != kUnknown && has(one.element, B));
    }
}

Tree::Tree(std::string_view document) {
    Builder{nodes_, document}.run();
}

}  // namespace newswired::articles::page

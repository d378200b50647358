#include "articles/page/body/write.hpp"

#include "articles/html/tokenizer.hpp"
#include "articles/page/body/prune.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {

using namespace html;

namespace {

// What says something beyond how it looks; data-* are those that hold a lazy image's address.
constexpr std::string_view kKept[] = {
    "href",          "src",           "srcset",        "sizes",       "alt",
    "title",         "width",         "height",        "colspan",     "rowspan",
    "datetime",      "lang",          "dir",           "cite",        "start",
    "reversed",      "poster",        "controls",      "data-src",    "type",
    "media",         "data-original", "data-lazy-src", "data-srcset", "data-lazy-srcset",
    "data-orig-src", "display",       "scope",         "value"};

// Elements whose tags only group; what stands in them stands for itself.
bool is_wrapper(Node const& node) {
    switch (node.element) {
        case tag_html:
        case tag_body:
        case tag_main:
        case tag_section:
        case tag_article:
        case tag_header:
        case tag_footer:
        case tag_center:
        case tag_hgroup:
        case tag_address:
        case tag_span:
        case tag_font:
        case tag_nobr:
        case tag_form:
        case tag_fieldset:
        case tag_label:
            return true;
        default:
            return node.element == kUnknown;
    }
}

bool parts_text(Node const& node) {
    return node.element != kUnknown && has(node.element, B);
}

class Writer {
  public:
    Writer(Tree const& tree, std::string& out) : tree_{tree}, out_{out} {}

    void run(NodeId root);

  private:
    bool has_blocks(NodeId id) const;
    bool has_picture(NodeId id) const;
    bool is_empty(NodeId id) const;
    std::string_view caption_tag(NodeId id) const;
    void start(NodeId id);
    void embed(NodeId id);
    void text(NodeId id);
    void attributes(Node const& node);

    Tree const& tree_;
    std::string& out_;
    struct Open {
        NodeId end;
        std::string_view tag;
    };
    std::vector<Open> open_;
};

bool Writer::has_blocks(NodeId id) const {
    for (auto i = id + 1; i < tree_[id].end;) {
        auto const& node = tree_[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::element && parts_text(node)) {
            return true;
        }
        ++i;
    }
    return false;
}

// Nothing to read and nothing to see below.
bool Writer::is_empty(NodeId id) const {
    for (auto i = id + 1; i < tree_[id].end;) {
        auto const& node = tree_[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::text ? !trim(node.source).empty()
                                          : node.is(tag_img) || node.is(tag_video) || node.is(tag_hr) ||
                                                node.is(tag_source) || node.is(tag_iframe)) {
            return false;
        }
        ++i;
    }
    return true;
}

bool Writer::has_picture(NodeId id) const {
    for (auto i = id + 1; i < tree_[id].end; ++i) {
        if (!tree_[i].dropped &&
            (tree_[i].is(tag_img) || tree_[i].is(tag_video) || tree_[i].is(tag_picture))) {
            return true;
        }
    }
    return false;
}

// What is called a caption is one, and what holds it with its picture is a figure; empty for what is neither.
std::string_view Writer::caption_tag(NodeId id) const {
    auto const& node = tree_[id];
    if ((node.words & word_caption) == 0 || node.element == tag_figure || node.element == tag_figcaption ||
        node.element == tag_img || node.element == tag_a || node.element == tag_table ||
        node.element == tag_caption) {
        return {};
    }
    if (has_picture(id)) {
        return parts_text(node) ? "figure" : std::string_view{};
    }
    constexpr std::size_t kLongestCaption = 600;
    return tree_.text(id, kLongestCaption + 1).size() <= kLongestCaption ? "figcaption" : std::string_view{};
}

void Writer::attributes(Node const& node) {
    AttributeReader reader{node.source};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        auto const is = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
        // The language of code is told by its class.
        auto const kept =
            std::any_of(std::begin(kKept), std::end(kKept), is) ||
            (is("class") && (node.element == tag_code || node.element == tag_pre ||
                             (node.element == tag_img &&
                              find_ignoring_case(attribute.value, "lazy") != std::string_view::npos)));
        if (!kept) {
            continue;
        }
        out_ += ' ';
        out_ += attribute.name;
        out_ += "=\"";
        for (auto const c : attribute.value) {
            if (c == '"') {
                out_ += "&quot;";
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }
}

void Writer::start(NodeId id) {
    auto const& node = tree_[id];
    auto tag = caption_tag(id);
    if (!tag.empty()) {
        // as it says
    } else if (node.element == tag_div || is_wrapper(node)) {
        // A block of text is a paragraph; a block of blocks is only a wrapper.
        if (node.element == kUnknown || !parts_text(node)) {
            return;
        }
        tag = has_blocks(id) ? "div" : "p";
    } else {
        tag = element_name(node.element);
    }
    out_ += '<';
    out_ += tag;
    if (node.element != kUnknown && tag == element_name(node.element) && tag != "div" && tag != "p") {
        attributes(node);
    }
    out_ += '>';
    if (node.element == kUnknown || !has(node.element, V)) {
        open_.push_back({node.end, tag});
    }
}

// What a frame would play, as a link to it in a figure of its own, which content_text goes without.
void Writer::embed(NodeId id) {
    auto const address = embedded_in(tree_, id);
    if (address.empty()) {
        return;
    }
    auto title = tree_.attribute(id, "title");
    out_ += "<figure><a href=\"";
    append_escaped_source(out_, address);
    out_ += "\">";
    append_escaped_source(out_, title.empty() ? address : title);
    out_ += "</a></figure>";
}

// Runs of white space are one, but for code.
void Writer::text(NodeId id) {
    auto const source = tree_[id].source;
    if (tree_.closest(tree_[id].parent, tag_pre) != kNone) {
        out_ += source;
        return;
    }
    for (std::size_t i = 0; i < source.size(); ++i) {
        auto const space = is_space(source[i]);
        if (!space || i == 0 || !is_space(source[i - 1])) {
            out_ += space ? ' ' : source[i];
        }
    }
}

void Writer::run(NodeId root) {
    auto close = [&](NodeId at) {
        while (!open_.empty() && open_.back().end <= at) {
            out_ += "</";
            out_ += open_.back().tag;
            out_ += '>';
            open_.pop_back();
        }
    };
    for (auto i = root; i < tree_[root].end;) {
        close(i);
        auto const& node = tree_[i];
        if (node.dropped) {
            i = node.end;
            continue;
        }
        if (node.kind == Node::Kind::text) {
            text(i);
        } else if (node.is(tag_iframe)) {
            embed(i);
            i = node.end;
            continue;
        } else if (node.kind == Node::Kind::element) {
            auto const may_be_empty =
                (node.element != kUnknown && has(node.element, V)) || node.is(tag_td) || node.is(tag_th);
            if (!may_be_empty && is_empty(i)) {
                i = node.end;
                continue;
            }
            start(i);
        }
        ++i;
    }
    close(tree_[root].end);
}

}  // namespace

void write_html(Tree const& tree, NodeId id, std::string& out) {
    Writer{tree, out}.run(id);
}

}  // namespace newswired::articles::page

#include "articles/page/tree/headline.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <vector>

namespace newswired::articles::page {

using namespace html;

std::string bare(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        if (is_alpha(c) || is_digit(c)) {
            out += to_lower(c);
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            out += c;
        }
    }
    // Punctuation that typographers exchange.
    for (std::string_view const mark :
         {"\u2018", "\u2019", "\u201C", "\u201D", "\u2013", "\u2014", "\u2026", "\u00AB", "\u00BB"}) {
        for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark)) {
            out.erase(at, mark.size());
        }
    }
    return out;
}

std::string document_title(Tree const& tree) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].is(tag_title) && tree.closest(i, tag_svg) == kNone) {
            return to_nfc(tree.text(i, 1000));
        }
    }
    return {};
}

namespace {

std::string open_graph_title(Tree const& tree) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].is(tag_meta) &&
            (tree.attribute(i, "property") == "og:title" || tree.attribute(i, "name") == "og:title")) {
            return tree.attribute(i, "content");
        }
        if (tree[i].is(tag_body)) {
            break;
        }
    }
    return {};
}

// The title of the article as the page's head has it, without what may be the site's name; made bare.
std::vector<std::string> stated_titles(Tree const& tree, std::string_view document) {
    auto first = document.size();
    for (std::string_view const mark : {" | ", " - ", " \u2013 ", " \u2014 ", " \u00BB ", " \u2039 "}) {
        first = std::min(first, document.find(mark));
    }
    std::vector<std::string> titles;
    for (auto title : {bare(open_graph_title(tree)), bare(document.substr(0, first))}) {
        constexpr std::size_t kShortest =
            16;  // what is shorter may be the site's name, or a word of any heading
        if (title.size() >= kShortest) {
            titles.push_back(std::move(title));
        }
    }
    return titles;
}

struct Heading {
    NodeId id = kNone;
    bool first_level = false;
    std::string text{};
};

std::vector<Heading> headings(Tree const& tree) {
    std::vector<Heading> found;
    for (NodeId i = 1; i < tree.size();) {
        auto const& node = tree[i];
        if (!node.dropped && node.kind == Node::Kind::element && node.element >= tag_h1 &&
            node.element <= tag_h3) {
            found.push_back({i, node.is(tag_h1), bare(tree.text(i, 400))});
        }
        i = node.dropped ? node.end : i + 1;
    }
    return found;
}

// The longest that the document's title repeats.  A short one may be the site's name.  A teaser of the
// article itself may stand above it, hardly as a heading of the first level.
NodeId repeated(std::vector<Heading> const& all, std::string const& title) {
    Heading const* best = nullptr;
    for (auto const& one : all) {
        auto const length = one.text.size();
        if (length * 5 <= title.size() * 2 || title.find(one.text) == std::string::npos) {
            continue;
        }
        if (best == nullptr || length > best->text.size() ||
            (length == best->text.size() && one.first_level && !best->first_level)) {
            best = &one;
        }
    }
    return best == nullptr ? kNone : best->id;
}

// The first that holds a stated title and little else, such as a label.
NodeId holding(std::vector<Heading> const& all, std::vector<std::string> const& titles) {
    for (auto const& one : all) {
        for (auto const& title : titles) {
            if (title.size() * 3 > one.text.size() * 2 && one.text.find(title) != std::string::npos) {
                return one.id;
            }
        }
    }
    return kNone;
}

}  // namespace

NodeId find_headline(Tree const& tree) {
    auto const document = document_title(tree);
    auto const all = headings(tree);
    if (auto const found = repeated(all, bare(document)); found != kNone) {
        return found;
    }
    auto const is_first = [](Heading const& one) { return one.first_level; };
    if (std::count_if(all.begin(), all.end(), is_first) == 1) {
        return std::find_if(all.begin(), all.end(), is_first)->id;
    }
    return holding(all, stated_titles(tree, document));
}

}  // namespace newswired::articles::page

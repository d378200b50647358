// The page tree beside that of another HTML parser (gumbo, which follows the standard): the same text in the
// same blocks.  The differences that are meant stand in docs/decisions/page-tree.md.

#include "articles/page/tree/tree.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"
#include "feeds/charset/charset.hpp"

#include <gtest/gtest.h>
#include <gumbo.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace newswired::articles::page {
namespace {

namespace fs = std::filesystem;
using html::ElementId;

// A piece of text, and the blocks and the link that it stands in, outermost first.
struct Piece {
    std::string place{};
    std::string text{};
};

// Implied ones, which the page tree does not make, and those that hold no text to read.
bool shapes(ElementId element) {
    return element != html::kUnknown && html::has(element, html::B) && element != html::tag_html &&
           element != html::tag_body && element != html::tag_head && element != html::tag_tbody &&
           element != html::tag_tr && element != html::tag_dialog && element != html::tag_hr;
}

bool holds_no_text(ElementId element) {
    return element == html::tag_svg || element == html::tag_math || element == html::tag_script ||
           element == html::tag_style || element == html::tag_head || element == html::tag_noscript ||
           element == html::tag_template || element == html::tag_select || element == html::tag_title ||
           element == html::tag_textarea || element == html::tag_iframe || element == html::tag_frameset;
}

class Pieces {
  public:
    void add(std::string place, std::string_view text) {
        auto const line = collapse_space(text);
        if (line.empty()) {
            return;
        }
        if (!all_.empty() && all_.back().place == place) {
            all_.back().text += line;
        } else {
            all_.push_back({std::move(place), line});
        }
    }
    std::vector<Piece> take() { return std::move(all_); }

  private:
    std::vector<Piece> all_;
};

std::vector<Piece> pieces_of(Tree const& tree) {
    Pieces pieces;
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].kind != Node::Kind::text) {
            continue;
        }
        std::string place = tree[i].in_link ? "a" : "";
        auto read = true;
        for (auto up = tree[i].parent; up != kNone; up = tree[up].parent) {
            read = read && !(tree[up].kind == Node::Kind::element && up != kRoot &&
                             tree[up].element != html::kUnknown && holds_no_text(tree[up].element));
            if (up != kRoot && shapes(tree[up].element)) {
                place = std::string{html::element_name(tree[up].element)} + ' ' + place;
            }
        }
        if (read) {
            std::string text;
            append_decoded(text, tree[i].source);
            pieces.add(place, text);
        }
    }
    return pieces.take();
}

void walk(GumboNode const& node, std::string const& place, bool in_link, Pieces& pieces) {
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA) {
        pieces.add(place + (in_link ? "a" : ""), node.v.text.text);
        return;
    }
    GumboVector const* children = nullptr;
    auto inner = place;
    if (node.type == GUMBO_NODE_DOCUMENT) {
        children = &node.v.document.children;
    } else if (node.type == GUMBO_NODE_ELEMENT) {
        auto const element = html::find_element(gumbo_normalized_tagname(node.v.element.tag));
        if (element != html::kUnknown && holds_no_text(element)) {
            return;
        }
        in_link = in_link || node.v.element.tag == GUMBO_TAG_A;
        if (shapes(element)) {
            inner += std::string{html::element_name(element)} + ' ';
        }
        children = &node.v.element.children;
    }
    for (auto i = 0u; children != nullptr && i < children->length; ++i) {
        walk(*static_cast<GumboNode const*>(children->data[i]), inner, in_link, pieces);
    }
}

std::vector<Piece> pieces_of_gumbo(std::string const& page) {
    auto options = kGumboDefaultOptions;
    options.max_errors = 0;
    auto* const output = gumbo_parse_with_options(&options, page.data(), page.size());
    Pieces pieces;
    walk(*output->document, "", false, pieces);
    gumbo_destroy_output(&options, output);
    return pieces.take();
}

struct Difference {
    std::size_t all = 0;
    std::size_t other = 0;  ///< bytes of text that stand elsewhere
    std::string first{};
};

Difference compare(std::string const& page) {
    Tree const tree{page};
    std::map<std::string, int> ours;
    auto const our_pieces = pieces_of(tree);
    for (auto const& piece : our_pieces) {
        ++ours[piece.place + '|' + piece.text];
    }
    Difference found;
    for (auto const& piece : pieces_of_gumbo(page)) {
        found.all += piece.text.size();
        if (--ours[piece.place + '|' + piece.text] < 0) {
            found.other += piece.text.size();
            if (found.first.empty()) {
                found.first = piece.place + "| " + piece.text.substr(0, 60);
                for (auto const& one : our_pieces) {
                    if (one.text.find(piece.text.substr(0, 30)) != std::string::npos) {
                        found.first += "\n      ours: " + one.place + "| " + one.text.substr(0, 60);
                    }
                }
            }
        }
    }
    return found;
}

std::string read(fs::path const& path) {
    std::ifstream in{path, std::ios::binary};
    std::vector<feeds::Problem> problems;
    return feeds::to_utf8(std::string{std::istreambuf_iterator<char>{in}, {}}, {}, problems);
}

TEST(TreeLikeGumboTest, OurOwnPagesHaveTheSameTree) {
    for (auto const& entry : fs::directory_iterator{NEWSWIRED_TEST_DATA "/pages"}) {
        auto const found = compare(read(entry.path()));
        EXPECT_EQ(found.other, 0u) << entry.path() << '\n' << found.first;
        EXPECT_GT(found.all, 200u) << entry.path();
    }
}

// Pages of third-party suites, where they are at hand: NEWSWIRED_SUITES is what scripts/score goes by.
TEST(TreeLikeGumboTest, PagesFromTheWildHaveNearlyTheSame) {
    auto const* const suites = std::getenv("NEWSWIRED_SUITES");
    if (suites == nullptr) {
        GTEST_SKIP() << "NEWSWIRED_SUITES names no folder";
    }
    auto const folder = fs::path{testing::TempDir()} / "newswired-pages";
    fs::create_directories(folder);
    for (auto const& entry : fs::directory_iterator{fs::path{suites} / "extract"}) {
        if (entry.path().extension() == ".xz") {
            auto const command = "tar -xJf '" + entry.path().string() + "' -C '" + folder.string() + "'";
            ASSERT_EQ(std::system(command.c_str()), 0) << command;
        }
    }
    std::size_t pages = 0;
    std::size_t alike = 0;
    Difference sum;
    for (auto const& entry : fs::recursive_directory_iterator{folder}) {
        if (entry.path().extension() != ".html") {
            continue;
        }
        auto const found = compare(read(entry.path()));
        ++pages;
        sum.all += found.all;
        sum.other += found.other;
        alike += found.other == 0 ? 1 : 0;
        if (found.other * 20 > found.all) {
            std::cout << entry.path().string() << ' ' << found.other << " of " << found.all << ": "
                      << found.first << '\n';
        }
    }
    std::cout << alike << " of " << pages << " pages alike; " << sum.other << " of " << sum.all
              << " bytes of text stand elsewhere\n";
    fs::remove_all(folder);
    EXPECT_LT(double(sum.other), 0.005 * double(sum.all));
    EXPECT_GT(double(alike), 0.96 * double(pages));
}

}  // namespace
}  // namespace newswired::articles::page

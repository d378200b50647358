// What strangers try: every vector of tests/data/xss.txt is sanitised, and another HTML parser (gumbo) says
// what is left.

#include "articles/body/body.hpp"
#include "articles/body/first_image.hpp"
#include "articles/body/sanitize.hpp"
#include "articles/html/attributes.hpp"
#include "articles/html/elements.hpp"
#include "core/text.hpp"

#include <gtest/gtest.h>
#include <gumbo.h>

#include <cctype>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace newswired::articles {
namespace {

std::string unescaped(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            text += line[i];
            continue;
        }
        switch (line[++i]) {
            case 'n':
                text += '\n';
                break;
            case 'r':
                text += '\r';
                break;
            case 't':
                text += '\t';
                break;
            case 'f':
                text += '\f';
                break;
            case '0':
                text += '\0';
                break;
            case 'x':
                text += static_cast<char>(std::stoi(std::string{line.substr(i + 1, 2)}, nullptr, 16));
                i += 2;
                break;
            default:
                text += line[i];
        }
    }
    return text;
}

std::vector<std::string> const& vectors() {
    static auto const all = [] {
        std::vector<std::string> lines;
        std::ifstream file{NEWSWIRED_TEST_DATA "/xss.txt"};
        for (std::string line; std::getline(file, line);) {
            if (!line.empty() && !line.starts_with("## ")) {
                lines.push_back(unescaped(line));
            }
        }
        return lines;
    }();
    return all;
}

std::string lower(std::string_view text) {
    std::string all;
    for (unsigned char const c : text) {
        all += static_cast<char>(std::tolower(c));
    }
    return all;
}

// The scheme as the WHATWG URL parser finds it: C0 controls and spaces at the start go, tabs and line ends
// everywhere.
std::string scheme_in_a_browser(std::string_view url) {
    std::string clean;
    for (unsigned char const c : url) {
        if (c == '\t' || c == '\n' || c == '\r' || (clean.empty() && c <= 0x20)) {
            continue;
        }
        clean += static_cast<char>(std::tolower(c));
    }
    auto const colon = clean.find(':');
    if (colon == std::string::npos || colon == 0 || !is_alpha(clean[0])) {
        return {};
    }
    for (std::size_t i = 0; i < colon; ++i) {
        auto const c = clean[i];
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return {};
        }
    }
    return clean.substr(0, colon);
}

bool is_dangerous(std::string_view url) {
    static std::set<std::string> const kRunning{"javascript", "vbscript",   "livescript", "mocha", "data",
                                                "blob",       "filesystem", "jar",        "about", "intent",
                                                "mhtml",      "ms-its",     "view-source"};
    return kRunning.contains(scheme_in_a_browser(url));
}

// Nothing may hide (escapes, comments), load or compute (anything but numbers in parentheses), or cover the
// page.
bool is_dangerous_css(std::string_view css) {
    if (css.find_first_of("\\/@<>{}*") != std::string_view::npos) {
        return true;
    }
    for (auto open = css.find('('); open != std::string_view::npos; open = css.find('(', open + 1)) {
        auto const inside = css.substr(open + 1, css.find(')', open) - open - 1);
        if (inside.find_first_not_of("0123456789., %") != std::string_view::npos) {
            return true;
        }
    }
    for (auto const declaration : split(css, ';')) {
        auto const name = trim(declaration.substr(0, declaration.find(':')));
        for (auto const* bad :
             {"position", "behavior", "behaviour", "-moz-binding", "filter", "content", "z-index"}) {
            if (name == bad) {
                return true;
            }
        }
    }
    return false;
}

// Elements that no sanitised HTML may have, whatever our own tables say.
std::set<std::string> const& forbidden_elements() {
    static std::set<std::string> const kForbidden{"script",
                                                  "style",
                                                  "link",
                                                  "meta",
                                                  "base",
                                                  "iframe",
                                                  "frame",
                                                  "frameset",
                                                  "object",
                                                  "embed",
                                                  "applet",
                                                  "param",
                                                  "portal",
                                                  "foreignobject",
                                                  "animate",
                                                  "set",
                                                  "noembed",
                                                  "title",
                                                  "xmp",
                                                  "noframes",
                                                  "plaintext",
                                                  "template",
                                                  "handler",
                                                  "image",
                                                  "listener",
                                                  "layer",
                                                  "bgsound",
                                                  "isindex",
                                                  "slot",
                                                  "track",
                                                  "animatetransform",
                                                  "mglyph",
                                                  "annotation-xml"};
    return kForbidden;
}

class Inspector {
  public:
    Inspector(std::string_view html, bool controls_allowed) : controls_allowed_{controls_allowed} {
        auto options = kGumboDefaultOptions;
        options.max_errors = 0;
        auto* const output = gumbo_parse_with_options(&options, html.data(), html.size());
        walk(output->root);
        gumbo_destroy_output(&options, output);
    }

    std::vector<std::string> const& complaints() const { return complaints_; }
    std::size_t elements() const { return elements_; }

  private:
    static std::string name_of(GumboElement const& element) {
        if (element.tag != GUMBO_TAG_UNKNOWN) {
            return lower(gumbo_normalized_tagname(element.tag));
        }
        auto piece = element.original_tag;
        gumbo_tag_from_original_text(&piece);
        return lower({piece.data == nullptr ? "" : piece.data, piece.length});
    }

    void walk(GumboNode const* node) {
        if (node->type != GUMBO_NODE_ELEMENT) {
            if (node->type == GUMBO_NODE_COMMENT || node->type == GUMBO_NODE_TEMPLATE) {
                complaints_.emplace_back("a comment or a template");
            }
            return;
        }
        auto const& element = node->v.element;
        ++elements_;
        // What the parser itself puts around a fragment has no source.
        if (element.original_tag.length > 0) {
            check(element);
        }
        for (unsigned i = 0; i < element.children.length; ++i) {
            walk(static_cast<GumboNode const*>(element.children.data[i]));
        }
    }

    void check(GumboElement const& element) {
        auto const name = name_of(element);
        auto const id = html::find_element(name);
        if (forbidden_elements().contains(name)) {
            complaints_.push_back("forbidden element " + name);
        }
        if (!html::has(id, html::A | html::S | html::M)) {
            complaints_.push_back("element outside the list: " + name);
        }
        if (html::has(id, html::C) && !controls_allowed_) {
            complaints_.push_back("form control " + name);
        }
        for (unsigned i = 0; i < element.attributes.length; ++i) {
            check(name, *static_cast<GumboAttribute const*>(element.attributes.data[i]));
        }
    }

    void check(std::string const& element, GumboAttribute const& attribute) {
        std::string name = lower({attribute.original_name.data, attribute.original_name.length});
        std::string_view const value = attribute.value;
        auto const where = element + "/" + name;
        if (name.starts_with("on") || name.starts_with("xml:base") || name == "srcdoc" ||
            name == "formaction" || name == "ping") {
            complaints_.push_back("attribute " + where);
        }
        auto const known = html::html_attribute(name).kind != html::AttributeKind::refused ||
                           html::foreign_attribute(name).kind != html::AttributeKind::refused;
        if (!known) {
            complaints_.push_back("attribute outside the list: " + where);
        }
        if (name == "style") {
            if (is_dangerous_css(lower(value))) {
                complaints_.push_back("style " + std::string{value});
            }
            return;
        }
        // What some browser, of today or of old, takes for a URL.
        static std::set<std::string> const kUrls{
            "href",     "src",    "action",   "background", "cite",     "longdesc",   "data",
            "poster",   "lowsrc", "dynsrc",   "icon",       "datasrc",  "xlink:href", "vrml",
            "template", "usemap", "codebase", "profile",    "from",     "to",         "values",
            "by",       "filter", "fill",     "classid",    "manifest", "archive"};
        if (name == "srcset") {
            for (auto const candidate : split(value, ',')) {
                if (is_dangerous(candidate)) {
                    complaints_.push_back("URL in " + where + ": " + std::string{value});
                }
            }
        } else if (kUrls.contains(name) && is_dangerous(value)) {
            complaints_.push_back("URL in " + where + ": " + std::string{value});
        }
    }

    bool controls_allowed_;
    std::size_t elements_ = 0;
    std::vector<std::string> complaints_;
};

// Whether every start tag has its end tag, in order; by eye, not by our tokenizer.
bool is_balanced(std::string_view html) {
    static std::set<std::string> const kVoid{"area",   "br",  "col",    "hr",      "img",    "input",
                                             "source", "wbr", "keygen", "command", "spacer", "nextid"};
    std::vector<std::string> open;
    for (auto place = html.find('<'); place != std::string_view::npos; place = html.find('<', place + 1)) {
        auto const close = html.find('>', place);
        if (close == std::string_view::npos) {
            return false;
        }
        auto const tag = html.substr(place + 1, close - place - 1);
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) {
                return false;
            }
            open.pop_back();
            continue;
        }
        std::string name{tag.substr(0, tag.find(' '))};
        if (!kVoid.contains(name)) {
            open.push_back(std::move(name));
        }
    }
    return open.empty();
}

// Whether every '<' begins a tag of an allowed element: then no parser, in whatever state it is, can see
// another one.
bool has_only_allowed_tags(std::string_view html) {
    for (auto place = html.find('<'); place != std::string_view::npos; place = html.find('<', place + 1)) {
        auto tag = html.substr(place + 1, html.find('>', place) - place - 1);
        tag.remove_prefix(tag.starts_with('/') ? 1 : 0);
        auto const name = tag.substr(0, tag.find(' '));
        if (!html::has(html::find_element(name), html::A | html::S | html::M) ||
            tag.find('<') != std::string_view::npos) {
            return false;
        }
    }
    return true;
}

struct Setting {
    char const* name;
    Policy policy;
    char const* base;
};

std::string name_of(testing::TestParamInfo<Setting> const& setting) {
    return setting.param.name;
}

class XssTest : public testing::TestWithParam<Setting> {
  protected:
    std::string clean(std::string_view html) const {
        return sanitize(html, GetParam().base, GetParam().policy);
    }

    void expect_harmless(std::string const& html) const {
        auto const safe = clean(html);
        SCOPED_TRACE("of: " + html);
        SCOPED_TRACE("is: " + safe);
        Inspector const inspector{safe, GetParam().policy == Policy::faithful};
        EXPECT_EQ(inspector.complaints(), std::vector<std::string>{});
        EXPECT_TRUE(is_balanced(safe));
        EXPECT_TRUE(has_only_allowed_tags(safe));
        EXPECT_EQ(clean(safe), safe) << "sanitising again changes nothing";
        EXPECT_EQ(safe.find('\0'), std::string::npos);
    }
};

INSTANTIATE_TEST_SUITE_P(, XssTest,
                         testing::Values(Setting{"Faithful", Policy::faithful, "https://example.org/a/"},
                                         Setting{"FaithfulWithoutBase", Policy::faithful, ""},
                                         Setting{"Article", Policy::article, "https://example.org/a/"},
                                         Setting{"ArticleWithoutBase", Policy::article, ""},
                                         Setting{"HostileBase", Policy::article, "javascript:alert(1)//"},
                                         Setting{"DataBase", Policy::faithful, "data:text/html,"}),
                         name_of);

TEST_P(XssTest, LeavesNothingThatRuns) {
    ASSERT_GE(vectors().size(), 150u);
    for (auto const& vector : vectors()) {
        expect_harmless(vector);
    }
}

TEST_P(XssTest, LeavesNothingThatRunsInsideOtherElements) {
    for (auto const* around :
         {"<svg>", "<math><mtext>", "<table><tr><td>", "<select><option>", "<noscript>", "<textarea>",
          "<title>", "<p title='", "<!--", "<svg><desc>", "<style>", "<a href=x>", "<ul><li>", "<button>",
          "<xmp>", "<template>", "</p>", "<pre>\n"}) {
        for (auto const& vector : vectors()) {
            expect_harmless(around + vector);
        }
    }
}

TEST_P(XssTest, LeavesNothingThatRunsInTwoVectorsInARow) {
    std::mt19937 random{42};
    for (int i = 0; i < 3000; ++i) {
        auto const& one = vectors()[random() % vectors().size()];
        auto const& other = vectors()[random() % vectors().size()];
        expect_harmless(one + other);
        expect_harmless(one.substr(0, random() % (one.size() + 1)) + other);
    }
}

TEST_P(XssTest, LeavesNothingThatRunsOfDamagedVectors) {
    static constexpr std::string_view kBytes{"<>/\"'=&;: \t\n\0!-()\\x", 20};
    std::mt19937 random{11};
    for (int i = 0; i < 20000 && !HasFailure(); ++i) {
        auto html = vectors()[random() % vectors().size()];
        for (auto count = 1 + random() % 4; count > 0 && !html.empty(); --count) {
            auto const place = random() % html.size();
            if (random() % 2 == 0) {
                html.erase(place, 1 + random() % 3);
            } else {
                html.insert(place, 1, kBytes[random() % kBytes.size()]);
            }
        }
        expect_harmless(html);
    }
}

TEST_P(XssTest, LeavesNothingThatRunsOfMadeUpTags) {
    static char const* const kPieces[] = {"<",
                                          ">",
                                          "</",
                                          "/",
                                          "=",
                                          "\"",
                                          "'",
                                          " ",
                                          "\n",
                                          "<!--",
                                          "-->",
                                          "--!>",
                                          "<![CDATA[",
                                          "]]>",
                                          "<?",
                                          "&lt;",
                                          "&#60",
                                          "&",
                                          "svg",
                                          "math",
                                          "style",
                                          "script",
                                          "title",
                                          "textarea",
                                          "noscript",
                                          "table",
                                          "td",
                                          "tr",
                                          "p",
                                          "a",
                                          "b",
                                          "img",
                                          "select",
                                          "option",
                                          "button",
                                          "li",
                                          "ul",
                                          "mtext",
                                          "desc",
                                          "xmp",
                                          "form",
                                          "iframe",
                                          "template",
                                          "<svg>",
                                          "<math>",
                                          "<table>",
                                          "<style>",
                                          "</style>",
                                          "<p>",
                                          "</p>",
                                          "<a href=",
                                          "<img src=",
                                          "src=x",
                                          "href=",
                                          "onerror=alert(1)",
                                          "javascript:",
                                          "x",
                                          "\t",
                                          "&Tab;",
                                          "style=",
                                          "width:expression(1)",
                                          "url(x)",
                                          "srcset="};
    std::mt19937 random{7};
    for (int i = 0; i < 20000 && !HasFailure(); ++i) {
        std::string html;
        for (auto count = 3 + random() % 25; count > 0; --count) {
            html += kPieces[random() % std::size(kPieces)];
        }
        expect_harmless(html);
    }
}

TEST(XssInspectorTest, FindsWhatIsLeft) {
    EXPECT_FALSE(Inspector("<script>x</script>", true).complaints().empty());
    EXPECT_FALSE(Inspector("<p onclick=x>", true).complaints().empty());
    EXPECT_FALSE(Inspector("<a href=' java\nscript:x'>", true).complaints().empty());
    EXPECT_FALSE(Inspector("<svg><a xlink:href='data:x'>", true).complaints().empty());
    EXPECT_FALSE(Inspector("<p style='width:expression(x)'>", true).complaints().empty());
    EXPECT_FALSE(Inspector("<input>", false).complaints().empty());
    EXPECT_FALSE(Inspector("<made-up>", true).complaints().empty());
    EXPECT_FALSE(Inspector("x<!-- x -->", true).complaints().empty());
    EXPECT_TRUE(Inspector("<p class=x>y<a href=https://example.org/>z</a></p>", false).complaints().empty());
    EXPECT_GT(Inspector("<p>x</p>", false).elements(), 3u);
    EXPECT_FALSE(has_only_allowed_tags("<p><script>"));
    EXPECT_FALSE(has_only_allowed_tags("<p title=\"<b>\">"));
    EXPECT_FALSE(has_only_allowed_tags("<!-- -->"));
    EXPECT_TRUE(has_only_allowed_tags("<p title=\"x\">y</p>"));
    EXPECT_FALSE(is_balanced("<p>"));
    EXPECT_FALSE(is_balanced("</p>"));
    EXPECT_FALSE(is_balanced("<b><i></b></i>"));
    EXPECT_TRUE(is_balanced("<b><br><i>x</i></b>"));
}

TEST(XssBodyTest, OneReadingMakesWhatThreeWould) {
    for (auto const& vector : vectors()) {
        auto const html = to_valid_utf8(vector);

        auto const body = read_body({.value = html, .kind = feeds::TextKind::html});

        EXPECT_EQ(body.html, sanitize(html, "", Policy::article)) << vector;
        EXPECT_EQ(body.text, to_readable_text(body.html)) << vector;
        EXPECT_EQ(body.first_image, first_image(body.html)) << vector;
    }
}

}  // namespace
}  // namespace newswired::articles

// Learnt boilerplate, measured on the pages of a site of which is known what belongs to them
// (tests/data/site/make_site.py).

#include "articles/page/extract.hpp"
#include "articles/site/boilerplate.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace newswired::articles::site {
namespace {

std::string file(std::string const& name) {
    std::ifstream in{std::string{NEWSWIRED_TEST_DATA} + "/site/" + name};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

struct SitePage {
    std::string name{};
    Article article{};
    Sighting sighting{};
    std::vector<std::string> own{};
    std::vector<std::string> boilerplate{};
};

std::vector<std::string> texts(boost::json::value const& list) {
    std::vector<std::string> all;
    for (auto const& one : list.as_array()) {
        all.emplace_back(one.as_string());
    }
    return all;
}

std::vector<SitePage> read_site() {
    std::vector<SitePage> pages;
    auto const truth = boost::json::parse(file("site.json"));
    for (auto const& [name, of_page] : truth.as_object()) {
        auto extracted = page::extract(file(std::string{name}), "");
        auto& one = pages.emplace_back();
        one.name = name;
        one.article.url = extracted.about.url;
        one.article.title = extracted.about.title;
        one.article.content_html = extracted.content_html;
        one.article.content_text = extracted.content_text;
        one.article.body_from = "page";
        one.own = texts(of_page.at("article"));
        one.boilerplate = texts(of_page.at("boilerplate"));
    }
    return pages;
}

// How many of `lines` the text has.
std::size_t count_in(Article const& article, std::vector<std::string> const& lines) {
    std::size_t count = 0;
    for (auto const& line : lines) {
        count += article.content_text.find(line) != std::string::npos ? 1 : 0;
    }
    return count;
}

TEST(SitePagesTest, LoseWhatTheyHaveInCommonAndNothingElse) {
    auto pages = read_site();
    ASSERT_EQ(pages.size(), 30u);
    SiteMemory memory;
    for (auto& page : pages) {
        page.sighting = survey(page.article);
        memory.learn(page.sighting);
    }
    std::size_t before = 0;
    std::size_t after = 0;
    for (auto& page : pages) {
        before += count_in(page.article, page.boilerplate);
        auto const own = count_in(page.article, page.own);

        clean(page.article, page.sighting, memory);

        after += count_in(page.article, page.boilerplate);
        EXPECT_EQ(count_in(page.article, page.own), own) << page.name << ":\n" << page.article.content_text;
        EXPECT_EQ(count_in(page.article, page.boilerplate), 0u) << page.name << ":\n"
                                                                << page.article.content_text;
    }
    EXPECT_GE(before, 120u) << "else there is nothing to learn here";
    EXPECT_LE(double(after), 0.02 * double(before));
}

}  // namespace
}  // namespace newswired::articles::site

#include "http/link_header.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace newswired::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "target rel" of each link.
std::vector<std::string> read(std::vector<std::string> values) {
    Fields fields;
    for (auto& value : values) {
        fields.add("Link", std::move(value));
    }
    std::vector<std::string> all;
    for (auto const& link : links_of(fields)) {
        all.push_back(link.target + " " + link.rel);
    }
    return all;
}

TEST(LinkHeaderTest, ReadsSeveralLinksOfSeveralFields) {
    EXPECT_THAT(read({R"(<https://a.example/>; rel="hub", <https://b.example/>; rel=self)", "</c>;rel=next"}),
                ElementsAre("https://a.example/ hub", "https://b.example/ self", "/c next"));
}

TEST(LinkHeaderTest, IsNotMisledByWhatStandsInQuotesAndBrackets) {
    EXPECT_THAT(read({R"(<https://a.example/?a,b;c>; title="x, <y>; rel=no \" z"; rel="hub")"}),
                ElementsAre("https://a.example/?a,b;c hub"));
}

TEST(LinkHeaderTest, CountsOnlyTheFirstRelation) {
    EXPECT_THAT(read({R"(<https://a.example/>; rel=self; rel=hub)"}), ElementsAre("https://a.example/ self"));
}

TEST(LinkHeaderTest, KnowsEachOfSeveralRelations) {
    WebLink const link{.rel = "alternate  Self"};

    EXPECT_TRUE(link.is("self"));
    EXPECT_TRUE(link.is("alternate"));
    EXPECT_FALSE(link.is("hub"));
}

TEST(LinkHeaderTest, PassesOverWhatItCannotRead) {
    EXPECT_THAT(read({"rubbish, <https://a.example/>; rel=hub, <unfinished"}),
                ElementsAre("https://a.example/ hub"));
    EXPECT_THAT(read({",,;;=\"", "\"never closed"}), IsEmpty());
    EXPECT_THAT(read({"<https://a.example/> rubbish; rel=hub, <https://b.example/>; rel"}),
                ElementsAre("https://a.example/ ", "https://b.example/ "));
}

TEST(LinkHeaderTest, HasALimit) {
    std::string many;
    for (int i = 0; i < 1000; ++i) {
        many += "</" + std::to_string(i) + ">; rel=hub, ";
    }

    EXPECT_EQ(read({many}).size(), 64u);
}

}  // namespace
}  // namespace newswired::http

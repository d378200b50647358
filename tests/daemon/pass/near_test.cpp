// Nearly the same article, in two feeds.

#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using test::RssItem;
using testing::HasSubstr;

class NearDuplicateTest : public PassTest {
  protected:
    NearDuplicateTest() {
        add_feed("https://a.example/1.xml");
        add_feed("https://b.example/2.xml");
    }
    // 120 words; with every twentieth exchanged for `edit`.
    static RssItem report(std::string const& name, std::string const& edit = {}) {
        std::string text;
        for (unsigned i = 0; i < 120; ++i) {
            auto const word = std::to_string(i * 7919 % 1000);
            text += !edit.empty() && i % 20 == 10 ? edit : "word" + word + (i % 3 == 0 ? "s of" : "ing");
            text += i % 12 == 11 ? ". " : " ";
        }
        return {.guid = name,
                .title = "Report by " + name,
                .link = "https://" + name + ".example/report",
                .text = text};
    }
    void read_both() {
        read({report("first")}, 0);
        read({report("second", "edited")}, 1);
    }
};

TEST_F(NearDuplicateTest, IsToldWithWhatItRepeatsAndTheirStory) {
    read_both();

    auto const all = records();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_FALSE(all[0].contains("duplicate_of"));
    EXPECT_EQ(text(all[1].at("duplicate_of").as_object(), "key"), text(all[0], "key"));
    EXPECT_EQ(text(all[1].at("duplicate_of").as_object(), "url"), "https://first.example/report");
    EXPECT_EQ(text(all[1], "story"), text(all[0], "key"));
    EXPECT_THAT(explained("https://second.example/report"),
                HasSubstr("the same, or nearly the same, as: " + text(all[0], "key")));
}

TEST_F(NearDuplicateTest, IsNotLookedForWhenTheOperatorDoesNotWantIt) {
    settings_.dedup.near = config::Near::off;

    read_both();

    EXPECT_FALSE(records().at(1).contains("story"));
}

TEST_F(NearDuplicateTest, IsDroppedByARuleThatSaysSo) {
    config::Rule rule{.conditions = {{.field = "near_duplicate", .values = {"true"}}},
                      .text = "drop: {near_duplicate: \"true\"}"};
    settings_.rules.push_back(rule);

    read_both();

    EXPECT_THAT(titles(), testing::ElementsAre("Report by first"));
    EXPECT_THAT(explained("https://second.example/report"),
                testing::AllOf(HasSubstr("dropped by rule 1"), HasSubstr("nearly the same as: "),
                               HasSubstr("https://first.example/report")));
}

}  // namespace
}  // namespace newswired::daemon

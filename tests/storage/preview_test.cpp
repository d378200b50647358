// A preview says what a commit would, and leaves no trace.

#include "tests/storage/store_test.hpp"

#include <gmock/gmock.h>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class PreviewTest : public StoreTest {
  protected:
    std::vector<Outcome> previewed(FeedId feed, std::vector<Candidate> items) {
        auto one = poll(feed, std::move(items));
        one.state.clear();
        auto const receipt = runner_.run(store_->preview(std::move(one)));
        std::vector<Outcome> found;
        for (auto const& verdict : receipt.value().verdicts) {
            found.push_back(verdict.outcome);
        }
        return found;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, PreviewTest, every_store(), name_of_store);

TEST_P(PreviewTest, SaysWhatACommitWould) {
    commit(kFeedA,
           {item(kFeedA, "same", "same"), item(kFeedA, "changed", "before"), item(kFeedB, "b", "elsewhere")});
    auto withheld = item(kFeedA, "ad", "ad");
    withheld.withheld = Withheld::rule;

    EXPECT_THAT(previewed(kFeedA, {item(kFeedA, "same", "same"), item(kFeedA, "changed", "after"),
                                   item(kFeedA, "new", "new"), item(kFeedA, "again", "new"),
                                   item(kFeedA, "copied", "elsewhere"), withheld}),
                ElementsAre(Outcome::unchanged, Outcome::update, Outcome::fresh, Outcome::duplicate,
                            Outcome::duplicate, Outcome::withheld));
}

TEST_P(PreviewTest, WritesNothing) {
    previewed(kFeedA, {item(kFeedA, "guid", "text", "https://a.example/1")});

    EXPECT_EQ(stats().last_seq, 0u);
    EXPECT_THAT(bodies(), IsEmpty());
    EXPECT_THAT(runner_.run(store_->due_times(nullptr)).value(), IsEmpty());
    EXPECT_THAT(runner_.run(store_->items_by_url(xxh3("https://a.example/1"))).value(), IsEmpty());
    EXPECT_EQ(outcome(item(kFeedA, "guid", "text")), Outcome::fresh);
}

TEST_P(PreviewTest, ForgetsWhatHasEnded) {
    commit(kFeedA, {item(kFeedA, "guid", "text")});
    clock_.advance(std::chrono::days{200});

    EXPECT_THAT(previewed(kFeedA, {item(kFeedA, "guid", "text")}), ElementsAre(Outcome::fresh));
}

class NoteTest : public StoreTest {
  protected:
    std::vector<ItemRecord> known_by(std::string const& url) {
        return runner_.run(store_->items_by_url(xxh3(url))).value();
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, NoteTest, every_store(), name_of_store);

TEST_P(NoteTest, IsThatOfTheNewestVersion) {
    auto one = item(kFeedA, "guid", "text", "https://a.example/1");
    one.note = "from the page";
    commit(kFeedA, {one});
    ASSERT_EQ(known_by("https://a.example/1").at(0).note, "from the page");

    one = item(kFeedA, "guid", "changed", "https://a.example/1");
    one.note = "from the feed";
    commit(kFeedA, {one});

    EXPECT_EQ(known_by("https://a.example/1").at(0).note, "from the feed");
}

TEST_P(NoteTest, AnItemIsFoundByItsPagesAddressToo) {
    auto one = item(kFeedA, "guid", "text", "https://short.example/1");
    one.page_hash = xxh3("https://a.example/article");
    commit(kFeedA, {one});

    EXPECT_EQ(known_by("https://short.example/1").at(0).key, one.key);
    EXPECT_EQ(known_by("https://a.example/article").at(0).key, one.key);
}

TEST_P(NoteTest, APagesAddressTakesNoOtherItemsLink) {
    auto const other = item(kFeedA, "other", "other", "https://a.example/other");
    auto one = item(kFeedA, "guid", "text", "https://a.example/1");
    one.page_hash = other.url_hash;
    commit(kFeedA, {other, one});

    EXPECT_EQ(known_by("https://a.example/other").at(0).key, other.key);
}

}  // namespace
}  // namespace newswired::storage

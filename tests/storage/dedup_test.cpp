// What is new and what is not, on every store.

#include "tests/storage/store_test.hpp"

#include <gmock/gmock.h>

namespace newswired::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Days = std::chrono::days;

class DedupTest : public StoreTest {
  protected:
    std::vector<Outcome> outcomes(PollCommit poll) {
        std::vector<Outcome> found;
        for (auto const& verdict : commit(std::move(poll)).verdicts) {
            found.push_back(verdict.outcome);
        }
        return found;
    }
    void commit_left(FeedId feed, std::vector<ArticleKey> left) {
        auto one = poll(feed, {});
        one.seen_again = std::move(left);
        commit(one);
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, DedupTest, every_store(), name_of_store);

Candidate linked(Candidate candidate) {
    candidate.link_is_identity = true;
    return candidate;
}

Candidate left_out(Candidate candidate) {
    candidate.withheld = Withheld::first_poll;
    return candidate;
}

Candidate dropped(Candidate candidate, std::uint16_t rule) {
    candidate.withheld = Withheld::rule;
    candidate.rule = rule;
    return candidate;
}

// Items of one feed

TEST_P(DedupTest, TellsTheSameItemOnce) {
    EXPECT_EQ(outcome(item(kFeedA, "guid", "text")), Outcome::fresh);
    EXPECT_EQ(outcome(item(kFeedA, "guid", "text")), Outcome::unchanged);

    EXPECT_THAT(bodies(), ElementsAre("text"));
}

TEST_P(DedupTest, KnowsTheSameContentUnderAChangedGuid) {
    commit(kFeedA, {item(kFeedA, "guid", "text")});

    for (auto const* guid : {"guid 2", "guid 3", "guid 4"}) {
        auto const verdict = commit(kFeedA, {item(kFeedA, guid, "text")}).verdicts.at(0);
        EXPECT_EQ(verdict.outcome, Outcome::duplicate) << guid;
        EXPECT_EQ(verdict.seq, 1u);
    }

    EXPECT_THAT(bodies(), ElementsAre("text"));
}

TEST_P(DedupTest, FindsAnEditedItemUnderAChangedGuidByItsLink) {
    auto const first = item(kFeedA, "guid", "text", "https://a.example/1");
    commit(kFeedA, {first});
    auto const edited = linked(item(kFeedA, "new guid", "edited", "https://a.example/1"));

    EXPECT_EQ(outcome(edited), Outcome::update);
    EXPECT_EQ(outcome(edited), Outcome::unchanged);
    EXPECT_EQ(outcome(item(kFeedA, "new guid", "edited again")), Outcome::update);

    auto const entries = read();
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[1].key, first.key);
    EXPECT_EQ(entries[1].revision, 2u);
    EXPECT_EQ(entries[2].key, first.key);
    EXPECT_EQ(entries[2].revision, 3u);
}

TEST_P(DedupTest, TrustsNoLinkThatSeveralItemsShare) {
    commit(kFeedA, {item(kFeedA, "monday", "column", "https://a.example/")});

    EXPECT_EQ(outcome(item(kFeedA, "tuesday", "next column", "https://a.example/")), Outcome::fresh);
}

TEST_P(DedupTest, KnowsAnItemThatVanishesAndReturns) {
    auto const one = item(kFeedA, "guid", "text");
    commit(kFeedA, {one});
    commit_left(kFeedA, {one.key});
    clock_.advance(Days{179});

    EXPECT_EQ(outcome(one), Outcome::unchanged);

    EXPECT_THAT(bodies(), ElementsAre("text"));
}

TEST_P(DedupTest, TellsDuplicateGuidsInOneDocumentOnceEach) {
    auto const document = poll(kFeedA, {item(kFeedA, "guid", "text"), item(kFeedA, "guid", "text"),
                                        item(kFeedA, "guid", "other text")});

    EXPECT_THAT(outcomes(document), ElementsAre(Outcome::fresh, Outcome::unchanged, Outcome::update));
    EXPECT_THAT(outcomes(document), ElementsAre(Outcome::unchanged, Outcome::unchanged, Outcome::unchanged));

    EXPECT_THAT(bodies(), ElementsAre("text", "other text"));
}

TEST_P(DedupTest, TellsTheSameContentTwiceInOneDocumentOnce) {
    auto const document = poll(kFeedA, {item(kFeedA, "1", "text"), item(kFeedA, "2", "text")});

    EXPECT_THAT(outcomes(document), ElementsAre(Outcome::fresh, Outcome::duplicate));
}

TEST_P(DedupTest, TellsAllEpisodesThatShareATitleAndHaveNoText) {
    std::vector<Candidate> episodes;
    for (auto const* audio : {"1.mp3", "2.mp3", "3.mp3", "4.mp3"}) {
        auto episode = item(kFeedA, audio, std::string{"The Daily "} + audio);
        episode.parts = {.title = 7, .text = 0, .attachments = std::uint32_t(xxh3(audio))};
        episodes.push_back(episode);
    }

    EXPECT_THAT(outcomes(poll(kFeedA, episodes)),
                ElementsAre(Outcome::fresh, Outcome::fresh, Outcome::fresh, Outcome::fresh));
    EXPECT_EQ(read().size(), 4u);
}

// Updates

TEST_P(DedupTest, TellsARealUpdateAsTheSecondRevision) {
    auto first = item(kFeedA, "guid", "text");
    first.parts = {.title = 1, .text = 1};
    first.backlog = true;
    auto second = item(kFeedA, "guid", "corrected");
    second.parts = {.title = 2, .text = 2, .link = 9};
    second.backlog = true;
    commit(kFeedA, {first});

    EXPECT_EQ(outcome(second), Outcome::update);

    auto const entry = read(1).at(0);
    EXPECT_TRUE(entry.update);
    EXPECT_EQ(entry.revision, 2u);
    EXPECT_EQ(entry.changed, kTitle | kText | kLink);
    EXPECT_EQ(entry.key, first.key);
    EXPECT_FALSE(entry.backlog);
    EXPECT_EQ(entry.body, "corrected");
}

TEST_P(DedupTest, TellsAnItemThatFlapsBetweenVersionsOnceEach) {
    EXPECT_EQ(outcome(item(kFeedA, "guid", "one")), Outcome::fresh);
    EXPECT_EQ(outcome(item(kFeedA, "guid", "two")), Outcome::update);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(outcome(item(kFeedA, "guid", "one")), Outcome::unchanged);
        EXPECT_EQ(outcome(item(kFeedA, "guid", "two")), Outcome::unchanged);
    }
    EXPECT_EQ(outcome(item(kFeedA, "guid", "three")), Outcome::update);

    EXPECT_THAT(bodies(), ElementsAre("one", "two", "three"));
}

TEST_P(DedupTest, AChangedLinkAloneIsNoUpdate) {
    auto first = item(kFeedA, "guid", "text");
    auto moved = item(kFeedA, "guid", "text");
    moved.hash = sha256("text at another address");
    moved.parts.link = 1;
    commit(kFeedA, {first});

    EXPECT_EQ(outcome(moved), Outcome::unchanged);
}

TEST_P(DedupTest, KeepsUpdatesBackWhereTheyAreNotWanted) {
    commit(kFeedA, {item(kFeedA, "guid", "one")});
    auto changed = poll(kFeedA, {item(kFeedA, "guid", "two")});
    changed.emit_updates = false;

    EXPECT_EQ(outcome(changed), Outcome::withheld);
    EXPECT_EQ(outcome(item(kFeedA, "guid", "two")), Outcome::unchanged);

    EXPECT_THAT(bodies(), ElementsAre("one"));
}

// The same article in two feeds

class ScopeTest : public DedupTest {
  protected:
    /// The outcome of an article of feed A, when it comes in feed B of site `site`.
    Outcome repeated(Scope scope, std::uint64_t site, OnDuplicate on_duplicate = OnDuplicate::drop) {
        auto first = poll(kFeedA, {item(kFeedA, "guid", "text", "https://a.example/1")});
        first.scope = scope;
        first.on_duplicate = on_duplicate;
        commit(first);
        auto second = poll(kFeedB, {item(kFeedB, "guid", "text", "https://b.example/1")});
        second.site = site;
        second.scope = scope;
        second.on_duplicate = on_duplicate;
        return outcome(second);
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, ScopeTest, every_store(), name_of_store);

TEST_P(ScopeTest, AllMakesItOneArticle) {
    EXPECT_EQ(repeated(Scope::all, 99), Outcome::duplicate);
    EXPECT_THAT(bodies(), ElementsAre("text"));
}

TEST_P(ScopeTest, SiteMakesItOneArticleOnTheSameSite) {
    EXPECT_EQ(repeated(Scope::site, kFeedA.value), Outcome::duplicate);
}

TEST_P(ScopeTest, SiteMakesItTwoOnDifferentSites) {
    EXPECT_EQ(repeated(Scope::site, 99), Outcome::fresh);
}

TEST_P(ScopeTest, FeedMakesItTwo) {
    EXPECT_EQ(repeated(Scope::feed, kFeedA.value), Outcome::fresh);
    EXPECT_EQ(read().size(), 2u);
    EXPECT_EQ(read(1).at(0).duplicate_of, std::nullopt);
}

TEST_P(ScopeTest, MarkTellsADuplicateAndWhatItRepeats) {
    EXPECT_EQ(repeated(Scope::all, 99, OnDuplicate::mark), Outcome::fresh);

    auto const entries = read();
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].duplicate_of, std::nullopt);
    EXPECT_EQ(entries[1].duplicate_of, entries[0].key);
    EXPECT_EQ(entries[1].duplicate_url, "https://a.example/1");
    EXPECT_FALSE(entries[1].update);
}

TEST_P(ScopeTest, MarkTellsNothingThatItsOwnFeedRepeats) {
    auto document = poll(kFeedA, {item(kFeedA, "1", "text"), item(kFeedA, "2", "text")});
    document.on_duplicate = OnDuplicate::mark;

    EXPECT_THAT(outcomes(document), ElementsAre(Outcome::fresh, Outcome::duplicate));
}

TEST_P(ScopeTest, ADuplicateThatChangesIsNewsOfItsOwn) {
    ASSERT_EQ(repeated(Scope::all, 99), Outcome::duplicate);

    EXPECT_EQ(outcome(poll(kFeedB, {item(kFeedB, "guid", "B's own words")})), Outcome::fresh);

    auto const entry = read(1).at(0);
    EXPECT_EQ(entry.revision, 1u);
    EXPECT_EQ(entry.duplicate_of, std::nullopt);
    EXPECT_EQ(entry.duplicate_url, "");
}

TEST_P(ScopeTest, AMarkedDuplicateThatChangesRepeatsNothing) {
    ASSERT_EQ(repeated(Scope::all, 99, OnDuplicate::mark), Outcome::fresh);
    auto changed = poll(kFeedB, {item(kFeedB, "guid", "B's own words")});
    changed.on_duplicate = OnDuplicate::mark;

    EXPECT_EQ(outcome(changed), Outcome::update);

    EXPECT_EQ(read(2).at(0).duplicate_of, std::nullopt);
}

TEST_P(ScopeTest, AMarkedDuplicateThatFollowsACorrectionRepeatsItStill) {
    ASSERT_EQ(repeated(Scope::all, 99, OnDuplicate::mark), Outcome::fresh);
    auto original = poll(kFeedA, {item(kFeedA, "guid", "corrected")});
    auto copy = poll(kFeedB, {item(kFeedB, "guid", "corrected")});
    original.on_duplicate = copy.on_duplicate = OnDuplicate::mark;

    EXPECT_EQ(outcome(original), Outcome::update);
    EXPECT_EQ(outcome(copy), Outcome::update);

    EXPECT_EQ(read(2).at(0).duplicate_of, std::nullopt);
    EXPECT_EQ(read(3).at(0).duplicate_of, read(2).at(0).key);
}

TEST_P(ScopeTest, PollsOfOneGroupSeeEachOther) {
    std::vector<Outcome> found;
    auto one = [&](FeedId feed) -> Task<void> {
        std::vector<Candidate> items;
        items.push_back(item(feed, "guid", "text"));
        auto const receipt = co_await store_->commit(poll(feed, std::move(items)));
        found.push_back(receipt.value().verdicts.at(0).outcome);
    };
    for (std::uint64_t feed = 1; feed <= 50; ++feed) {
        spawn(runner_.context().get_executor(), one({feed}),
              [](std::exception_ptr error) { EXPECT_FALSE(error); });
    }
    runner_.context().run();

    EXPECT_EQ(found.size(), 50u);
    EXPECT_EQ(std::count(found.begin(), found.end(), Outcome::fresh), 1);
    EXPECT_THAT(bodies(), ElementsAre("text"));
}

// What is not to be told

TEST_P(DedupTest, RemembersWhatTheFirstPollLeavesOut) {
    EXPECT_EQ(outcome(left_out(item(kFeedA, "guid", "text"))), Outcome::withheld);
    EXPECT_EQ(outcome(item(kFeedA, "guid", "text")), Outcome::unchanged);
    EXPECT_THAT(bodies(), IsEmpty());

    EXPECT_EQ(outcome(item(kFeedA, "guid", "new text")), Outcome::fresh);
    EXPECT_EQ(read().at(0).revision, 1u);
}

TEST_P(DedupTest, WhatTheFirstPollLeavesOutStaysOutUnderAChangedGuid) {
    commit(kFeedA, {left_out(item(kFeedA, "guid", "text"))});
    clock_.advance(std::chrono::hours{1});

    EXPECT_EQ(outcome(item(kFeedA, "random guid", "text")), Outcome::duplicate);
    EXPECT_EQ(outcome(item(kFeedA, "another", "text")), Outcome::duplicate);

    EXPECT_THAT(bodies(), IsEmpty());
}

TEST_P(DedupTest, WhatTheFirstPollOfOneFeedLeavesOutIsNewsInAnother) {
    commit(kFeedA, {left_out(item(kFeedA, "guid", "text"))});
    clock_.advance(std::chrono::hours{1});

    EXPECT_EQ(outcome(poll(kFeedB, {item(kFeedB, "guid", "text")})), Outcome::fresh);
    EXPECT_EQ(outcome(poll(FeedId{0xC}, {item(FeedId{0xC}, "guid", "text")})), Outcome::duplicate);
    EXPECT_EQ(outcome(item(kFeedA, "random guid", "text")), Outcome::duplicate);

    EXPECT_THAT(bodies(), ElementsAre("text"));
}

TEST_P(DedupTest, WhatTheFirstPollTakesIsToldThoughAnOlderItemSaysTheSame) {
    auto const document = poll(
        kFeedA, {left_out(item(kFeedA, "monday", "open thread")), item(kFeedA, "tuesday", "open thread")});

    EXPECT_THAT(outcomes(document), ElementsAre(Outcome::withheld, Outcome::fresh));
}

TEST_P(DedupTest, RemembersWhatARuleDropped) {
    EXPECT_EQ(outcome(dropped(item(kFeedA, "guid", "sponsored", "https://a.example/ad"), 3)),
              Outcome::withheld);
    EXPECT_EQ(outcome(item(kFeedA, "guid", "sponsored")), Outcome::unchanged);

    auto const record = runner_.run(store_->items_by_url(xxh3("https://a.example/ad"))).value().at(0);
    EXPECT_EQ(record.withheld, Withheld::rule);
    EXPECT_EQ(record.rule, 3u);
    EXPECT_EQ(record.revision, 0u);
    EXPECT_THAT(bodies(), IsEmpty());
}

// Forgetting

class ExpiryTest : public DedupTest {
  protected:
    Outcome seen_with(seconds keep, Candidate candidate) {
        auto one = poll(kFeedA, {std::move(candidate)});
        one.keep = keep;
        return outcome(one);
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, ExpiryTest, every_store(), name_of_store);

TEST_P(ExpiryTest, RemembersAnItemForAsLongAsItIsKept) {
    ASSERT_EQ(seen_with(Days{10}, item(kFeedA, "guid", "text")), Outcome::fresh);

    clock_.advance(Days{10});

    EXPECT_EQ(seen_with(Days{10}, item(kFeedA, "other guid", "text")), Outcome::duplicate);
    EXPECT_EQ(seen_with(Days{10}, item(kFeedA, "guid", "text")), Outcome::unchanged);
}

TEST_P(ExpiryTest, ForgetsAnItemAfterThat) {
    ASSERT_EQ(seen_with(Days{10}, item(kFeedA, "guid", "text")), Outcome::fresh);

    clock_.advance(Days{10} + seconds{1});

    EXPECT_EQ(seen_with(Days{10}, item(kFeedA, "guid", "text")), Outcome::fresh);
    EXPECT_EQ(read(1).at(0).revision, 1u);
}

TEST_P(ExpiryTest, CountsFromWhenAnItemLeftTheDocument) {
    auto const one = item(kFeedA, "guid", "text", "https://a.example/1");
    ASSERT_EQ(seen_with(Days{180}, one), Outcome::fresh);
    clock_.advance(Days{170});
    commit_left(kFeedA, {one.key});
    clock_.advance(Days{170});

    EXPECT_EQ(seen_with(Days{180}, item(kFeedA, "new guid", "text")), Outcome::duplicate);
    EXPECT_EQ(seen_with(Days{180}, linked(item(kFeedA, "third guid", "edited", "https://a.example/1"))),
              Outcome::update);
    EXPECT_EQ(seen_with(Days{180}, one), Outcome::unchanged);
}

// A page whose comment counts change at every poll, with an article that stays on it for years.
TEST_P(ExpiryTest, NeverForgetsAnItemThatIsSeenAgainAndAgain) {
    auto const one = item(kFeedA, "guid", "text");
    ASSERT_EQ(seen_with(Days{10}, one), Outcome::fresh);

    for (int day = 0; day < 100; ++day) {
        clock_.advance(Days{1});
        ASSERT_EQ(seen_with(Days{10}, one), Outcome::unchanged) << day;
    }

    EXPECT_EQ(seen_with(Days{10}, item(kFeedA, "other guid", "text")), Outcome::duplicate);
}

TEST_P(ExpiryTest, KeepsTheItemBehindAnotherNameThatLeftTheDocument) {
    commit(kFeedA, {item(kFeedA, "guid", "text", "https://a.example/1")});
    auto const renamed = linked(item(kFeedA, "new guid", "edited", "https://a.example/1"));
    ASSERT_EQ(outcome(renamed), Outcome::update);
    clock_.advance(Days{170});
    commit_left(kFeedA, {renamed.key});
    clock_.advance(Days{170});

    EXPECT_EQ(outcome(renamed), Outcome::unchanged);
}

}  // namespace
}  // namespace newswired::storage

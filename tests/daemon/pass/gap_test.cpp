// A document that has moved on completely: what was missed is fetched from the archives, and told of.

#include "daemon/pass/archives.hpp"
#include "daemon/pass/full_text.hpp"
#include "tests/daemon/pass/pass_test.hpp"

#include <algorithm>

namespace newswired::daemon {
namespace {

using test::article;
using test::RssItem;
using testing::ElementsAre;

class GapTest : public PassTest {
  protected:
    static std::vector<RssItem> items(Names const& names) {
        std::vector<RssItem> all;
        for (auto const& name : names) {
            all.push_back(article(name));
        }
        return all;
    }
    static std::string prior(std::string const& archive) {
        return R"(<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="prev-archive" href=")" + archive +
               "\"/>";
    }
    static std::string url(std::string const& name) { return "https://news.example/" + name + ".xml"; }
    void archive(std::string const& name, Names const& names, std::string const& older = {}) {
        http::Response response;
        response.body = test::rss(items(names), older.empty() ? std::string{} : prior(url(older)));
        client_.answer(url(name), response);
    }
    std::size_t asked(std::string const& name) const {
        auto const& all = client_.requests();
        return std::size_t(std::count_if(all.begin(), all.end(),
                                         [&](http::Request const& one) { return one.url == url(name); }));
    }
    std::size_t gaps() {
        auto const all = told();
        return std::size_t(std::count_if(all.begin(), all.end(), [](storage::OutboxEntry const& one) {
            return one.kind == storage::Kind::gap;
        }));
    }
    /// Titles of the articles behind the first `known`; events have none.
    Names titles_behind(std::size_t known) {
        Names all;
        for (auto const& record : records()) {
            if (text(record, "event") != "gap") {
                all.push_back(text(record, "title"));
            }
        }
        all.erase(all.begin(), all.begin() + std::ptrdiff_t(known));
        return all;
    }
    boost::json::object gap() { return records().back().at("gap").as_object(); }
    feeds::FeedState state() {
        std::vector<FeedId> const ids{plan()->feeds().id(0)};
        return feeds::decode_feed_state(run(store_->feeds(ids)).value().front().state);
    }
};

TEST_F(GapTest, IsToldBehindTheArticlesAndHalvesTheInterval) {
    config::FeedOptions options;
    options.interval = std::chrono::hours{2};
    add_feed(kFeed, options);
    read(items({"c", "b", "a"}));
    auto const asked = clock_.now();

    auto const report = read(items({"z", "y", "x"}));

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().back().kind, storage::Kind::gap);
    EXPECT_EQ(report.fresh, 3u);
    EXPECT_LT(report.next_poll - asked, std::chrono::minutes{70});
    EXPECT_GE(report.next_poll - asked, std::chrono::minutes{60});
    EXPECT_FALSE(gap().at("complete").as_bool());
}

TEST_F(GapTest, OneKnownItemSaysThatNothingWasMissed) {
    archive("old", {"q"});
    read(items({"c", "b", "a"}));
    auto moved = items({"z", "y", "a"});
    moved.back().guid = "another guid";

    read(test::rss(moved, prior(url("old"))));

    EXPECT_EQ(gaps(), 0u);
    EXPECT_EQ(asked("old"), 0u);
    EXPECT_EQ(state().haste, 0u);
}

// A host that changes all guids and the addresses: the articles are known by what they say.
TEST_F(GapTest, AMoveThatRenamesEverythingIsNoneAndTellsNothingAgain) {
    archive("old", {"q"});
    read(items({"c", "b", "a"}));
    auto moved = items({"c", "b", "a"});
    for (auto& item : moved) {
        item.guid = "https://elsewhere.example/?p=" + item.guid;
        item.link = "https://elsewhere.example/" + item.title;
    }

    read(test::rss(moved, prior(url("old"))));

    EXPECT_EQ(told().size(), 3u);
    EXPECT_EQ(asked("old"), 0u);
}

TEST_F(GapTest, ArchivesAreReadBackToWhatIsKnownAndToldOldestFirst) {
    archive("newer", {"h", "g"}, "older");
    archive("older", {"f", "e", "a"}, "oldest");
    archive("oldest", {"never"});
    read(items({"c", "b", "a"}));

    read(test::rss(items({"z", "y", "x"}), prior(url("newer"))));

    EXPECT_THAT(titles_behind(3),
                ElementsAre("About e", "About f", "About g", "About h", "About x", "About y", "About z"));
    EXPECT_EQ(asked("oldest"), 0u);
    EXPECT_TRUE(gap().at("complete").as_bool());
    EXPECT_EQ(gap().at("filled").as_int64(), 4);
    EXPECT_TRUE(records()[3].at("backlog").as_bool());
    EXPECT_FALSE(records()[7].at("backlog").as_bool());
}

TEST_F(GapTest, AChainOfArchivesEnds) {
    for (int i = 0; i < 30; ++i) {
        auto const name = "archive" + std::to_string(i);
        archive(name, {name + "-item"}, "archive" + std::to_string(i + 1));
    }
    read(items({"c", "b", "a"}));
    auto const before = client_.requests().size();

    read(test::rss(items({"z", "y", "x"}), prior(url("archive0"))));

    EXPECT_EQ(client_.requests().size() - before, 1 + kMaxArchives);
    EXPECT_EQ(told().size(), 3 + kMaxArchives + 3 + 1);
    EXPECT_FALSE(gap().at("complete").as_bool());
}

TEST_F(GapTest, AnArchiveThatIsMissingLeavesTheDocumentsOwnArticles) {
    read(items({"c", "b", "a"}));

    auto const report = read(test::rss(items({"z", "y", "x"}), prior(url("none"))));

    EXPECT_EQ(report.fresh, 3u);
    EXPECT_EQ(gaps(), 1u);
}

TEST_F(GapTest, SecretsStayWithTheFeedsOrigin) {
    add_feed(kFeed, {.username = "me", .password = "pw", .headers = {{"X-Token", "t"}}});
    read(items({"c", "b", "a"}));

    read(test::rss(items({"z", "y", "x"}), prior("https://elsewhere.example/archive.xml")));

    auto const& request = client_.requests().back();
    EXPECT_EQ(request.url, "https://elsewhere.example/archive.xml");
    EXPECT_EQ(request.username + request.password, "");
    EXPECT_FALSE(request.fields.has("X-Token"));
}

TEST_F(GapTest, WhatArchivesHoldIsComparedAsOtherArticlesAre) {
    auto report = article("d");
    report.text.clear();
    for (unsigned i = 0; i < 120; ++i) {
        report.text += "word" + std::to_string(i * 7919 % 1000) + (i % 12 == 11 ? ". " : " ");
    }
    http::Response old;
    old.body = test::rss({report});
    client_.answer(url("old"), old);
    add_feed(kFeed);
    add_feed("https://other.example/feed.xml");
    auto copy = report;
    copy.guid = copy.link = "https://other.example/d";
    copy.title = "Nearly the same";
    read({copy}, 1);
    read(items({"c", "b", "a"}));

    read(test::rss(items({"z", "y", "x"}), prior(url("old"))));

    auto const missed = records().at(4);
    EXPECT_EQ(text(missed, "title"), "About d");
    EXPECT_TRUE(missed.contains("duplicate_of"));
}

TEST_F(GapTest, AFeedWhosePagesAreFetchedSeesItToo) {
    class Nowhere final : public Pages {
      public:
        Task<PageAnswer> ask(http::Request) override { co_return PageAnswer{}; }
        Task<Permission> permission(std::string, RobotsReading) override { co_return Permission::allowed; }
    } nowhere;
    pages_ = &nowhere;
    config::FeedOptions options;
    options.full_text = config::FullText::always;
    add_feed(kFeed, options);
    archive("old", {"e", "d"});
    read(items({"c", "b", "a"}));

    Names many;
    for (int i = 0; i < 20; ++i) {
        many.push_back("new" + std::to_string(i));
    }
    read(test::rss(items(many), prior(url("old"))));

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().size(), 3 + 2 + many.size() + 1);
    EXPECT_EQ(titles_behind(3).front(), "About d");
    EXPECT_EQ(told().at(3 + kPagesAPart).kind, storage::Kind::gap) << "behind the first part";
}

class DeltaTest : public GapTest {
  protected:
    PassReport read_delta(Names const& names, std::string const& tag) {
        http::Response response;
        response.status = 226;
        response.body = test::rss(items(names));
        response.fields.set("ETag", tag);
        response.fields.set("IM", "feed");
        client_.answer_next(std::move(response));
        return pass_over();
    }
    PassReport read_whole(Names const& names, std::string const& tag) {
        http::Response response;
        response.body = test::rss(items(names));
        response.fields.set("ETag", tag);
        client_.answer_next(std::move(response));
        return pass_over();
    }
};

TEST_F(DeltaTest, IsAskedForWithATagOnly) {
    read_whole({"c", "b", "a"}, "\"1\"");
    EXPECT_FALSE(client_.requests().back().fields.has("A-IM"));

    read_delta({"d"}, "\"2\"");

    EXPECT_EQ(client_.requests().back().fields["A-IM"], "feed");
}

TEST_F(DeltaTest, LeavesWhatItDoesNotHoldAsItWas) {
    read_whole({"c", "b", "a"}, "\"1\"");

    auto const report = read_delta({"f", "e", "d"}, "\"2\"");
    read_whole({"f", "e", "d", "c", "b", "a"}, "\"3\"");

    EXPECT_EQ(report.fresh, 3u);
    EXPECT_EQ(client_.requests().back().fields["If-None-Match"], "\"2\"");
    EXPECT_EQ(told().size(), 6u) << "no gap was seen, nothing was told twice";
    EXPECT_EQ(state().history.newest()->unknown, 0u) << "everything stayed in the window";
    EXPECT_EQ(state().document_items, 6u);
}

TEST_F(DeltaTest, ADocumentBehindItCanStillShowAGap) {
    read_whole({"c", "b", "a"}, "\"1\"");
    read_delta({"d"}, "\"2\"");

    read_whole({"z", "y", "x"}, "\"3\"");

    EXPECT_EQ(gaps(), 1u);
}

TEST_F(DeltaTest, WithoutATagA226IsAWholeDocument) {
    read_delta({"c", "b", "a"}, "\"1\"");

    read_whole({"z", "y", "x"}, "\"2\"");

    EXPECT_EQ(told().size(), 7u);
    EXPECT_EQ(gaps(), 1u);
}

// The gap is told behind the last part, and that one may hold nothing that is told.
TEST_F(GapTest, IsToldThoughRulesDropTheWholeLastPart) {
    config::Rule rule{.text = "drop: {title: sponsored}"};
    rule.conditions.push_back({.field = "title", .values = {"sponsored"}});
    settings_.rules.push_back(rule);
    read(items({"c", "b", "a"}));
    auto many = items({});
    for (int i = 0; i < 1500; ++i) {  // newest first: the last part is the newest third
        many.push_back(article(std::to_string(10'000 + i)));
        many.back().title = i < 600 ? "sponsored " + std::to_string(i) : many.back().title;
    }

    auto const report = read(many);

    EXPECT_EQ(report.fresh, 900u);
    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().back().kind, storage::Kind::gap);
}

TEST_F(GapTest, IsToldThoughRulesDropTheWholeFirstPart) {
    config::Rule rule{.text = "drop: {title: sponsored}"};
    rule.conditions.push_back({.field = "title", .values = {"sponsored"}});
    settings_.rules.push_back(rule);
    read(items({"c", "b", "a"}));
    auto many = items({});
    for (int i = 0; i < 1500; ++i) {
        many.push_back(article(std::to_string(20'000 - i)));
        many.back().title = i >= 500 ? "sponsored " + std::to_string(i) : many.back().title;
    }

    read(many);

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().back().kind, storage::Kind::gap);
}

// A document in two parts, read by a daemon that does not always live to write the second.
class GapInPartsTest : public GapTest {
  protected:
    GapInPartsTest() {
        read(items({"c", "b", "a"}));
        for (int i = 0; i < 1500; ++i) {
            many_.push_back(article(std::to_string(20'000 - i)));
        }
    }
    /// Of the next pass's commits, the second and all that follow find no room.
    void allow_one_commit() {
        disk_.script([allowed = 1](auto operation, auto) mutable {
            auto const refused = operation == storage::Operation::commit && allowed-- <= 0;
            return refused ? storage::Fault::full : storage::Fault::none;
        });
    }
    void allow_everything() {
        disk_.script([](auto, auto) { return storage::Fault::none; });
    }

    std::vector<RssItem> many_;
};

TEST_F(GapInPartsTest, IsToldOnceWhenTheProcessDiesBetweenThem) {
    allow_one_commit();
    EXPECT_THROW(read(many_), std::logic_error) << "dies waiting for room";
    allow_everything();

    read(many_);

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().size(), 3 + many_.size() + 1);
}

TEST_F(GapInPartsTest, IsToldOnceWhenAPartIsWrittenTwice) {
    for (int i = 0; i < 2; ++i) {
        disk_.fail_next(storage::Operation::commit, storage::Fault::after);
    }

    read(many_);

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().size(), 3 + many_.size() + 1);
}

TEST_F(GapInPartsTest, IsToldOnceWhenTheProcessDiesBehindTheArchives) {
    Names old;
    for (int i = 0; i < 1200; ++i) {  // a part of the archive's alone
        old.push_back(std::to_string(15'000 - i));
    }
    archive("old", old);
    auto const document = test::rss(many_, prior(url("old")));
    allow_one_commit();
    EXPECT_THROW(read(document), std::logic_error);
    EXPECT_EQ(gaps(), 0u);
    allow_everything();

    read(document);

    EXPECT_EQ(gaps(), 1u);
    EXPECT_EQ(told().size(), 3 + old.size() + many_.size() + 1);
}

TEST_F(GapTest, AVeryLongDocumentIsCommittedInPartsInOrder) {
    Names many;
    for (int i = 2500; i > 0; --i) {
        many.push_back(std::to_string(10'000 + i));
    }

    auto const report = read(items(many));
    read(items(many));

    EXPECT_EQ(report.fresh, many.size());
    auto const all = titles();
    ASSERT_EQ(all.size(), many.size());
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    EXPECT_TRUE(records().back().at("backlog").as_bool());
}

}  // namespace
}  // namespace newswired::daemon

// What `explain` says, and the rules whose work it explains.

#include "tests/daemon/pass/pass_test.hpp"

namespace newswired::daemon {
namespace {

using test::article;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Action = config::Rule::Action;

class ExplainTest : public PassTest {
  protected:
    void rule(Action action, std::string const& field, std::string const& value,
              std::string const& as_written) {
        config::Rule one{.action = action, .text = as_written};
        one.all = field.empty();
        if (!one.all) {
            one.conditions.push_back({.field = field, .values = {value}});
        }
        settings_.rules.push_back(std::move(one));
    }
};

TEST_F(ExplainTest, ADroppedArticleIsNotToldAndItsRuleIsNamed) {
    rule(Action::drop, "title", "(?i)sponsored", "drop: {title: \"(?i)sponsored\"}");
    auto bad = article("a");
    bad.title = "SPONSORED: buy this";

    read({bad, article("b")});

    EXPECT_THAT(titles(), ElementsAre("About b"));
    EXPECT_THAT(explained("https://news.example/a"),
                AllOf(HasSubstr("not emitted: dropped by rule 1: drop: {title: \"(?i)sponsored\"}"),
                      HasSubstr("in feed: " + kFeed)));
}

TEST_F(ExplainTest, TheFirstRuleThatFiresDecides) {
    rule(Action::allow, "title", "harbour", "allow: {title: harbour}");
    rule(Action::drop, "", "", "drop: all");

    read({article("sea"), article("harbour")});

    EXPECT_THAT(titles(), ElementsAre("About harbour"));
    EXPECT_THAT(explained("https://news.example/sea"), HasSubstr("dropped by rule 2: drop: all"));
    EXPECT_THAT(explained("https://news.example/harbour"),
                HasSubstr("emitted: as number 1 of the log, revision 1"));
}

TEST_F(ExplainTest, ADroppedArticleIsNotToldWhenTheRuleIsGone) {
    rule(Action::drop, "", "", "drop: all");
    read({article("a")});
    settings_.rules.clear();
    reload();

    read(test::rss({article("a")}, "<ttl>1</ttl>"));

    EXPECT_TRUE(told().empty());
    EXPECT_THAT(explained("https://news.example/a"), HasSubstr("dropped by rule 1"));
}

TEST_F(ExplainTest, AnArticleThatWasDroppedIsNewWhenItsContentPasses) {
    rule(Action::drop, "title", "sponsored", "drop: {title: sponsored}");
    auto one = article("a");
    one.title = "sponsored";
    read({one});
    one.title = "An article at last";

    read({one});

    auto const all = records();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(text(all[0], "event"), "new");
    EXPECT_EQ(all[0].at("revision").as_int64(), 1);
}

TEST_F(ExplainTest, FindsAnArticleByAnyDressOfItsAddress) {
    read({article("a")});

    for (char const* const url :
         {"https://news.example/a", "http://www.news.example/a?utm_source=x", "https://news.example/a#top"}) {
        EXPECT_THAT(explained(url), HasSubstr("emitted: as number 1")) << url;
    }
}

TEST_F(ExplainTest, TellsAFeedsStateAndItsLastPolls) {
    add_feed(kFeed, {}, "news");
    EXPECT_THAT(explained(kFeed), HasSubstr("not asked yet"));
    read({article("b"), article("a")});
    client_.answer_next(http::errc::silence);
    pass_over();

    auto const by_name = explained("news");

    EXPECT_EQ(by_name, explained(kFeed));
    EXPECT_THAT(by_name,
                AllOf(HasSubstr("feed news\n"), HasSubstr("address: " + kFeed), HasSubstr("title: The feed"),
                      HasSubstr("last answered well: 2026-01-31T12:00:00Z (2 h ago)"),
                      HasSubstr("(1 in a row)"), HasSubstr("because of back-off after errors")));
    EXPECT_THAT(by_name, HasSubstr("read (200), 2 items, 2 not seen before"));
    EXPECT_LT(by_name.find("no answer"), by_name.find("read (200)")) << "newest first";
}

TEST_F(ExplainTest, SaysWhyTheNextPollIsThen) {
    http::Response response;
    response.body = test::rss({article("a")});
    response.fields.set("Cache-Control", "max-age=90000");
    client_.answer_next(response);
    pass_over();
    EXPECT_THAT(explained(kFeed), HasSubstr("because of the server's Cache-Control or Expires"));

    read(test::rss({article("a")}, "<ttl>3000</ttl>"));
    EXPECT_THAT(explained(kFeed), HasSubstr("because of the feed's own ttl"));

    read(test::rss({article("a")}));
    EXPECT_THAT(explained(kFeed), HasSubstr("because of when it publishes, "));
}

TEST_F(ExplainTest, TellsThatAnotherFeedsHostIsLeftAlone) {
    http::Response too_many{.status = 429};
    too_many.fields.set("Retry-After", "7200");
    client_.answer(kFeed, too_many);
    auto const next_poll = pass_over().next_poll;
    auto const explained_while_host_rests = [&](milliseconds rest) {
        auto const until = clock_.now() + rest;
        AskNow const ask_now = [until](FeedId) -> Task<FeedNow> {
            FeedNow now{.push = "is pushed by nobody", .host_rests_until = until};
            co_return now;
        };
        return run(explain(*store_, plan(), kFeed, clock_.now(), ask_now)).out;
    };

    EXPECT_THAT(explained_while_host_rests(std::chrono::hours{9}),
                AllOf(HasSubstr("its host: is left alone until 2026-01-3"),
                      HasSubstr("too many requests (429)"), HasSubstr("pushes: is pushed by nobody\n")));
    EXPECT_THAT(explained_while_host_rests(std::chrono::ceil<milliseconds>(next_poll - clock_.now())),
                Not(HasSubstr("its host")))
        << "its own next poll tells it";
    EXPECT_THAT(explained_while_host_rests(milliseconds{-5}), Not(HasSubstr("its host")));
}

TEST_F(ExplainTest, KnowsWhatItDoesNotKnow) {
    auto const answer = run(explain(*store_, plan(), "https://nobody.example/", clock_.now()));

    EXPECT_EQ(answer.exit, 1);
    EXPECT_EQ(answer.out, "");
    EXPECT_THAT(answer.err, HasSubstr("nothing is known of https://nobody.example/"));
}

TEST_F(ExplainTest, TellsAnUnreadableStateAsAnError) {
    read({article("a")});
    disk_.fail_next(storage::Operation::feeds, storage::Fault::before);

    auto const answer = run(explain(*store_, plan(), kFeed, clock_.now()));

    EXPECT_EQ(answer.exit, 1);
    EXPECT_NE(answer.err, "");
}

TEST_F(ExplainTest, TellsAnUnreadableArticleAsAnError) {
    read({article("a")});
    disk_.fail_next(storage::Operation::items_by_url, storage::Fault::before);

    auto const answer = run(explain(*store_, plan(), "https://news.example/a", clock_.now()));

    EXPECT_EQ(answer.exit, 1);
    EXPECT_THAT(answer.err, Not(HasSubstr("nothing is known")));
}

}  // namespace
}  // namespace newswired::daemon

// Passes with full text: which pages are asked for, and what becomes of what they hold.

#include "daemon/pass/full_text.hpp"
#include "tests/daemon/pass/pass_test.hpp"

#include <algorithm>

namespace newswired::daemon {
namespace {

using test::RssItem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Asks without turns and robots.txt.
class PlainPages final : public Pages {
  public:
    explicit PlainPages(http::Client& client) : client_{client} {}

    Task<PageAnswer> ask(http::Request request) override {
        if (stopping) {
            co_return PageAnswer{.kind = PageAnswer::Kind::stopping};
        }
        if (request.url.find("/private/") != std::string::npos) {
            co_return PageAnswer{.kind = PageAnswer::Kind::disallowed};
        }
        auto response = co_await client_.send(std::move(request));
        if (!response) {
            co_return PageAnswer{.error = response.error()};
        }
        co_return PageAnswer{.kind = PageAnswer::Kind::answered, .response = std::move(*response)};
    }

    Task<Permission> permission(std::string, RobotsReading) override { co_return Permission::allowed; }

    bool stopping = false;

  private:
    http::Client& client_;
};

RssItem teaser(std::string const& name) {
    return {.guid = "guid-" + name,
            .title = "Travellers reach pass " + name,
            .link = "https://news.example/" + name,
            .text = "What the travellers saw when they came over the mountain pass called " + name + "."};
}

class FullTextTest : public PassTest {
  protected:
    FullTextTest() { pages_ = &plain_pages_; }

    void want(config::FullText mode, config::FeedOptions options = {}) {
        options.full_text = mode;
        add_feed(kFeed, options);
    }
    static http::Response page_of(std::string const& name, int paragraphs = 6) {
        http::Response response;
        response.fields.set("Content-Type", "text/html");
        response.body =
            "<title>Travellers reach pass " + name + "</title><article><h1>Travellers reach pass " + name +
            "</h1><p>What the travellers saw when they came over the mountain pass called " + name + ".</p>";
        for (int i = 0; i < paragraphs; ++i) {
            response.body +=
                "<p>Number " + std::to_string(i) + " of them tells at length what happened then.</p>";
        }
        return response;
    }
    void serve(std::string const& name) { client_.answer("https://news.example/" + name, page_of(name)); }

    /// Paths of the pages asked for, in order.
    Names asked() const {
        Names paths;
        for (auto const& request : client_.requests()) {
            if (request.url != kFeed) {
                paths.push_back(request.url.substr(request.url.find('/', 8) + 1));
            }
        }
        return paths;
    }
    Names bodies() {
        Names all;
        for (auto const& record : records()) {
            all.push_back(text(record, "body_from"));
        }
        return all;
    }

    PlainPages plain_pages_{client_};
};

TEST_F(FullTextTest, ThePageTakesThePlaceOfTheBody) {
    want(config::FullText::always);
    serve("a");

    auto const report = read({teaser("a")});

    ASSERT_EQ(records().size(), 1u);
    EXPECT_EQ(bodies(), (Names{"page"}));
    EXPECT_THAT(text(records()[0], "content_text"), HasSubstr("Number 5 of them tells"));
    EXPECT_EQ(report.fresh, 1u);
    EXPECT_EQ(report.pages, 1u);
}

TEST_F(FullTextTest, WhatTheFeedSaidStaysTheFingerprint) {
    serve("a");
    want(config::FullText::never);
    read({teaser("a")});
    settings_.feeds = {};
    want(config::FullText::always);
    reload();

    read({teaser("a")});

    EXPECT_EQ(records().size(), 1u);
    EXPECT_THAT(asked(), IsEmpty());
}

TEST_F(FullTextTest, AnUpdateGetsItsPageAgain) {
    want(config::FullText::always);
    serve("a");
    read({teaser("a")});
    auto changed = teaser("a");
    changed.text += " And what they did then.";

    read({changed});

    EXPECT_EQ(asked(), (Names{"a", "a"}));
    EXPECT_EQ(bodies(), (Names{"page", "page"}));
}

TEST_F(FullTextTest, NoPageIsAskedForWhatIsNoNews) {
    want(config::FullText::always);
    settings_.rules = {{.conditions = {{.field = "title", .values = {"pass ad"}}}, .text = "drop: …"}};
    serve("a");
    read({teaser("a")});
    auto renamed = teaser("a");
    renamed.guid = "another guid";

    read({renamed, teaser("ad")});

    EXPECT_EQ(asked(), (Names{"a"}));
    EXPECT_EQ(records().size(), 1u);
    EXPECT_THAT(explained("https://news.example/ad"), HasSubstr("dropped by rule 1"));
}

TEST_F(FullTextTest, ARuleOnTheTextSeesThePage) {
    want(config::FullText::always);
    settings_.rules = {{.conditions = {{.field = "text", .values = {"Number 5"}}}, .text = "drop: …"}};
    serve("a");

    read({teaser("a")});

    EXPECT_EQ(asked(), (Names{"a"}));
    EXPECT_THAT(records(), IsEmpty());
}

TEST_F(FullTextTest, AFirstPollThatLeavesItemsOutAsksForNoPages) {
    want(config::FullText::always, {.first_poll = {.kind = config::FirstPoll::Kind::newest, .count = 1}});
    serve("a");
    serve("b");

    read({teaser("b"), teaser("a")});

    EXPECT_EQ(asked(), (Names{"b"}));
}

TEST_F(FullTextTest, AFailureCostsThePageNotTheArticle) {
    want(config::FullText::always);
    client_.answer("https://news.example/a", http::errc::silence);
    client_.answer("https://news.example/b", http::Response{.status = 500});

    read({teaser("b"), teaser("a")});
    read({teaser("b"), teaser("a")});

    EXPECT_EQ(bodies(), (Names{"feed", "feed"}));
    EXPECT_EQ(asked().size(), 2u) << "and it is not told again when the page works later";
    EXPECT_THAT(explained("https://news.example/a"),
                HasSubstr("body: from the feed: its page did not come: "));
    EXPECT_THAT(explained("https://news.example/b"), HasSubstr("an error page (status 500)"));
}

TEST_F(FullTextTest, AHostThatAsksForPeaceGetsIt) {
    want(config::FullText::always);
    std::vector<RssItem> items;
    for (int i = 0; i < 40; ++i) {
        auto const name = "n" + std::to_string(i);
        items.push_back(teaser(name));
        client_.answer("https://news.example/" + name, http::Response{.status = 429});
    }

    read(items);

    EXPECT_LE(asked().size(), 4u);
    EXPECT_EQ(records().size(), 40u);
}

TEST_F(FullTextTest, WhatRobotsTxtForbidsKeepsTheFeedsBody) {
    want(config::FullText::always);

    read({teaser("private/a")});

    EXPECT_EQ(bodies(), (Names{"feed"}));
    EXPECT_THAT(explained("https://news.example/private/a"), HasSubstr("robots.txt does not allow"));
}

TEST_F(FullTextTest, RedirectsAreFollowedButNotForEver) {
    want(config::FullText::always);
    auto const to = [](std::string const& target) {
        http::Response response{.status = 301};
        response.fields.set("Location", target);
        return response;
    };
    client_.answer("https://news.example/a", to("/real/a?utm_source=feed"));
    client_.answer("https://news.example/real/a?utm_source=feed", page_of("a"));
    client_.answer("https://news.example/b", to("/b"));

    read({teaser("b"), teaser("a")});

    ASSERT_EQ(bodies(), (Names{"page", "feed"}));
    EXPECT_EQ(text(records()[0], "url"), "https://news.example/real/a");
    EXPECT_LE(asked().size(), 8u);
    EXPECT_THAT(explained("https://news.example/real/a"),
                HasSubstr("from its page https://news.example/real/a"));
    EXPECT_THAT(explained("https://news.example/a"), HasSubstr("from its page https://news.example/real/a"));
}

TEST_F(FullTextTest, ManyArticlesComeInOrderAndThePollEndsBehindThem) {
    want(config::FullText::always);
    std::vector<RssItem> items;
    Names expected;
    for (int i = 0; i < 30; ++i) {
        auto const name = "n" + std::to_string(i);
        serve(name);
        items.insert(items.begin(), teaser(name));
        expected.push_back("Travellers reach pass " + name);
    }

    auto const report = read(items);

    EXPECT_EQ(titles(), expected);
    EXPECT_EQ(report.pages, 30u);
    EXPECT_EQ(report.fresh, 30u);
    EXPECT_EQ(bodies(), Names(30, "page"));
}

TEST_F(FullTextTest, ThePollsPartsSurviveTheEndOfTheDaemon) {
    want(config::FullText::always);
    std::vector<RssItem> items;
    for (int i = 0; i < 30; ++i) {
        auto const name = "n" + std::to_string(i);
        serve(name);
        items.insert(items.begin(), teaser(name));
    }
    // The daemon is told to stop while the third part is written.
    int commits = 0;
    disk_.script([&](auto operation, auto) {
        if (operation == storage::Operation::commit && ++commits == 3) {
            plain_pages_.stopping = true;
        }
        return storage::Fault::none;
    });
    read(items);
    auto const told_before = told().size();
    EXPECT_EQ(told_before, 24u);
    std::vector<FeedId> const ids{plan()->feeds().id(0)};
    EXPECT_TRUE(run(store_->feeds(ids)).value().front().state.empty()) << "the poll is not over";

    plain_pages_.stopping = false;
    read(items);

    EXPECT_EQ(records().size(), 30u);
    EXPECT_EQ(bodies(), Names(30, "page"));
    EXPECT_EQ(asked().size(), 30u) << "what was told is not asked for again";
}

TEST_F(FullTextTest, TheNewestOfTooManyGetTheirPages) {
    want(config::FullText::always);
    settings_.fetch.host_delay = milliseconds{0};
    std::vector<RssItem> items;
    for (std::size_t i = 0; i < kMaxPages + 10; ++i) {
        auto const name = "n" + std::to_string(i);
        serve(name);
        items.insert(items.begin(), teaser(name));
    }

    read(items);

    auto const from = bodies();
    EXPECT_EQ(std::count(from.begin(), from.begin() + 10, "feed"), 10);
    EXPECT_EQ(std::count(from.begin() + 10, from.end(), "page"), std::ptrdiff_t(kMaxPages));
    EXPECT_THAT(explained("https://news.example/n0"), HasSubstr("too many new articles"));
}

TEST_F(FullTextTest, AutoTellsTeasersFromArticles) {
    want(config::FullText::when_teaser);
    std::vector<RssItem> items;
    for (auto const* const name : {"f", "e", "d", "c", "b", "a"}) {
        serve(name);
        items.push_back(teaser(name));
    }
    auto long_one = teaser("long");
    long_one.text = test::long_text("long") + test::long_text("longer") + test::long_text("longest") +
                    test::long_text("more") + test::long_text("still more");
    items.push_back(long_one);

    read(items);

    EXPECT_EQ(bodies(), (Names{"feed", "page", "page", "page", "page", "page", "page"}));
    EXPECT_THAT(explained(kFeed), HasSubstr("its bodies are teasers"));
    EXPECT_THAT(explained("https://news.example/long"),
                HasSubstr("it is whole, though the feed has teasers"));
}

TEST_F(FullTextTest, AutoLeavesWholeArticlesAlone) {
    want(config::FullText::when_teaser);
    auto whole = teaser("a");
    for (auto const* const part : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
        whole.text += test::long_text(part);
    }

    read({whole});

    EXPECT_THAT(asked(), IsEmpty());
    EXPECT_THAT(explained(kFeed), HasSubstr("its bodies are whole articles"));
}

TEST_F(FullTextTest, SecretsStayWithTheFeedsOrigin) {
    want(config::FullText::always,
         {.username = "me", .password = "secret", .headers = {{"X-Token", "hush"}}});
    serve("a");
    client_.answer("https://other.example/b", page_of("b"));
    auto elsewhere = teaser("b");
    elsewhere.link = "https://other.example/b";

    read({elsewhere, teaser("a")});

    for (auto const& request : client_.requests()) {
        auto const own = request.url.starts_with("https://news.example/");
        EXPECT_EQ(request.password, own ? "secret" : "") << request.url;
        EXPECT_EQ(request.fields.has("X-Token"), own) << request.url;
    }
}

}  // namespace
}  // namespace newswired::daemon

// The page desk: robots.txt, turns, and hosts that ask for peace.

#include "daemon/polling/page_desk.hpp"
#include "core/hash.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace newswired::daemon {
namespace {

using Kind = PageAnswer::Kind;
using testing::ElementsAre;

std::string const kSite = "https://news.example";

class PageDeskTest : public testing::Test {
  protected:
    ~PageDeskTest() override {
        turns_.stop();
        let(seconds{1});
    }

    /// Asks, and tells what came of it within `span`; nothing when it still waits.
    void ask(std::string const& url) {
        auto const number = answers_.size();
        answers_.emplace_back();
        asking_.spawn(note(kSite + url, number));
    }
    Task<void> note(std::string url, std::size_t number) {
        http::Request request{.url = std::move(url)};
        auto answer = co_await desk_.ask(std::move(request));
        answers_[number] = answer.kind;
    }
    void let(milliseconds span) {
        auto const end = clock_.steady_now() + span;
        clock_.run(context_, span);
        clock_.advance(std::chrono::ceil<milliseconds>(end - clock_.steady_now()));
        clock_.run(context_, milliseconds{0});
    }
    Kind ask_now(std::string const& url) {
        ask(url);
        let(seconds{10});
        return answers_.back().value();
    }
    void say(std::string const& url, std::string body, std::uint16_t status = 200) {
        http::Response response{.status = status};
        response.body = std::move(body);
        client_.answer(kSite + url, response);
    }
    std::size_t asked(std::string const& url) const {
        std::size_t count = 0;
        for (auto const& request : client_.requests()) {
            count += request.url == kSite + url ? 1 : 0;
        }
        return count;
    }

    test::FakeClock clock_;
    test::ScriptedClient client_;
    std::vector<std::optional<Kind>> answers_;
    boost::asio::io_context context_{1};
    Schedule schedule_{{.connections = 1, .delay = seconds{1}}, clock_.steady_now(), [](auto) { return 0; }};
    Turns turns_{schedule_, clock_, 16, [] {}};
    PageDesk desk_{context_.get_executor(), client_, clock_, turns_, "newswired"};
    TaskGroup asking_{context_.get_executor()};
};

TEST_F(PageDeskTest, ReadsRobotsTxtOnceADay) {
    say("/robots.txt", "User-agent: *\nDisallow: /private");
    say("/a", "a");
    say("/b", "b");

    EXPECT_EQ(ask_now("/a"), Kind::answered);
    EXPECT_EQ(ask_now("/b"), Kind::answered);
    EXPECT_EQ(ask_now("/private/c"), Kind::disallowed);
    EXPECT_EQ(asked("/robots.txt"), 1u);
    EXPECT_EQ(asked("/private/c"), 0u);

    let(std::chrono::hours{25});
    EXPECT_EQ(ask_now("/a"), Kind::answered);
    EXPECT_EQ(asked("/robots.txt"), 2u);
}

TEST_F(PageDeskTest, AllWhoComeAtOnceWaitForOneReading) {
    say("/robots.txt", "", 404);
    for (auto const* const url : {"/a", "/b", "/c"}) {
        say(url, url);
        ask(url);
    }
    let(seconds{10});

    EXPECT_THAT(answers_, ElementsAre(Kind::answered, Kind::answered, Kind::answered));
    EXPECT_EQ(asked("/robots.txt"), 1u);
}

TEST_F(PageDeskTest, RequestsToAHostKeepTheirDistance) {
    say("/robots.txt", "", 404);
    for (auto const* const url : {"/a", "/b", "/c", "/d"}) {
        say(url, url);
        ask(url);
    }
    let(milliseconds{2'500});

    EXPECT_EQ(client_.requests().size(), 3u) << "robots.txt and two pages";
    let(seconds{10});
    EXPECT_EQ(client_.requests().size(), 5u);
}

TEST_F(PageDeskTest, ASiteThatCannotSayIsAskedLater) {
    say("/robots.txt", "", 503);
    say("/a", "a");

    EXPECT_EQ(ask_now("/a"), Kind::disallowed);
    EXPECT_EQ(ask_now("/a"), Kind::disallowed);
    EXPECT_EQ(asked("/robots.txt"), 1u);

    say("/robots.txt", "");
    let(std::chrono::minutes{20});
    EXPECT_EQ(ask_now("/a"), Kind::answered);
}

TEST_F(PageDeskTest, WhatASiteSaidHoldsWhileItCannotSpeak) {
    say("/robots.txt", "User-agent: newswired\nDisallow: /b");
    say("/a", "a");
    ASSERT_EQ(ask_now("/a"), Kind::answered);
    client_.answer(kSite + "/robots.txt", http::errc::silence);
    let(std::chrono::hours{25});

    EXPECT_EQ(ask_now("/a"), Kind::answered);
    EXPECT_EQ(ask_now("/b"), Kind::disallowed);
}

TEST_F(PageDeskTest, AHostThatAsksForPeaceGetsIt) {
    say("/robots.txt", "", 404);
    http::Response busy{.status = 429};
    busy.fields.set("Retry-After", "600");
    client_.answer(kSite + "/a", busy);
    say("/b", "b");

    EXPECT_EQ(ask_now("/a"), Kind::answered);
    EXPECT_EQ(ask_now("/b"), Kind::resting);
    EXPECT_EQ(asked("/b"), 0u);
    let(seconds{600});
    EXPECT_EQ(ask_now("/b"), Kind::answered);
}

TEST_F(PageDeskTest, TheSamePageIsAskedOnceInAWhile) {
    say("/robots.txt", "", 404);
    say("/a", "a");
    ask("/a");
    ask("/a");
    let(seconds{10});

    EXPECT_THAT(answers_, ElementsAre(Kind::answered, Kind::answered));
    EXPECT_EQ(asked("/a"), 1u);
    let(std::chrono::minutes{6});
    EXPECT_EQ(ask_now("/a"), Kind::answered);
    EXPECT_EQ(asked("/a"), 2u);
}

TEST_F(PageDeskTest, WhoIsCancelledGivesUpHisPlace) {
    say("/robots.txt", "", 404);
    say("/a", "a");
    say("/b", "b");
    ASSERT_EQ(ask_now("/a"), Kind::answered);
    schedule_.pause_host(xxh3("news.example"), clock_.steady_now() + seconds{60});
    ask("/b");
    let(seconds{1});

    asking_.cancel();
    let(seconds{1});
    EXPECT_EQ(asking_.size(), 0u);
    let(seconds{100});
    EXPECT_EQ(asked("/b"), 0u);
    EXPECT_EQ(ask_now("/b"), Kind::answered);
}

TEST_F(PageDeskTest, NobodyWaitsForAPollerThatStops) {
    say("/robots.txt", "", 404);
    say("/a", "a");
    ASSERT_EQ(ask_now("/a"), Kind::answered);
    schedule_.pause_host(xxh3("news.example"), clock_.steady_now() + seconds{60});
    ask("/b");
    let(seconds{1});

    turns_.stop();
    let(milliseconds{0});

    EXPECT_EQ(answers_.back(), Kind::stopping);
}

}  // namespace
}  // namespace newswired::daemon

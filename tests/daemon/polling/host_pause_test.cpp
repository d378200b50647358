// A host that asked for peace has it from all of its feeds, also from a daemon that starts anew.

#include "daemon/polling/assignments.hpp"
#include "tests/daemon/polling/poller_test.hpp"

namespace newswired::daemon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class HostPauseTest : public PollerTest {
  protected:
    static inline std::string const kTold = "https://a.example/told";
    static inline std::string const kSibling = "https://a.example/sibling";
    static inline std::string const kOther = "https://b.example/other";

    /// Asks kTold alone, which answers so; the daemon dies then, and `sibling` and kOther have never been
    /// asked.
    void end_with(http::Response const& response, std::string const& sibling = kSibling) {
        client_.answer(kTold, response);
        add_feed(kTold, every_ten_minutes(), "told");
        pass_over();
        serve(sibling);
        serve(kOther);
        reload();
    }
    /// What kTold answers from now on.
    void recover() {
        http::Response response;
        response.body = test::rss({test::article("told")});
        client_.answer(kTold, response);
    }
    static http::Response too_many(std::string const& how_long) {
        http::Response response{.status = 429};
        response.fields.set("Retry-After", how_long);
        return response;
    }
    static config::FeedOptions every_ten_minutes() {
        config::FeedOptions options;
        options.interval = minutes{10};
        return options;
    }
    void start_anew(PollMode mode = PollMode::keep_going) {
        auto const assigned = run(assign(*store_, plan(), 1, mode, clock_.now())).value();
        prepare(mode);
        poller_->adopt(plan(), assigned.at(0));
        running_.emplace(context_->get_executor());
        running_->spawn(poller_->run());
        let(milliseconds{0});
    }
};

TEST_F(HostPauseTest, HoldsForItsOtherFeedsOverARestartAndThenEnds) {
    end_with(too_many("14400"));  // four hours, of which pass_over() lets one go by
    start_anew();

    auto const rest = poller_->host_rests_until(host_hash(kSibling)) - clock_.now();
    EXPECT_GT(rest, minutes{170});
    EXPECT_LE(rest, minutes{200});
    EXPECT_LE(poller_->host_rests_until(host_hash(kOther)),
              clock_.now() + plan()->settings().fetch.host_delay);

    let(minutes{170});
    EXPECT_EQ(asked()[kSibling], 0);
    EXPECT_GE(asked()[kOther], 15) << "another host has nothing to do with it";

    let(minutes{30});
    EXPECT_GE(asked()[kSibling], 1);
    EXPECT_EQ(asked()[kTold], 2);
}

TEST_F(HostPauseTest, ThatIsOverHoldsUpNobody) {
    end_with(too_many("1800"));
    recover();
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()[kSibling], 1);
}

TEST_F(HostPauseTest, EndsWithWhatTheFeedIsToldNext) {
    end_with(too_many("1800"));
    client_.answer(kTold, http::Response{.status = 500});
    pass_over();
    clock_.jump(-minutes{59});
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()[kSibling], 1);
}

TEST_F(HostPauseTest, IsOnlyWhatTheHostAskedFor) {
    http::Response unwell{.status = 503};
    unwell.fields.set("Retry-After", "14400");
    end_with(unwell);
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()[kSibling], 1) << "one resource is unwell, says a 503";
    EXPECT_EQ(asked()[kTold], 1);
}

TEST_F(HostPauseTest, IsNoLongerThanTheOperatorNowGrants) {
    end_with(too_many("604800"));
    settings_.feeds = {};
    auto options = every_ten_minutes();
    options.max_server_delay = hours{2};
    add_feed(kTold, options, "told");
    serve(kSibling);
    reload();
    start_anew();

    let(minutes{115});
    EXPECT_EQ(asked()[kSibling], 0);
    let(minutes{6});
    EXPECT_EQ(asked()[kSibling], 1);
}

TEST_F(HostPauseTest, OfAClockThatWasFarAheadIsNone) {
    clock_.jump(hours{24 * 365 * 10});
    end_with(too_many("14400"));
    clock_.jump(-hours{24 * 365 * 10});
    recover();
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()[kSibling], 1);
}

TEST_F(HostPauseTest, DoesNotFollowAFeedToItsNewHost) {
    end_with(too_many("14400"), "https://new.example/sibling");
    settings_.feeds = {};
    add_feed("https://new.example/told", every_ten_minutes(), "told");
    serve("https://new.example/sibling");
    reload();
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()["https://new.example/sibling"], 1);
}

TEST_F(HostPauseTest, IsNotWaitedForByWhoAsksOnce) {
    end_with(too_many("14400"));
    start_anew(PollMode::once);

    let(seconds{10});

    EXPECT_TRUE(has_ended());
    EXPECT_EQ(asked()[kSibling], 0);
    EXPECT_EQ(asked()[kTold], 1);
    EXPECT_EQ(asked()[kOther], 1);
}

TEST_F(HostPauseTest, ThatBeginsWhileEveryFeedIsAskedOnceIsNotWaitedFor) {
    client_.answer(kTold, too_many("14400"));
    add_feed(kTold, every_ten_minutes());
    serve(kSibling);
    serve(kOther);
    start(PollMode::once);

    let(seconds{10});

    EXPECT_TRUE(has_ended());
    EXPECT_EQ(asked()[kSibling], 0);
    EXPECT_EQ(asked()[kOther], 1);
}

// As earlier programs kept it: the feed that was told waits, and of its host nothing is known.
TEST_F(HostPauseTest, IsNotKnownToAStateOfEarlierPrograms) {
    end_with(too_many("14400"));
    std::vector<FeedId> const ids{plan()->feeds().id(0)};
    auto state = feeds::decode_feed_state(run(store_->feeds(ids)).value().front().state);
    state.host_waits = false;
    storage::PollCommit earlier{
        .feed = ids[0], .at = clock_.now(), .next_poll = state.next_poll, .state = feeds::encode(state)};
    ASSERT_TRUE(run(store_->commit(std::move(earlier))).has_value());
    start_anew();

    let(minutes{1});

    EXPECT_EQ(asked()[kSibling], 1);
    EXPECT_EQ(asked()[kTold], 1);
}

}  // namespace
}  // namespace newswired::daemon

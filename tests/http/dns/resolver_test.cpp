#include "http/dns/resolver.hpp"

#include "http/client.hpp"
#include "http/dns/lookup_threads.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/task_runner.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace newswired::http {
namespace {

class ResolverTest : public testing::Test {
  protected:
    Result<Addresses> resolve(std::string const& host) {
        if (auto known = resolver_.known(host)) {
            return *known;
        }
        WakeUp wake_up{runner_.context().get_executor()};
        return runner_.run(resolver_.resolve(host, wake_up));
    }
    Result<Addresses> look_up(std::string const&) {
        ++lookups_;
        return answer_;
    }

    Result<Addresses> answer_{Addresses{boost::asio::ip::make_address("192.0.2.1")}};
    std::atomic<int> lookups_{0};
    test::FakeClock clock_;
    test::TaskRunner runner_;
    std::shared_ptr<LookupThreads> threads_ =
        std::make_shared<LookupThreads>([this](std::string const& host) { return look_up(host); });
    Resolver resolver_{runner_.context().get_executor(), threads_, clock_};
};

TEST_F(ResolverTest, KnowsLiteralsWithoutAsking) {
    EXPECT_EQ(resolve("192.0.2.9")->front().to_string(), "192.0.2.9");
    EXPECT_EQ(resolve("[2001:db8::1]")->front().to_string(), "2001:db8::1");
    EXPECT_EQ(lookups_, 0);
}

TEST_F(ResolverTest, KeepsAnswersForAMinute) {
    ASSERT_TRUE(resolve("a.example").has_value());
    clock_.advance(seconds{59});
    ASSERT_TRUE(resolve("a.example").has_value());
    EXPECT_EQ(lookups_, 1);

    clock_.advance(seconds{2});
    ASSERT_TRUE(resolve("a.example").has_value());
    EXPECT_EQ(lookups_, 2);
}

TEST_F(ResolverTest, FallsBackToTheLastGoodAnswerWhileDnsFails) {
    ASSERT_TRUE(resolve("a.example").has_value());
    clock_.advance(seconds{61});
    answer_ = errc::name_lookup_failed;

    EXPECT_EQ(resolve("a.example")->front().to_string(), "192.0.2.1");
    EXPECT_EQ(resolve("b.example").error(), errc::name_lookup_failed);
}

TEST_F(ResolverTest, BelievesThatANameIsGone) {
    ASSERT_TRUE(resolve("a.example").has_value());
    clock_.advance(seconds{61});
    answer_ = errc::name_not_found;

    EXPECT_EQ(resolve("a.example").error(), errc::name_not_found);
}

TEST_F(ResolverTest, ForgetsFailuresSoon) {
    answer_ = errc::name_lookup_failed;
    ASSERT_FALSE(resolve("a.example").has_value());
    EXPECT_FALSE(resolve("a.example").has_value());
    EXPECT_EQ(lookups_, 1);

    clock_.advance(seconds{6});
    EXPECT_FALSE(resolve("a.example").has_value());
    EXPECT_EQ(lookups_, 2);
}

// A lookup that answers at once, with a TTL.
class HoldingAnswers final : public NameLookup {
  public:
    void look_up(std::string, std::weak_ptr<void>, Done done) override {
        ++lookups;
        done(NameAnswer{.addresses = {boost::asio::ip::make_address("192.0.2.1")}, .ttl = ttl});
    }
    seconds ttl{300};
    int lookups = 0;
};

TEST(ResolverTtl, KeepsAnswersAsLongAsTheyHoldWithinBounds) {
    struct Row {
        seconds ttl;
        seconds kept;
    };
    for (auto const& row : {Row{seconds{300}, seconds{300}}, Row{seconds{0}, seconds{10}},
                            Row{seconds{1'000'000}, seconds{3'600}}}) {
        test::FakeClock clock;
        test::TaskRunner runner;
        auto const lookup = std::make_shared<HoldingAnswers>();
        lookup->ttl = row.ttl;
        Resolver resolver{runner.context().get_executor(), lookup, clock};
        WakeUp wake_up{runner.context().get_executor()};
        ASSERT_TRUE(runner.run(resolver.resolve("a.example", wake_up)).has_value());

        clock.advance(row.kept - seconds{1});
        EXPECT_TRUE(resolver.known("a.example").has_value()) << row.ttl.count();
        clock.advance(seconds{2});
        EXPECT_FALSE(resolver.known("a.example").has_value()) << row.ttl.count();
        EXPECT_EQ(lookup->lookups, 1);
    }
}

TEST(SystemLookup, KnowsTheLocalHost) {
    auto const addresses = system_lookup("localhost");

    ASSERT_TRUE(addresses.has_value());
    EXPECT_TRUE(addresses->front().is_loopback());
}

}  // namespace
}  // namespace newswired::http

#include "http/dns/dns.hpp"

#include "http/client.hpp"
#include "tests/support/dns_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

namespace newswired::http {
namespace {

using test::DnsServer;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class DnsTest : public testing::Test {
  protected:
    Result<NameAnswer> ask(std::string host) { return ask(dns_, std::move(host)); }
    Result<NameAnswer> ask(Dns& dns, std::string host) {
        std::promise<Result<NameAnswer>> promise;
        auto answered = promise.get_future();
        auto const wanted = std::make_shared<int>();
        dns.look_up(std::move(host), wanted,
                    [&](Result<NameAnswer> answer) { promise.set_value(std::move(answer)); });
        return answered.get();
    }
    std::vector<std::string> addresses(std::string host) { return addresses(dns_, std::move(host)); }
    std::vector<std::string> addresses(Dns& dns, std::string host) {
        auto const answer = ask(dns, std::move(host));
        std::vector<std::string> texts;
        for (auto const& address : answer ? answer->addresses : Addresses{}) {
            texts.push_back(address.to_string());
        }
        return texts;
    }

    static constexpr seconds kEver{60};  // no busy machine makes one of it

    DnsServer server_;
    // For what is answered, and for what is not.
    Dns dns_{server_.address(), {.timeout = kEver, .other_family = kEver}};
    Dns impatient_{server_.address(), {.timeout = milliseconds{100}, .tries = 2}};
};

TEST_F(DnsTest, BringsTheAddressesOfBothFamiliesAndTheShortestTtl) {
    server_.answer("news.example", {.records = {DnsServer::a("news.example", "192.0.2.1", 300),
                                                DnsServer::a("news.example", "192.0.2.2", 200),
                                                DnsServer::aaaa("news.example", "2001:db8::1", 100)}});

    auto const answer = ask("news.example");

    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->ttl, seconds{100});
    EXPECT_THAT(addresses("news.example"), UnorderedElementsAre("192.0.2.1", "192.0.2.2", "2001:db8::1"));
}

TEST_F(DnsTest, FollowsAChainOfNames) {
    server_.answer("www.example.com", {.records = {DnsServer::cname("www.example.com", "a.cdn.example", 500),
                                                   DnsServer::cname("a.cdn.example", "b.cdn.example", 20),
                                                   DnsServer::a("b.cdn.example", "192.0.2.3", 300)}});

    auto const answer = ask("www.example.com");

    ASSERT_TRUE(answer.has_value());
    EXPECT_THAT(addresses("www.example.com"), ElementsAre("192.0.2.3"));
    EXPECT_LE(answer->ttl, seconds{20}) << "a link of the chain may point elsewhere by then";
}

TEST_F(DnsTest, TellsWhatIsNotThereFromWhatFails) {
    server_.answer("nothing.example", {});
    server_.answer("failing.example", {.code = DnsServer::kServerFailure});
    server_.answer("refused.example", {.code = DnsServer::kRefused});
    server_.answer("silent.example", {.silent = true});

    EXPECT_EQ(ask("gone.example").error(), errc::name_not_found);
    EXPECT_EQ(ask("nothing.example").error(), errc::name_not_found);
    EXPECT_EQ(ask("failing.example").error(), errc::name_lookup_failed);
    EXPECT_EQ(ask("refused.example").error(), errc::name_lookup_failed);
    EXPECT_EQ(ask(impatient_, "silent.example").error(), errc::name_lookup_failed);
    EXPECT_EQ(server_.questions("silent.example", DnsServer::kA), 2) << "tried twice";
}

TEST_F(DnsTest, CallsNoNameGoneOfWhichOneFamilyFailed) {
    server_.answer("half.example", DnsServer::kA, {.code = DnsServer::kServerFailure});
    server_.answer("half.example", DnsServer::kAaaa, {});

    EXPECT_EQ(ask("half.example").error(), errc::name_lookup_failed);
}

TEST_F(DnsTest, DoesNotWaitForTheFamilyThatIsNotAnswered) {
    auto const address = DnsServer::a("four.example", "192.0.2.4", 60);
    server_.answer("four.example", DnsServer::kA, {.records = {address}});
    Dns patient{server_.address(), {.timeout = kEver, .other_family = milliseconds{20}}};
    for (auto const& answer :
         {DnsServer::Answer{.silent = true}, DnsServer::Answer{.code = DnsServer::kServerFailure},
          DnsServer::Answer{.code = DnsServer::kNoSuchName}}) {
        server_.answer("four.example", DnsServer::kAaaa, answer);
        auto const start = std::chrono::steady_clock::now();

        EXPECT_THAT(addresses(patient, "four.example"), ElementsAre("192.0.2.4"));
        EXPECT_LT(std::chrono::steady_clock::now() - start, kEver);
    }
}

TEST_F(DnsTest, AsksOverTcpForWhatIsTooLong) {
    DnsServer::Answer answer{.truncated = true, .piece = 3};
    for (int i = 1; i <= 60; ++i) {
        answer.records.push_back(DnsServer::a("many.example", ("192.0.2." + std::to_string(i)).c_str()));
    }
    server_.answer("many.example", answer);

    EXPECT_EQ(addresses("many.example").size(), 60u);
    EXPECT_GE(server_.tcp_questions(), 1);
}

TEST_F(DnsTest, BelievesNoAnswerToAnotherQuestion) {
    auto const lie = DnsServer::a("victim.example", "192.0.2.66");
    server_.answer("victim.example", {.records = {lie}, .about = "other.example"});
    EXPECT_EQ(ask(impatient_, "victim.example").error(), errc::name_lookup_failed);

    server_.answer("victim.example", {.records = {lie}, .id_offset = 1});
    EXPECT_EQ(ask(impatient_, "victim.example").error(), errc::name_lookup_failed);
}

TEST_F(DnsTest, AsksForManyNamesAtOnce) {
    constexpr int kNames = 3'000;  // more than are asked for at a time
    std::atomic<int> left{kNames};
    std::atomic<int> found{0};
    std::promise<void> all;
    auto const wanted = std::make_shared<int>();
    Dns dns{server_.address(), {.tries = 6}};  // a kernel that is short of room may lose some
    for (int i = 0; i < kNames; ++i) {
        auto const name = "n" + std::to_string(i) + ".example";
        server_.answer(name, {.records = {DnsServer::a(name, "192.0.2.1")}});
    }
    for (int i = 0; i < kNames; ++i) {
        dns.look_up("n" + std::to_string(i) + ".example", wanted, [&](Result<NameAnswer> answer) {
            found += answer ? 1 : 0;
            if (--left == 0) {
                all.set_value();
            }
        });
    }
    all.get_future().get();

    EXPECT_EQ(found, kNames) << "no more are under way than a socket's buffer holds";
}

TEST_F(DnsTest, EndsWhileAQuestionIsUnanswered) {
    server_.answer("silent.example", {.silent = true});
    auto const wanted = std::make_shared<int>();
    std::atomic<int> calls{0};
    {
        Dns dns{server_.address()};
        dns.look_up("silent.example", wanted, [&](Result<NameAnswer> const&) { ++calls; });
        while (server_.questions("silent.example", DnsServer::kA) == 0) {
            std::this_thread::yield();
        }
    }

    EXPECT_EQ(calls, 1);
}

}  // namespace
}  // namespace newswired::http

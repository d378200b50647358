#include "daemon/delivery/deliveries.hpp"

#include "core/worker_pool.hpp"
#include "daemon/delivery/outbox_keeper.hpp"
#include "http/client.hpp"
#include "tests/daemon/delivery/delivery_test.hpp"
#include "tests/support/scripted_client.hpp"

#include <boost/json.hpp>

#include <map>

namespace newswired::daemon {
namespace {

using storage::Fault;
using storage::Operation;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class DeliveriesTest : public OutboxTest {
  protected:
    explicit DeliveriesTest(storage::MemoryOptions options = {}) : OutboxTest{options} { make(); }
    ~DeliveriesTest() override { stop(); }

    void make() {
        auto factory = [this](config::Sink const& settings, sinks::Services) -> std::unique_ptr<sinks::Sink> {
            if (settings.type != "scripted") {
                return nullptr;
            }
            return std::make_unique<test::ScriptedSink>(scripts_[settings.name], clock_);
        };
        deliveries_.emplace(
            context_.get_executor(), *store_,
            sinks::Services{.client = client_, .workers = workers_, .clock = clock_, .log = "log"}, factory);
    }
    void stop() {
        if (deliveries_) {
            deliveries_->cancel();
            wait();
            deliveries_.reset();
        }
    }
    /// As a process that ends, whatever it was doing, and starts again on the same state.
    void restart(std::vector<std::string> const& sinks) {
        stop();
        open_store();
        make();
        apply(sinks);
    }
    void wait() {
        TaskGroup waiting{context_.get_executor()};
        waiting.spawn(deliveries_->wait());
        let(milliseconds{0});
        EXPECT_EQ(waiting.size(), 0u);
    }
    void apply(std::vector<std::string> const& sinks, std::string const& url = {}) {
        config::Settings settings;
        for (auto const& name : sinks) {
            settings.sinks.push_back({.name = name,
                                      .type = "scripted",
                                      .url = url,
                                      .retry = {.base = milliseconds{500}, .max = milliseconds{60'000}}});
        }
        Plan const plan{std::move(settings)};
        TaskGroup applying{context_.get_executor()};
        applying.spawn(deliveries_->apply(plan));
        let(seconds{5});
        EXPECT_EQ(applying.size(), 0u);
    }

    std::map<std::string, test::SinkScript> scripts_;
    test::ScriptedClient client_;
    WorkerPool workers_{1};
    std::optional<Deliveries> deliveries_;
};

TEST_F(DeliveriesTest, EverySinkHasItsOwnPace) {
    scripts_["slow"].slowness = seconds{10};
    apply({"fast", "slow"});
    publish(1);
    let(milliseconds{0});
    publish(1);
    let(milliseconds{0});
    EXPECT_THAT(scripts_["fast"].seqs(), ElementsAre(1, 2));
    EXPECT_THAT(scripts_["slow"].seqs(), IsEmpty());

    let(seconds{20});

    EXPECT_THAT(scripts_["slow"].seqs(), ElementsAre(1, 2));
}

TEST_F(DeliveriesTest, AFailingSinkHoldsUpNoOther) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    apply({"dead", "alive"});
    for (int i = 0; i < 20; ++i) {
        publish(1);
        let(seconds{1});
    }

    EXPECT_THAT(scripts_["alive"].seqs(), ElementsAreArray(numbers(1, 20)));
    EXPECT_EQ(stored("dead").seq, 0u);
    scripts_["dead"].refusals = 0;
    let(std::chrono::minutes{2});
    EXPECT_THAT(scripts_["dead"].seqs(), ElementsAreArray(numbers(1, 20)));
}

TEST_F(DeliveriesTest, ANewSinkBeginsBehindTheNewestArticle) {
    apply({"old"});
    publish(3);
    let(milliseconds{0});

    apply({"old", "new"});
    publish(2);
    let(milliseconds{0});

    EXPECT_THAT(scripts_["new"].seqs(), ElementsAre(4, 5));
    EXPECT_THAT(scripts_["old"].seqs(), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(scripts_["old"].made, 1u) << "what stays is left alone";
}

TEST_F(DeliveriesTest, ASinkThatTookNothingYetIsNotNewAfterARestart) {
    scripts_["dead"].refusals = scripts_["dead"].refused_openings = test::SinkScript::kForEver;
    apply({"dead", "alive"});
    publish(3);
    let(seconds{10});
    scripts_["dead"].refusals = scripts_["dead"].refused_openings = 0;

    restart({"dead", "alive"});

    EXPECT_THAT(scripts_["dead"].seqs(), ElementsAre(1, 2, 3));
}

TEST_F(DeliveriesTest, ASinkThatOnlyOpenedIsNotNewAfterARestart) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    apply({"dead"});
    publish(3);
    let(seconds{10});
    ASSERT_EQ(stored("dead").position, "0");
    scripts_["dead"].refusals = 0;

    restart({"dead"});

    EXPECT_THAT(scripts_["dead"].seqs(), ElementsAre(1, 2, 3));
}

TEST_F(DeliveriesTest, ANewSinkBeginsInPeaceThoughTheStoreFails) {
    apply({"old"});
    publish(3);
    let(milliseconds{0});
    disk_.fail_next(Operation::cursor, Fault::before);
    disk_.fail_next(Operation::stats, Fault::before);
    disk_.fail_next(Operation::advance, Fault::before);
    disk_.fail_next(Operation::advance, Fault::after);

    apply({"old", "new"});
    publish(1);
    let(milliseconds{0});

    EXPECT_THAT(scripts_["new"].seqs(), ElementsAre(4));
}

TEST_F(DeliveriesTest, ARemovedSinkEndsAndGoesOnWhenItComesBack) {
    apply({"stays", "goes"});
    publish(1);
    let(milliseconds{0});

    apply({"stays"});
    publish(2);
    let(milliseconds{0});
    EXPECT_THAT(scripts_["goes"].seqs(), ElementsAre(1));
    EXPECT_THAT(deliveries_->names(), ElementsAre("stays"));

    apply({"stays", "goes"});
    EXPECT_THAT(scripts_["goes"].seqs(), ElementsAre(1, 2, 3));
}

TEST_F(DeliveriesTest, AChangedSinkStartsAnewBehindItsCursor) {
    apply({"sink"});
    publish(2);
    let(milliseconds{0});

    apply({"sink"}, "https://elsewhere.example/");
    publish(1);
    let(milliseconds{0});

    EXPECT_EQ(scripts_["sink"].made, 2u);
    EXPECT_THAT(scripts_["sink"].seqs(), ElementsAre(1, 2, 3));
}

TEST_F(DeliveriesTest, ASinkIsChangedInTheMidstOfASlowDelivery) {
    scripts_["sink"].slowness = std::chrono::hours{1};
    apply({"sink"});
    publish(2);
    let(milliseconds{0});
    scripts_["sink"].slowness = {};

    apply({"sink"}, "https://elsewhere.example/");

    EXPECT_THAT(scripts_["sink"].seqs(), ElementsAre(1, 2));
}

TEST_F(DeliveriesTest, ATypeThatIsNotBuiltIsPassedOver) {
    config::Settings settings;
    settings.sinks.push_back({.name = "later", .type = "kafka"});
    Plan const plan{std::move(settings)};
    TaskGroup applying{context_.get_executor()};
    applying.spawn(deliveries_->apply(plan));
    let(milliseconds{0});

    EXPECT_THAT(deliveries_->names(), IsEmpty());
}

TEST_F(DeliveriesTest, ReopensAllSinks) {
    apply({"a", "b"});

    deliveries_->reopen();
    let(milliseconds{0});

    EXPECT_EQ(scripts_["a"].reopened, 1u);
    EXPECT_EQ(scripts_["b"].reopened, 1u);
}

TEST_F(DeliveriesTest, NamesTheSinkThatLagsMost) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    apply({"alive"});
    publish(2);
    let(milliseconds{0});
    apply({"alive", "dead"});
    publish(2);
    let(milliseconds{0});

    EXPECT_EQ(deliveries_->laggard({}, 4), "dead");
    EXPECT_EQ(deliveries_->laggard({"dead"}, 4), "");
}

TEST_F(DeliveriesTest, TellsTheStatusOfEach) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    apply({"alive", "dead"});
    publish(2);
    let(milliseconds{0});

    auto const all = deliveries_->status();

    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].sink, "alive");
    EXPECT_EQ(all[0].delivered, 2u);
    EXPECT_EQ(all[0].error, "");
    EXPECT_EQ(all[1].delivered, 0u);
    EXPECT_NE(all[1].error, "");
}

// An outbox with room for about a hundred articles.
class FullOutboxTest : public DeliveriesTest {
  protected:
    static constexpr std::uint64_t kRoom = 100'000;

    FullOutboxTest() : DeliveriesTest{{.outbox_max_bytes = kRoom}}, keeping_{context_.get_executor()} {}
    ~FullOutboxTest() override {
        keeping_.cancel();
        let(milliseconds{0});
    }

    void keep(config::Outbox::OnFull on_full) {
        keeper_.emplace(*store_, *deliveries_, clock_);
        keeper_->adopt({.max_bytes = kRoom, .on_full = on_full});
        keeping_.spawn(keeper_->run());
    }
    bool publish_one() { return publish(1, "", "\"text\":\"" + std::string(1000, 'x') + "\""); }
    /// Publishes until the outbox is full.
    std::uint64_t fill() {
        std::uint64_t count = 0;
        while (publish_one()) {
            ++count;
            let(milliseconds{1});
        }
        return count;
    }

    TaskGroup keeping_;
    std::optional<OutboxKeeper> keeper_;
};

TEST_F(FullOutboxTest, ADeadSinkIsParkedAndTheNewsGoOn) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    keep(config::Outbox::OnFull::park);
    apply({"dead", "alive"});
    auto const first = fill();

    let(seconds{6});

    EXPECT_THAT(keeper_->parked(), ElementsAre("dead"));
    EXPECT_TRUE(publish_one());
    let(milliseconds{0});
    EXPECT_EQ(scripts_["alive"].taken.size(), first + 1);
}

TEST_F(FullOutboxTest, AParkedSinkIsToldOfTheGapWhenItReturns) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    keep(config::Outbox::OnFull::park);
    apply({"dead", "alive"});
    auto const first = fill();
    let(seconds{6});
    scripts_["dead"].refusals = 0;
    let(std::chrono::minutes{2});

    auto const& taken = scripts_["dead"].taken;
    ASSERT_FALSE(taken.empty());
    auto const gap = boost::json::parse(taken[0].json).as_object();
    ASSERT_EQ(gap.at("event").as_string(), "gap");
    EXPECT_EQ(gap.at("gap").at("first_seq").as_int64(), 1);
    auto const last = std::uint64_t(gap.at("gap").at("last_seq").as_int64());
    EXPECT_EQ(taken[0].seq, last);
    EXPECT_LT(last, first);
    Seqs expected = numbers(last, first);  // the gap has the number of the last that is missing
    EXPECT_THAT(scripts_["dead"].seqs(), ElementsAreArray(expected));
    EXPECT_THAT(keeper_->parked(), IsEmpty()) << "it is waited for again";
    EXPECT_THAT(scripts_["alive"].seqs(), ElementsAreArray(numbers(1, first)));
}

TEST_F(FullOutboxTest, OnFullStopKeepsEverythingAndTakesNoMore) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    keep(config::Outbox::OnFull::stop);
    apply({"dead", "alive"});
    auto const first = fill();
    let(std::chrono::hours{1});
    EXPECT_THAT(keeper_->parked(), IsEmpty());
    EXPECT_FALSE(publish_one());
    --published_;
    scripts_["dead"].refusals = 0;
    let(std::chrono::minutes{2});

    EXPECT_THAT(scripts_["dead"].seqs(), ElementsAreArray(numbers(1, first))) << "nothing was lost";
    EXPECT_TRUE(publish_one()) << "there is room again";
}

TEST_F(FullOutboxTest, ASinkThatIsNoLongerConfiguredIsNotWaitedFor) {
    scripts_["dead"].refusals = test::SinkScript::kForEver;
    keep(config::Outbox::OnFull::stop);
    apply({"dead", "alive"});
    fill();
    apply({"alive"});
    let(seconds{6});

    EXPECT_TRUE(publish_one());
}

}  // namespace
}  // namespace newswired::daemon

// Dead letters, receivers that are gone, and articles again from the log.

#include "daemon/delivery/sink_commands.hpp"

#include "core/worker_pool.hpp"
#include "tests/daemon/delivery/delivery_test.hpp"
#include "tests/support/scripted_client.hpp"

namespace newswired::daemon {
namespace {

using storage::Fault;
using storage::Operation;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class SinkCommandsTest : public OutboxTest {
  protected:
    SinkCommandsTest() { start(); }
    ~SinkCommandsTest() override { stop(); }

    void start() {
        auto make = [this](config::Sink const&, sinks::Services) {
            return std::make_unique<test::ScriptedSink>(script_, clock_);
        };
        deliveries_.emplace(context_.get_executor(), *store_,
                            sinks::Services{.client = client_, .workers = workers_, .clock = clock_}, make);
        config::Settings settings;
        settings.sinks = {{.name = "hook",
                           .type = "scripted",
                           .retry = {.base = milliseconds{500}, .max = milliseconds{60'000}}}};
        Plan const plan{std::move(settings)};
        TaskGroup group{context_.get_executor()};
        group.spawn(deliveries_->apply(plan));
        let(milliseconds{0});
    }
    void stop() {
        deliveries_->cancel();
        let(milliseconds{0});
        deliveries_.reset();
    }

    ControlAnswer ask(ControlQuestion question) {
        question.emplace("sink", "hook");
        auto answer = run(answer_about_sink(*store_, *deliveries_, std::move(question), clock_.now()));
        let(milliseconds{0});
        return answer;
    }
    std::string dead(std::string verb) { return ask({{"command", "dead"}, {"do", std::move(verb)}}).out; }
    std::string replay(std::string since = {}) {
        return ask({{"command", "replay"}, {"since", std::move(since)}}).out;
    }
    DeliveryStatus status() const { return deliveries_->status().at(0); }

    test::SinkScript script_;
    test::ScriptedClient client_;
    WorkerPool workers_{1};
    std::optional<Deliveries> deliveries_;
};

TEST_F(SinkCommandsTest, KeepsWhatIsRefusedForGoodAndGoesOn) {
    script_.poison = {2};
    publish(3, {}, R"("url":"https://news.example/a")");
    let(milliseconds{0});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 3));
    EXPECT_EQ(stored("hook").seq, 3u);
    EXPECT_EQ(status().dead, 1u);
    EXPECT_EQ(status().error, "");
    EXPECT_EQ(dead("list"), "2\t2026-01-31T12:00:00Z\t1\tpoison\thttps://news.example/a\n");
}

TEST_F(SinkCommandsTest, DoesNotGoOnBeforeTheDeadLetterIsKept) {
    script_.poison = {2};
    disk_.fail_next(Operation::add_dead, Fault::before);
    publish(3);
    let(milliseconds{0});
    EXPECT_EQ(stored("hook").seq, 0u);

    let(seconds{1});

    EXPECT_EQ(stored("hook").seq, 3u);
    EXPECT_THAT(dead("list"), StartsWith("2\t"));
}

TEST_F(SinkCommandsTest, TriesDeadLettersAgainEachAlone) {
    script_.poison = {2, 4};
    publish(5);
    let(milliseconds{0});
    EXPECT_EQ(status().dead, 2u);
    script_.poison = {4};

    EXPECT_THAT(dead("retry"), StartsWith("2 are tried again"));

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 3, 5, 2));
    EXPECT_THAT(dead("list"), testing::AllOf(StartsWith("4\t"), HasSubstr("\t2\tpoison")))
        << "the second attempt";
    EXPECT_EQ(status().dead, 1u);
    EXPECT_EQ(stored("hook").seq, 5u);
}

TEST_F(SinkCommandsTest, TriesDeadLettersAgainWhenTheSinkGetsOn) {
    script_.poison = {1};
    publish(1);
    let(milliseconds{0});
    script_.poison = {};
    script_.refusals = 2;

    (void)dead("retry");
    EXPECT_THAT(script_.seqs(), IsEmpty());
    let(seconds{10});

    EXPECT_THAT(script_.seqs(), ElementsAre(1));
    EXPECT_EQ(dead("list"), "");
}

TEST_F(SinkCommandsTest, DropsDeadLetters) {
    script_.poison = {1, 2, 3};
    publish(3);
    let(milliseconds{0});

    EXPECT_EQ(dead("drop"), "3 dropped\n");

    EXPECT_EQ(dead("list"), "");
    EXPECT_EQ(status().dead, 0u);
}

TEST_F(SinkCommandsTest, KnowsItsDeadLettersAfterARestart) {
    script_.poison = {1};
    publish(1);
    let(milliseconds{0});
    stop();

    start();

    EXPECT_EQ(status().dead, 1u);
}

TEST_F(SinkCommandsTest, LeavesAReceiverAloneThatIsGone) {
    script_.is_gone = true;
    publish(2);
    let(std::chrono::hours{48});

    EXPECT_EQ(script_.attempts.size(), 1u);
    EXPECT_TRUE(status().disabled);
    EXPECT_THAT(status().error, HasSubstr("410"));
    script_.is_gone = false;
    deliveries_->reopen();  // SIGHUP
    let(milliseconds{0});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2));
    EXPECT_FALSE(status().disabled);
    EXPECT_EQ(status().error, "");
}

TEST_F(SinkCommandsTest, StoresWhatTheSinkPreparesBeforeItTries) {
    script_.prepares = true;
    script_.refusals = test::SinkScript::kForEver;
    publish(2);
    let(milliseconds{0});

    EXPECT_EQ(stored("hook").seq, 0u);
    EXPECT_EQ(stored("hook").position, "prepared 1");
}

TEST_F(SinkCommandsTest, HandsOverNoMoreThanTheSinkTakesAtATime) {
    script_.batch_max = 2;
    script_.slowness = milliseconds{100};
    publish(5);
    let(milliseconds{150});
    EXPECT_EQ(stored("hook").seq, 2u);

    let(seconds{1});

    EXPECT_EQ(script_.attempts.size(), 3u);
    EXPECT_THAT(script_.seqs(), ElementsAreArray(numbers(1, 5)));
}

TEST_F(SinkCommandsTest, ReplaysTheWholeLog) {
    publish(3);
    let(milliseconds{0});

    EXPECT_EQ(replay(), "articles 1 to 3 are delivered to hook again\n");

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 3, 1, 2, 3));
    EXPECT_EQ(stored("hook").seq, 3u);
}

TEST_F(SinkCommandsTest, ReplaysFromATimeOn) {
    for (int i = 0; i < 10; ++i) {
        publish(1);
        clock_.advance(std::chrono::hours{1});
    }
    let(milliseconds{0});

    EXPECT_EQ(replay("150m"), "articles 9 to 10 are delivered to hook again\n");
    EXPECT_EQ(replay("2026-01-31T18:00:00Z"), "articles 7 to 10 are delivered to hook again\n");
    EXPECT_THAT(replay("1m"), StartsWith("nothing to replay"));
    EXPECT_THAT(ask({{"command", "replay"}, {"since", "soon"}}).err, HasSubstr("neither a time"));

    EXPECT_EQ(script_.taken.size(), 16u);
}

TEST_F(SinkCommandsTest, ReplaysWhenAFailingSinkGetsOn) {
    publish(2);
    let(milliseconds{0});
    script_.refusals = 3;

    (void)replay();
    let(seconds{60});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 1, 2));
}

TEST_F(SinkCommandsTest, KnowsNoOtherSinks) {
    auto const answer = run(
        answer_about_sink(*store_, *deliveries_, {{"command", "replay"}, {"sink", "other"}}, clock_.now()));

    EXPECT_EQ(answer.exit, 1);
    EXPECT_EQ(answer.err, "there is no sink 'other'\n");
}

TEST_F(SinkCommandsTest, ShowsAReceiverThatRefusesEverything) {
    for (std::uint64_t seq = 2; seq < 30; ++seq) {
        script_.poison.insert(seq);
    }
    publish(1);
    let(milliseconds{0});
    for (int i = 0; i < 5; ++i) {
        publish(4);
        let(seconds{1});
    }
    EXPECT_EQ(status().dead, 20u);
    EXPECT_THAT(status().error, StartsWith("it refuses everything"));

    publish(10);
    let(seconds{1});

    EXPECT_EQ(status().error, "");
}

}  // namespace
}  // namespace newswired::daemon

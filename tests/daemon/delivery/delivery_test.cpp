#include "daemon/delivery/delivery.hpp"

#include "tests/daemon/delivery/delivery_test.hpp"

#include <boost/json.hpp>

namespace newswired::daemon {
namespace {

using storage::Fault;
using storage::Operation;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

class DeliveryTest : public OutboxTest {
  protected:
    ~DeliveryTest() override { stop(); }

    void start() {
        delivery_.emplace(context_.get_executor(), *store_, clock_,
                          config::Sink{.name = "sink",
                                       .type = "scripted",
                                       .retry = {.base = milliseconds{500}, .max = milliseconds{60'000}}},
                          std::make_unique<test::ScriptedSink>(script_, clock_));
        task_.emplace(context_.get_executor());
        task_->spawn(delivery_->run());
        let(milliseconds{0});
    }
    void stop() {
        if (task_) {
            task_->cancel();
            let(milliseconds{0});
        }
        task_.reset();
        delivery_.reset();
    }
    bool has_ended() const { return task_->size() == 0; }

    test::SinkScript script_;
    std::optional<Delivery> delivery_;
    std::optional<TaskGroup> task_;
};

TEST_F(DeliveryTest, HandsOverWhatIsThereAndWhatComes) {
    publish(2);
    start();
    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2));

    publish(3);
    let(milliseconds{0});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(stored("sink").seq, 5u);
    EXPECT_EQ(stored("sink").position, "5");
    EXPECT_EQ(delivery_->status().count, 5u);
}

TEST_F(DeliveryTest, GoesOnBehindItsCursor) {
    publish(3);
    start();
    stop();
    publish(2);

    start();

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(script_.opened.back(), "3");
}

TEST_F(DeliveryTest, StoresTheSinksFirstPositionBeforeItWrites) {
    disk_.script(
        [](auto operation, auto) { return operation == Operation::read ? Fault::before : Fault::none; });

    start();

    EXPECT_EQ(stored("sink").position, "0");
    EXPECT_THAT(script_.attempts, IsEmpty());
}

TEST_F(DeliveryTest, TriesAgainWithGrowingPausesForEver) {
    script_.refusals = test::SinkScript::kForEver;
    publish(1);
    start();
    let(std::chrono::hours{1});

    auto const& tries = script_.attempts;
    ASSERT_GT(tries.size(), 50u);
    for (std::size_t i = 2; i < tries.size(); ++i) {
        EXPECT_GE(tries[i] - tries[i - 1], tries[i - 1] - tries[i - 2]);
    }
    EXPECT_EQ(tries[1] - tries[0], milliseconds{500});
    EXPECT_EQ(tries.back() - tries[tries.size() - 2], seconds{60});
    EXPECT_NE(delivery_->status().error, "");
    script_.refusals = 0;
    let(seconds{60});
    EXPECT_THAT(script_.seqs(), ElementsAre(1));
    EXPECT_EQ(delivery_->status().error, "");
}

TEST_F(DeliveryTest, AfterASuccessPausesBeginAnew) {
    script_.refusals = 5;
    publish(1);
    start();
    let(std::chrono::minutes{5});
    ASSERT_THAT(script_.seqs(), ElementsAre(1));
    script_.refusals = 1;
    publish(1);
    let(milliseconds{500});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2));
}

TEST_F(DeliveryTest, OpensTheSinkAnewAfterARefusal) {
    publish(2);
    start();
    script_.refusals = 1;
    publish(1);
    let(seconds{1});

    EXPECT_THAT(script_.opened, ElementsAre("", "2"));
    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 3));
}

TEST_F(DeliveryTest, ASinkThatDoesNotOpenIsTriedAgain) {
    script_.refused_openings = 3;
    publish(1);
    start();
    let(seconds{10});

    EXPECT_THAT(script_.seqs(), ElementsAre(1));
}

// The store says that it could not move the cursor, and has moved it: what it is compared with is then
// behind.
TEST_F(DeliveryTest, ACursorThatWasMovedAfterAllHoldsNothingUp) {
    start();
    disk_.fail_next(Operation::advance, Fault::after);
    publish(2);
    let(seconds{10});
    publish(1);
    let(seconds{10});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 3)) << "what is stored as delivered is not delivered again";
    EXPECT_EQ(stored("sink").seq, 3u);
    EXPECT_EQ(delivery_->status().error, "");
    EXPECT_EQ(delivery_->status().delivered, 3u);
}

TEST_F(DeliveryTest, ACursorThatDidNotMoveBringsTheSameAgain) {
    start();
    disk_.fail_next(Operation::advance, Fault::before);
    publish(2);
    let(seconds{10});

    EXPECT_THAT(script_.seqs(), ElementsAre(1, 2, 1, 2)) << "at least once";
    EXPECT_EQ(script_.opened.back(), "0") << "so that the sink can undo what was not stored";
    EXPECT_EQ(stored("sink").seq, 2u);
}

TEST_F(DeliveryTest, GoesOnWhereSomebodyElseHasMovedTheCursor) {
    start();
    publish(1);
    let(milliseconds{0});
    storage::Cursor const here = stored("sink");
    storage::Cursor const back{.seq = 0, .position = here.position};
    ASSERT_TRUE(run(store_->advance("sink", here, back)).has_value());  // as replay may do

    publish(1);
    let(seconds{10});

    EXPECT_EQ(stored("sink").seq, 2u);
    EXPECT_EQ(delivery_->status().error, "");
    EXPECT_THAT(script_.seqs(), testing::Contains(2));
}

TEST_F(DeliveryTest, AStoreThatCannotBeReadIsAskedAgain) {
    disk_.fail_next(Operation::cursor, Fault::before);
    disk_.fail_next(Operation::read, Fault::before);
    publish(1);
    start();
    let(seconds{10});

    EXPECT_THAT(script_.seqs(), ElementsAre(1));
}

TEST_F(DeliveryTest, PassesOverWhatIsRoutedElsewhere) {
    start();
    publish(2, "other\nmore");
    publish(1, "other\nsink");
    publish(1, "sinks");
    let(milliseconds{0});

    EXPECT_THAT(script_.seqs(), ElementsAre(3));
    EXPECT_EQ(stored("sink").seq, 4u);
    EXPECT_EQ(delivery_->status().count, 1u);
}

TEST_F(DeliveryTest, AGapInTheLogIsTold) {
    publish(5000);
    clock_.advance(std::chrono::hours{100});
    publish(1);
    ASSERT_TRUE(run(store_->trim({.retain = std::chrono::hours{1}}, {})).has_value());

    start();
    let(seconds{1});

    ASSERT_THAT(script_.seqs(), ElementsAre(5000, 5001));
    auto const gap = boost::json::parse(script_.taken[0].json).as_object();
    EXPECT_EQ(gap.at("event").as_string(), "gap");
    EXPECT_EQ(gap.at("gap").at("first_seq").as_int64(), 1);
    EXPECT_EQ(gap.at("gap").at("last_seq").as_int64(), 5000);
}

TEST_F(DeliveryTest, KeepsToOrderInManyBatches) {
    publish(3500);
    start();
    let(seconds{1});

    EXPECT_THAT(script_.seqs(), ElementsAreArray(numbers(1, 3500)));
    EXPECT_EQ(script_.attempts.size(), 4u);
}

TEST_F(DeliveryTest, DrainingEndsWhenAllIsDelivered) {
    script_.slowness = seconds{5};
    publish(1500);
    start();
    delivery_->drain();
    let(seconds{9});
    EXPECT_FALSE(has_ended());

    let(seconds{1});

    EXPECT_TRUE(has_ended());
    EXPECT_THAT(script_.seqs(), ElementsAreArray(numbers(1, 1500)));
}

TEST_F(DeliveryTest, DrainingWakesASinkThatRests) {
    start();
    EXPECT_FALSE(has_ended());

    delivery_->drain();
    let(milliseconds{0});

    EXPECT_TRUE(has_ended());
}

TEST_F(DeliveryTest, CancellingASlowDeliveryLosesNothing) {
    script_.slowness = seconds{5};
    publish(1);
    start();
    stop();

    script_.slowness = {};
    start();

    EXPECT_THAT(script_.seqs(), ElementsAre(1));
}

TEST_F(DeliveryTest, ReopensOnceMoreWhenAskedWhileItReopens) {
    script_.slowness = seconds{1};
    start();

    delivery_->reopen();
    let(milliseconds{500});
    delivery_->reopen();
    let(seconds{5});

    EXPECT_EQ(script_.reopened, 2u);
}

TEST_F(DeliveryTest, ReopensTheSinkWithoutWaitingForAnArticle) {
    publish(1);
    start();

    delivery_->reopen();
    let(milliseconds{0});

    EXPECT_EQ(script_.reopened, 1u);
    EXPECT_EQ(stored("sink").seq, 1u);
    EXPECT_EQ(stored("sink").position, "reopened");
}

}  // namespace
}  // namespace newswired::daemon

// A clock that tests turn by hand: time stands still until it is told to move.

#pragma once

#include "core/clock.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace newswired::test {

class FakeClock final : public Clock {
  public:
    explicit FakeClock(SystemTime now = SystemTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 31} +
                                                   std::chrono::hours{12}})
        : now_{now} {}

    SystemTime now() const override { return now_; }
    SteadyTime steady_now() const override { return steady_; }

    Task<void> sleep_until(SteadyTime time) override {
        auto const own = alarm(co_await boost::asio::this_coro::executor);
        co_await own->wait_until(time);
    }

    std::unique_ptr<Alarm> alarm(Executor executor) override {
        return std::make_unique<FakeAlarm>(*this, executor);
    }

    /// Moves time forward and wakes who waited for it; they run when their io_context does.
    void advance(milliseconds by) {
        now_ += by;
        steady_ += by;
        for (auto* alarm : std::vector{alarms_}) {
            alarm->notice();
        }
    }

    /// The wall clock jumps (an operator, NTP); steady time does not.
    void jump(milliseconds by) { now_ += by; }

    /// While `is_busy()`, something that takes real time is under way on another thread, and time stands
    /// still.
    void stand_still_while(std::function<bool()> is_busy) { is_busy_ = std::move(is_busy); }

    /// Runs everything on `context` to its end, moving time on to the next thing waited for whenever nothing
    /// else is left to do, for `span` at most.
    void run(boost::asio::io_context& context, milliseconds span) {
        auto const end = steady_ + span;
        context.restart();
        for (;;) {
            while (context.poll() > 0 || (is_busy_ && is_busy_() && context.run_one() > 0)) {
            }
            auto const next = earliest();
            if (next > end) {
                return;
            }
            advance(std::chrono::ceil<milliseconds>(std::max(next - steady_, SteadyTime::duration{0})));
        }
    }

  private:
    class FakeAlarm final : public Alarm {
      public:
        FakeAlarm(FakeClock& clock, Executor executor) : clock_{clock}, inner_{make_alarm(executor)} {
            clock_.alarms_.push_back(this);
        }
        ~FakeAlarm() override { std::erase(clock_.alarms_, this); }

        Task<void> wait_until(SteadyTime time) override {
            target_ = time;
            struct AtEnd {
                SteadyTime& target;
                ~AtEnd() { target = SteadyTime::max(); }
            } const at_end{target_};
            while (!std::exchange(rung_, false) && clock_.steady_now() < time) {
                co_await inner_->wait_until(SteadyTime::max());
            }
        }
        void ring() override {
            rung_ = true;
            inner_->ring();
        }
        void notice() {
            if (target_ <= clock_.steady_now()) {
                inner_->ring();
            }
        }
        SteadyTime target() const { return target_; }

      private:
        FakeClock& clock_;
        std::unique_ptr<Alarm> inner_;
        SteadyTime target_ = SteadyTime::max();
        bool rung_ = false;
    };

    SteadyTime earliest() const {
        auto first = SteadyTime::max();
        for (auto const* alarm : alarms_) {
            first = std::min(first, alarm->target());
        }
        return first;
    }

    SystemTime now_;
    SteadyTime steady_{std::chrono::hours{1000}};
    std::vector<FakeAlarm*> alarms_;
    std::function<bool()> is_busy_;
};

}  // namespace newswired::test

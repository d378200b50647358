#include "core/alarm.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <utility>

namespace newswired {
namespace {

using Timer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

class SteadyAlarm final : public Alarm {
  public:
    explicit SteadyAlarm(Executor executor) : timer_{executor} {}

    Task<void> wait_until(SteadyTime time) override {
        if (std::exchange(rung_, false)) {
            co_return;
        }
        timer_.expires_at(time);
        waiting_ = true;
        auto const [error] = co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::deferred));
        waiting_ = false;
        if (error && !std::exchange(rung_, false)) {
            throw boost::system::system_error{error};
        }
        rung_ = false;
    }

    void ring() override {
        rung_ = true;
        if (waiting_) {
            timer_.cancel();
        }
    }

  private:
    Timer timer_;
    bool rung_ = false;
    bool waiting_ = false;
};

}  // namespace

std::unique_ptr<Alarm> make_alarm(Executor executor) {
    return std::make_unique<SteadyAlarm>(executor);
}

}  // namespace newswired

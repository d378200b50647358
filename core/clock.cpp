#include "core/clock.hpp"

#include <boost/asio/this_coro.hpp>

namespace newswired {

SystemTime SystemClock::now() const {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady_now() const {
    return std::chrono::steady_clock::now();
}

Task<void> SystemClock::sleep_until(SteadyTime time) {
    auto const own = alarm(co_await boost::asio::this_coro::executor);
    co_await own->wait_until(time);
}

std::unique_ptr<Alarm> SystemClock::alarm(Executor executor) {
    return make_alarm(executor);
}

}  // namespace newswired

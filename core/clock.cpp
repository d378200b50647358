#include "core/clock.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace newswired {

SystemTime SystemClock::now() const {
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady_now() const {
    return std::chrono::steady_clock::now();
}

Task<void> SystemClock::sleep_until(SteadyTime time) {
    using Timer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;
    auto const executor = co_await boost::asio::this_coro::executor;
    Timer timer{executor, time};
    co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>{});
}

}  // namespace newswired

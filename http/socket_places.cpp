#include "http/socket_places.hpp"

#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>

namespace newswired::http {

/// One that waits.  Its place is counted as taken from the moment that its turn comes.
class SocketPlaces::Turn {
  public:
    Turn(SocketPlaces& places, WakeUp& wake_up) : places_{places}, wake_up_{wake_up} {
        places_.waiting_.push_back(this);
    }
    ~Turn() {
        if (!has_come_) {
            std::erase(places_.waiting_, this);
        }
    }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;

    void come(Place place) {
        has_come_ = true;
        place_ = std::move(place);
        wake_up_.cancel();
    }
    std::optional<Place>& place() { return place_; }

  private:
    SocketPlaces& places_;
    WakeUp& wake_up_;
    bool has_come_ = false;
    std::optional<Place> place_{};
};

std::optional<SocketPlaces::Place> SocketPlaces::try_take() {
    // Those who wait go first, and closing a connection for us would call them.
    if (!waiting_.empty()) {
        return {};
    }
    if (max_ != 0 && taken_ >= max_ && !make_room_()) {
        return {};
    }
    ++taken_;
    return std::optional<Place>{std::in_place, *this};
}

Task<Result<SocketPlaces::Place>> SocketPlaces::take(Deadline& deadline) {
    if (auto place = try_take()) {
        co_return std::move(*place);
    }
    Turn turn{*this, deadline.wake_up()};
    deadline.wait_for_ourselves();
    while (!turn.place()) {
        deadline.wake_up().expires_at(WakeUp::time_point::max());
        co_await deadline.wake_up().async_wait(kTuple);
        auto const state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() != boost::asio::cancellation_type::none) {
            throw boost::system::system_error{boost::asio::error::operation_aborted};
        }
        if (deadline.expired()) {
            co_return *deadline.expired();
        }
    }
    deadline.progress();
    co_return std::move(*turn.place());
}

void SocketPlaces::give_back() {
    if (waiting_.empty()) {
        --taken_;
        return;
    }
    auto* const next = waiting_.front();
    waiting_.pop_front();
    next->come(Place{*this});
}

}  // namespace newswired::http

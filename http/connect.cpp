#include "http/connect.hpp"

#include <boost/asio/this_coro.hpp>

#include <deque>

namespace newswired::http {
namespace {

using boost::asio::ip::tcp;

// For an address that others can't race with, because all places are taken: less than most servers are given
// to answer, and as long as it takes until a first packet that was lost is sent again.
constexpr milliseconds kLongestAlone{1000};

bool open(Socket& socket, tcp::endpoint const& endpoint) {
    Error error;
    socket.open(endpoint.protocol(), error);
    if (!error) {
        socket.set_option(tcp::no_delay{true}, error);
    }
    return !error;
}

/// Attempts that are under way.  Their handlers share it, since they may run after the race is decided.
struct Race {
    std::deque<PlacedSocket> attempts;
    std::size_t pending = 0;
    std::optional<std::size_t> winner;
    WakeUp* wake_up = nullptr;

    void give_up() {
        Error ignored;
        for (auto& attempt : attempts) {
            attempt.socket.close(ignored);
        }
    }

    void ended(std::size_t attempt, Error error) {
        --pending;
        if (!error && !winner) {
            winner = attempt;
        }
        if (wake_up != nullptr) {
            wake_up->cancel();
        }
    }
};

void start(std::shared_ptr<Race> const& race, SocketPlaces::Place place, tcp::endpoint const& endpoint) {
    auto const number = race->attempts.size();
    auto& attempt =
        race->attempts.emplace_back(PlacedSocket{std::move(place), Socket{race->wake_up->get_executor()}});
    if (open(attempt.socket, endpoint)) {
        ++race->pending;
        attempt.socket.async_connect(endpoint, [race, number](Error error) { race->ended(number, error); });
    }
}

/// Ends the race whichever way its task ends.
struct Finish {
    std::shared_ptr<Race> race;

    ~Finish() {
        race->wake_up = nullptr;
        race->attempts.clear();
    }
};

Task<Result<PlacedSocket>> run_race(Addresses addresses, std::uint16_t port, SocketPlaces& places,
                                    Deadline& deadline) {
    auto const race = std::make_shared<Race>();
    race->wake_up = &deadline.wake_up();
    Finish const finish{race};
    std::size_t next = 0;
    WakeUp::time_point began{};
    while (!race->winner) {
        if (race->pending == 0) {
            race->attempts.clear();  // they failed: one place will do again
            if (next == addresses.size()) {
                co_return errc::connect_failed;
            }
            auto place = co_await places.take(deadline);
            if (!place) {
                co_return place.error();
            }
            start(race, std::move(*place), tcp::endpoint{addresses[next++], port});
            began = WakeUp::clock_type::now();
        } else if (next < addresses.size()) {
            if (auto place = places.try_take()) {
                start(race, std::move(*place), tcp::endpoint{addresses[next++], port});
                began = WakeUp::clock_type::now();
            } else if (WakeUp::clock_type::now() - began >= kLongestAlone) {
                race->give_up();  // whoever is silent must not keep the only place
            }
        }
        if (race->pending == 0) {
            continue;
        }
        auto const until =
            next < addresses.size() ? WakeUp::clock_type::now() + kHeadStart : WakeUp::time_point::max();
        race->wake_up->expires_at(until);
        co_await race->wake_up->async_wait(kTuple);
        auto const state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() != boost::asio::cancellation_type::none) {
            throw boost::system::system_error{boost::asio::error::operation_aborted};
        }
        if (deadline.expired()) {
            co_return *deadline.expired();
        }
    }
    co_return std::move(race->attempts[*race->winner]);
}

}  // namespace

Addresses interleaved(Addresses const& addresses) {
    Addresses first;
    Addresses second;
    for (auto const& address : addresses) {
        (address.is_v6() == addresses.front().is_v6() ? first : second).push_back(address);
    }
    Addresses mixed;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) {
            mixed.push_back(first[i]);
        }
        if (i < second.size()) {
            mixed.push_back(second[i]);
        }
    }
    return mixed;
}

Task<Result<PlacedSocket>> connect(Addresses addresses, std::uint16_t port, SocketPlaces& places,
                                   Deadline& deadline) {
    if (addresses.size() != 1) {
        co_return co_await run_race(interleaved(addresses), port, places, deadline);
    }
    auto place = places.try_take();
    if (!place) {
        auto waited = co_await places.take(deadline);
        if (!waited) {
            co_return waited.error();
        }
        place.emplace(std::move(*waited));
    }
    PlacedSocket placed{std::move(*place), Socket{deadline.executor()}};
    tcp::endpoint const endpoint{addresses.front(), port};
    if (!open(placed.socket, endpoint)) {
        co_return errc::connect_failed;
    }
    deadline.watch(&placed.socket);
    auto const [error] = co_await placed.socket.async_connect(endpoint, kTuple);
    deadline.watch(nullptr);
    if (error) {
        auto const meaning = deadline.meaning_of(error);
        co_return meaning == errc::connection_lost ? make_error_code(errc::connect_failed) : meaning;
    }
    co_return std::move(placed);
}

}  // namespace newswired::http

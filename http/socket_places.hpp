// How many sockets a client has open: those that connect, those in use and those that rest between requests.
//
// Each takes a place; when all are taken, a connection that rests is closed for the new one, and when none
// rests, the request waits for its turn.  So the operator's bound holds whatever happens: file descriptors
// and the entries of a router's table are what polling at scale runs out of first.

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/deadlines.hpp"
#include "http/socket.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <utility>

namespace newswired::http {

class SocketPlaces {
  public:
    /// One taken place, free again when it is destroyed.
    class Place {
      public:
        explicit Place(SocketPlaces& places) : places_{&places} {}
        Place(Place&& other) noexcept : places_{std::exchange(other.places_, nullptr)} {}
        Place& operator=(Place&& other) noexcept {
            std::swap(places_, other.places_);
            return *this;
        }
        ~Place() {
            if (places_ != nullptr) {
                places_->give_back();
            }
        }

      private:
        SocketPlaces* places_;
    };

    /// `max` of 0: as many as anyone likes.  `make_room` closes a connection that rests, false when none
    /// does. All places are given back before this is destroyed.
    SocketPlaces(std::size_t max, std::function<bool()> make_room)
        : max_{max}, make_room_{std::move(make_room)} {}
    SocketPlaces(SocketPlaces const&) = delete;
    SocketPlaces& operator=(SocketPlaces const&) = delete;

    /// A place that is free, or can be made free at once.
    std::optional<Place> try_take();

    /// Waits for a place, first come, first served; errc::too_slow when time is up before.
    /// `deadline` must outlive the task.
    Task<Result<Place>> take(Deadline& deadline);

    /// Whether a connection that could rest is better closed.
    bool are_wanted() const { return !waiting_.empty(); }

  private:
    class Turn;

    void give_back();

    std::size_t max_;
    std::size_t taken_ = 0;
    std::function<bool()> make_room_;
    std::deque<Turn*> waiting_;
};

/// A socket and the place that it takes, which is free when the socket is closed.
struct PlacedSocket {
    SocketPlaces::Place place;
    Socket socket;
};

}  // namespace newswired::http

// Which articles make one message.  Bounds that were tried are kept, so that a retry is the same message:
// same id, same body.

#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::sinks {

struct Bounds {
    std::uint64_t first = 0;  ///< seq of the first article; 0: none are kept
    std::uint64_t last = 0;
    SystemTime made{};  ///< the time that the body states
    SystemTime
        unwelcome_since{};  ///< the receiver has refused address or secret ever since; epoch: it has not

    friend bool operator==(Bounds const&, Bounds const&) = default;
};

/// The bounds as a position of the sink, and back; empty for none.
std::string encode(Bounds const& bounds);
Bounds decode_bounds(std::string_view position);

/// The message's name: the same for every try.
std::string message_id(std::string_view log, Bounds const& bounds);

}  // namespace newswired::sinks

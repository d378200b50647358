// What may go wrong with the store.

#pragma once

#include "core/result.hpp"

namespace newswired::storage {

enum class errc {
    unavailable = 1,  ///< not written, or unknown whether: repeat the same batch
    full,             ///< the outbox is at its limit: stop polling until sinks have read
    no_space,         ///< the disk is full; heals by itself once there is room
    in_use,           ///< another process has this state
    wrong_version,    ///< the state was written by a newer program
    corrupt,          ///< the state can't be read
    conflict,         ///< advance(): the cursor was not where the caller thought
    closed,           ///< the store is shutting down
};

Error make_error_code(errc code);

}  // namespace newswired::storage

template <>
struct boost::system::is_error_code_enum<newswired::storage::errc> : std::true_type {};

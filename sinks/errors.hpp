// What can go wrong in a sink beyond the system's own errors.

#pragma once

#include "core/result.hpp"

#include <type_traits>

namespace newswired::sinks {

enum class errc {
    file_changed = 1,  ///< somebody else removed or shortened the file; open() goes on with what there is
    asked_to_wait,     ///< the receiver's Retry-After still runs
    no_answer_in_time,
    receiver_gone,  ///< 410: not tried again until the operator says so
    not_accepted,   ///< the receiver answered, and did not take the articles (status in the log)
};

Error make_error_code(errc code);

}  // namespace newswired::sinks

template <>
struct boost::system::is_error_code_enum<newswired::sinks::errc> : std::true_type {};

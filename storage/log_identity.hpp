// The identity of the log: a name for one life of the state, and when that began.
//
// A state that was lost and made anew counts its articles from 1 again; the name tells both apart.

#pragma once

#include "core/result.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::storage {

/// Of everything that is stored: a change that older programs can't read raises it.
inline constexpr std::uint64_t kLayoutVersion = 2;

struct LogIdentity {
    std::string name{};  ///< a ULID, lower case
    SystemTime born{};
    std::uint64_t layout = kLayoutVersion;  ///< as it was found; encode() writes today's
};

/// A name that there never was before: names sort by birth.
LogIdentity new_log_identity(SystemTime now);

std::string encode(LogIdentity const& identity);
/// wrong_version when a newer program wrote the state, corrupt when the bytes are not an identity.
Result<LogIdentity> decode_log_identity(std::string_view bytes);

}  // namespace newswired::storage

#include "storage/log_identity.hpp"

#include "core/bytes.hpp"
#include "storage/errors.hpp"

#include <random>

namespace newswired::storage {
// Time and 80 random bits, in Crockford's base 32.
LogIdentity new_log_identity(SystemTime now) {
    constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string name(26, '0');
    auto time = std::uint64_t(now.time_since_epoch().count());
    for (int i = 9; i >= 0; --i, time >>= 5) {
        name[std::size_t(i)] = kDigits[time & 31];
    }
    std::random_device random;
    for (std::size_t i = 10; i < name.size(); ++i) {
        name[i] = kDigits[random() & 31];
    }
    return {.name = std::move(name), .born = now};
}

std::string encode(LogIdentity const& identity) {
    std::string bytes;
    ByteWriter out{bytes};
    out.varint(kLayoutVersion);
    out.string(identity.name);
    out.signed_varint(identity.born.time_since_epoch().count());
    return bytes;
}

Result<LogIdentity> decode_log_identity(std::string_view bytes) {
    ByteReader in{bytes};
    // The version comes first and is judged first: what follows may look otherwise in a later one.
    auto const version = in.varint();
    if (!in.failed() && version > kLayoutVersion) {
        return errc::wrong_version;
    }
    LogIdentity identity{.layout = version};
    identity.name = in.string();
    identity.born = SystemTime{milliseconds{in.signed_varint()}};
    if (in.failed()) {
        return errc::corrupt;
    }
    return identity;
}

}  // namespace newswired::storage

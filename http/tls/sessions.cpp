#include "http/tls/sessions.hpp"

#include "core/bytes.hpp"

#include <utility>

namespace newswired::http {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

void TlsSessions::keep(std::string const& key, std::string bytes, SystemTime until, SystemTime now) {
    if (bytes.size() > kMaxSessionBytes || until <= now) {
        return;
    }
    std::lock_guard const lock{mutex_};
    if (sessions_.size() >= kMaxSessions && !sessions_.contains(key)) {
        std::erase_if(sessions_, [now](auto const& entry) { return entry.second.until <= now; });
        if (sessions_.size() >= kMaxSessions) {
            sessions_.erase(sessions_.begin());
        }
    }
    sessions_[key] = {.bytes = std::move(bytes), .until = until};
}

std::string TlsSessions::find(std::string const& key, SystemTime now) const {
    std::lock_guard const lock{mutex_};
    auto const found = sessions_.find(key);
    return found == sessions_.end() || found->second.until <= now ? std::string{} : found->second.bytes;
}

void TlsSessions::forget(std::string const& key) {
    std::lock_guard const lock{mutex_};
    sessions_.erase(key);
}

std::size_t TlsSessions::size() const {
    std::lock_guard const lock{mutex_};
    return sessions_.size();
}

std::string TlsSessions::save(SystemTime now) const {
    std::lock_guard const lock{mutex_};
    std::string bytes;
    ByteWriter out{bytes};
    out.byte(kVersion);
    for (auto const& [key, session] : sessions_) {
        if (session.until > now) {
            out.string(key);
            out.string(session.bytes);
            out.signed_varint(session.until.time_since_epoch().count());
        }
    }
    return bytes;
}

void TlsSessions::load(std::string_view bytes, SystemTime now) {
    ByteReader in{bytes};
    if (in.byte() != kVersion) {
        return;
    }
    while (!in.at_end()) {
        std::string const key{in.string()};
        std::string session{in.string()};
        SystemTime const until{milliseconds{in.signed_varint()}};
        if (in.failed()) {
            return;
        }
        keep(key, std::move(session), until, now);
    }
}

}  // namespace newswired::http

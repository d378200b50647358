#include "http/connection.hpp"

#include "core/hash.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace newswired::http {

IoResult Connection::read(char* to, std::size_t size) {
    if (tls) {
        return tls->read(to, size);
    }
    auto const received = recv(socket.native_handle(), to, size, MSG_DONTWAIT);
    if (received > 0) {
        return {Io::done, static_cast<std::size_t>(received)};
    }
    if (received == 0) {
        return {Io::end};
    }
    return {errno == EAGAIN || errno == EINTR ? Io::want_read : Io::failed};
}

IoResult Connection::write(std::string_view bytes) {
    if (tls) {
        return tls->write(bytes);
    }
    auto const sent = send(socket.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent >= 0) {
        return {Io::done, static_cast<std::size_t>(sent)};
    }
    return {errno == EAGAIN || errno == EINTR ? Io::want_write : Io::failed};
}

bool Connection::is_idle() {
    char byte;
    // TLS 1.3 sends its tickets when it likes; reading takes them in, and finds no application data.
    return read(&byte, 1).state == Io::want_read;
}

std::unique_ptr<Connection> IdleConnections::take(std::string_view key, SteadyTime now) {
    sweep(now);
    auto const hash = xxh3(key);
    auto const fits = [hash, key](Idle const& idle) {
        return idle.key == hash && idle.connection->key == key;
    };
    // The last to be put is the likeliest to be open still.
    for (;;) {
        auto const found = std::find_if(idle_.rbegin(), idle_.rend(), fits);
        if (found == idle_.rend()) {
            return nullptr;
        }
        auto connection = std::move(found->connection);
        idle_.erase(std::prev(found.base()));
        if (connection->is_idle()) {
            return connection;
        }
    }
}

void IdleConnections::put(std::unique_ptr<Connection> connection, SteadyTime now) {
    if (max_ == 0) {
        return;
    }
    sweep(now);
    if (idle_.size() >= max_) {
        idle_.pop_front();
    }
    auto const hash = xxh3(connection->key);
    idle_.push_back({.key = hash, .since = now, .connection = std::move(connection)});
}

bool IdleConnections::close_one() {
    if (idle_.empty()) {
        return false;
    }
    idle_.pop_front();
    return true;
}

void IdleConnections::sweep(SteadyTime now) {
    while (!idle_.empty() && now >= idle_.front().since + timeout_) {
        idle_.pop_front();
    }
}

}  // namespace newswired::http

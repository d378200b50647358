#include "http/connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

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
    for (auto i = idle_.size(); i-- > 0;) {
        if (idle_[i]->key != key) {
            continue;
        }
        auto connection = std::move(idle_[i]);
        idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
        if (connection->is_idle()) {
            return connection;
        }
    }
    return nullptr;
}

void IdleConnections::put(std::unique_ptr<Connection> connection, SteadyTime now) {
    if (max_ == 0) {
        return;
    }
    sweep(now);
    if (idle_.size() >= max_) {
        idle_.erase(idle_.begin());
    }
    connection->idle_since = now;
    idle_.push_back(std::move(connection));
}

bool IdleConnections::close_one() {
    if (idle_.empty()) {
        return false;
    }
    idle_.erase(idle_.begin());
    return true;
}

void IdleConnections::sweep(SteadyTime now) {
    auto const is_fresh = [&](auto const& connection) { return now < connection->idle_since + timeout_; };
    idle_.erase(idle_.begin(), std::find_if(idle_.begin(), idle_.end(), is_fresh));
}

}  // namespace newswired::http

#include "daemon/sd_notify.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

namespace newswired::daemon {

void sd_notify(std::string_view state) {
    auto const* path = std::getenv("NOTIFY_SOCKET");
    if (path == nullptr || (path[0] != '/' && path[0] != '@')) {
        return;
    }
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    auto const length = std::strlen(path);
    if (length >= sizeof address.sun_path) {
        return;
    }
    std::memcpy(address.sun_path, path, length);
    if (path[0] == '@') {
        address.sun_path[0] = '\0';  // an abstract socket
    }
    auto const socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return;
    }
    auto const size = socklen_t(offsetof(sockaddr_un, sun_path) + length);
    (void)::sendto(socket, state.data(), state.size(), MSG_NOSIGNAL,
                   reinterpret_cast<sockaddr const*>(&address), size);
    ::close(socket);
}

void sd_notify_reloading() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    auto const microseconds = std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
    sd_notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds));
}

std::optional<milliseconds> sd_watchdog_interval() {
    auto const* interval = std::getenv("WATCHDOG_USEC");
    if (interval == nullptr) {
        return {};
    }
    if (auto const* process = std::getenv("WATCHDOG_PID");
        process != nullptr && std::strtol(process, nullptr, 10) != long{::getpid()}) {
        return {};
    }
    auto const microseconds = std::strtoll(interval, nullptr, 10);
    if (microseconds <= 0) {
        return {};
    }
    return milliseconds{microseconds / 1000};
}

}  // namespace newswired::daemon

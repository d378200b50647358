#include "http/server/listener.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <utility>

namespace newswired::http {
namespace {

constexpr int kBacklog = 128;
constexpr milliseconds kAcceptPause{500};  // out of descriptors, mostly: the next try is no better at once

void remove_socket(std::string const& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode)) {
        ::unlink(path.c_str());
    }
}

}  // namespace

Listener::~Listener() {
    if (!socket_path_.empty()) {
        remove_socket(socket_path_);
    }
}

Result<void> Listener::open(ListenAddress const& address) {
    auto const error = address.is_unix() ? open_unix(address.path) : open_tcp(address);
    if (!error) {
        return {};
    }
    tcp_.reset();
    local_.reset();
    return error;
}

Error Listener::open_tcp(ListenAddress const& address) {
    Error error;
    auto const host = boost::asio::ip::make_address(address.host, error);
    if (error) {
        return error;
    }
    Tcp::endpoint const endpoint{host, address.port};
    tcp_.emplace(executor_);
    tcp_->open(endpoint.protocol(), error);
    if (!error) {
        tcp_->set_option(Acceptor<Tcp>::reuse_address{true}, error);
    }
    if (!error) {
        tcp_->bind(endpoint, error);
    }
    if (!error) {
        tcp_->listen(kBacklog, error);
    }
    return error;
}

Error Listener::open_unix(std::string const& path) {
    Error error;
    remove_socket(path);
    local_.emplace(executor_);
    local_->open(Local{}, error);
    if (!error) {
        local_->bind(Local::endpoint{path}, error);
    }
    if (!error) {
        socket_path_ = path;
        ::chmod(path.c_str(), 0660);
        local_->listen(kBacklog, error);
    }
    return error;
}

template <typename Protocol>
Task<void> Listener::accept_on(Acceptor<Protocol>& acceptor, std::function<void(Stream)> take) {
    constexpr auto kTuple = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>{});
    while (!closed_) {
        Stream stream{executor_};
        auto const [error] = co_await acceptor.async_accept(stream, kTuple);
        if (closed_ || error == boost::asio::error::operation_aborted) {
            break;
        }
        if (error) {
            co_await clock_.sleep_for(kAcceptPause);
            continue;
        }
        take(std::move(stream));
    }
}

Task<void> Listener::accept(std::function<void(Stream)> take) {
    if (tcp_) {
        co_await accept_on(*tcp_, std::move(take));
    } else if (local_) {
        co_await accept_on(*local_, std::move(take));
    }
}

void Listener::close() {
    closed_ = true;
    Error ignored;
    if (tcp_) {
        tcp_->close(ignored);
    }
    if (local_) {
        local_->close(ignored);
    }
}

std::uint16_t Listener::port() const {
    Error ignored;
    return tcp_ ? tcp_->local_endpoint(ignored).port() : std::uint16_t{0};
}

}  // namespace newswired::http

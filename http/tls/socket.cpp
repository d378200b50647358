#include "http/tls/socket.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <new>

namespace newswired::http {
namespace {

// OpenSSL's own socket BIO writes with write(), which raises SIGPIPE when the peer has gone.
int socket_write(BIO* bio, char const* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    auto const sent = send(socket, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(sent);
}

int socket_read(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto const socket = static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
    auto const received = recv(socket, bytes, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (received < 0 && (errno == EAGAIN || errno == EINTR)) {
        BIO_set_retry_read(bio);
    } else if (received == 0) {
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    }
    return static_cast<int>(received);
}

long socket_control(BIO* bio, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_EOF:
            return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
        default:
            return 0;
    }
}

BIO_METHOD* make_socket_method() {
    auto* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
    if (method == nullptr) {
        throw std::bad_alloc{};
    }
    BIO_meth_set_write(method, socket_write);
    BIO_meth_set_read(method, socket_read);
    BIO_meth_set_ctrl(method, socket_control);
    return method;
}

BIO_METHOD* socket_method() {
    static std::unique_ptr<BIO_METHOD, Deleter<BIO_meth_free>> const method{make_socket_method()};
    return method.get();
}

}  // namespace

BIO* make_socket_bio(int socket) {
    auto* const bio = BIO_new(socket_method());
    if (bio == nullptr) {
        throw std::bad_alloc{};
    }
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
    BIO_set_init(bio, 1);
    return bio;
}

}  // namespace newswired::http

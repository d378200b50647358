// OpenSSL over a socket of ours: its BIO, which neither waits nor raises SIGPIPE.

#pragma once

#include <openssl/bio.h>

namespace newswired::http {

/// Deletes by a function of OpenSSL's.
template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* pointer) const {
        Free(pointer);
    }
};

/// Reads and writes `socket`, which stays the caller's and outlives it.  The caller owns the BIO.
BIO* make_socket_bio(int socket);

}  // namespace newswired::http

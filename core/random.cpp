#include "core/random.hpp"

#include <openssl/rand.h>

#include <stdexcept>

namespace newswired {

std::string random_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) != 1) {
        throw std::runtime_error{"the system gives no random bytes"};
    }
    return bytes;
}

}  // namespace newswired

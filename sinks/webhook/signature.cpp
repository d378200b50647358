#include "sinks/webhook/signature.hpp"

#include "core/base64.hpp"
#include "core/hash.hpp"

namespace newswired::sinks {

std::string webhook_key(std::string_view secret) {
    constexpr std::string_view kCoded = "whsec_";
    if (secret.starts_with(kCoded)) {
        if (auto key = decode_base64(secret.substr(kCoded.size()))) {
            return std::move(*key);
        }
    }
    return std::string{secret};
}

std::string webhook_signature(std::string_view key, std::string_view id, std::string_view timestamp,
                              std::string_view body) {
    std::string message;
    message.reserve(id.size() + timestamp.size() + body.size() + 2);
    ((((message += id) += '.') += timestamp) += '.') += body;
    auto const digest = hmac_sha256(key, message);
    return "v1," + encode_base64({reinterpret_cast<char const*>(digest.data()), digest.size()});
}

}  // namespace newswired::sinks

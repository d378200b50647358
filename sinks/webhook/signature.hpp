// Signing a webhook's message: Standard Webhooks 1.0 (standardwebhooks.com), symmetric.

#pragma once

#include <string>
#include <string_view>

namespace newswired::sinks {

/// The key that a configured secret stands for: base 64 behind "whsec_", else its own bytes.
std::string webhook_key(std::string_view secret);

/// "v1,…": the value of webhook-signature.
std::string webhook_signature(std::string_view key, std::string_view id, std::string_view timestamp,
                              std::string_view body);

}  // namespace newswired::sinks

#include "http/tls/pins.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::http {

std::optional<Sha256> parse_pin(std::string_view text) {
    text = trim(text);
    if (text.starts_with("pin-sha256=\"") && text.ends_with('"')) {
        text.remove_prefix(12);
        text.remove_suffix(1);
    } else if (text.starts_with("sha256/")) {
        text.remove_prefix(7);
    } else {
        return {};
    }
    auto const bytes = decode_base64(text);
    Sha256 digest{};
    if (!bytes || bytes->size() != digest.size()) {
        return {};
    }
    std::transform(bytes->begin(), bytes->end(), digest.begin(),
                   [](char c) { return static_cast<unsigned char>(c); });
    return digest;
}

}  // namespace newswired::http

#include "feeds/websub/protocol.hpp"

#include "core/hash.hpp"
#include "core/text.hpp"
#include "http/retry_after.hpp"
#include "http/url/percent.hpp"

#include <algorithm>

namespace newswired::feeds::websub {
namespace {

constexpr std::size_t kMaxParameters = 32;

void append_field(std::string& form, std::string_view name, std::string_view value) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    form += form.empty() ? "" : "&";
    (form += name) += '=';
    for (unsigned char const byte : value) {
        auto const c = static_cast<char>(byte);
        if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            form += c;
        } else {
            form += '%';
            form += kDigits[byte >> 4];
            form += kDigits[byte & 15];
        }
    }
}

std::string decode_component(std::string_view text) {
    std::string spaced{text};
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    return http::percent_decode(spaced);
}

HubSays::Mode mode_of(std::string_view word) {
    if (word == "subscribe") {
        return HubSays::Mode::subscribe;
    }
    if (word == "unsubscribe") {
        return HubSays::Mode::unsubscribe;
    }
    return word == "denied" ? HubSays::Mode::denied : HubSays::Mode::other;
}

std::optional<HmacHash> hash_of(std::string_view method) {
    constexpr std::pair<std::string_view, HmacHash> kMethods[] = {{"sha1", HmacHash::sha1},
                                                                  {"sha256", HmacHash::sha256},
                                                                  {"sha384", HmacHash::sha384},
                                                                  {"sha512", HmacHash::sha512}};
    for (auto const& [name, hash] : kMethods) {
        if (equal_ignoring_case(method, name)) {
            return hash;
        }
    }
    return {};
}

}  // namespace

std::string form_of(HubRequest const& request) {
    std::string form;
    append_field(form, "hub.mode", request.mode == Mode::subscribe ? "subscribe" : "unsubscribe");
    append_field(form, "hub.topic", request.topic);
    append_field(form, "hub.callback", request.callback);
    if (request.lease > seconds{0}) {
        append_field(form, "hub.lease_seconds", std::to_string(request.lease.count()));
    }
    if (!request.secret.empty()) {
        append_field(form, "hub.secret", request.secret);
    }
    // Hubs of WebSub's forerunner, PubSubHubbub 0.3, insist on it; later ones pass over it.
    append_field(form, "hub.verify", "async");
    return form;
}

HubSays read_query(std::string_view query) {
    HubSays says;
    auto const parts = split(query, '&');
    for (std::size_t i = 0; i < std::min(parts.size(), kMaxParameters); ++i) {
        auto const equals = std::min(parts[i].find('='), parts[i].size());
        auto const name = decode_component(parts[i].substr(0, equals));
        auto value = decode_component(parts[i].substr(std::min(equals + 1, parts[i].size())));
        if (name == "hub.mode") {
            says.mode = mode_of(value);
        } else if (name == "hub.topic") {
            says.topic = std::move(value);
        } else if (name == "hub.challenge") {
            says.challenge = std::move(value);
        } else if (name == "hub.reason") {
            says.reason = std::move(value);
        } else if (name == "hub.lease_seconds") {
            says.lease = http::parse_delta_seconds(value);
        }
    }
    return says;
}

bool is_signed(std::string_view field, std::string_view secret, std::string_view body) {
    auto const equals = field.find('=');
    if (equals == std::string_view::npos || secret.empty()) {
        return false;
    }
    auto const hash = hash_of(trim(field.substr(0, equals)));
    if (!hash) {
        return false;
    }
    auto const expected = to_hex(hmac(*hash, secret, body));
    return equal_in_constant_time(to_lower(trim(field.substr(equals + 1))), expected);
}

}  // namespace newswired::feeds::websub

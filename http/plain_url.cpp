#include "http/plain_url.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"
#include "http/percent.hpp"
#include "http/url.hpp"

#include <cstddef>

namespace newswired::http {

bool is_clean_absolute(std::string_view reference) {
    std::size_t at = 0;
    if (reference.starts_with("https://")) {
        at = 8;
    } else if (reference.starts_with("http://")) {
        at = 7;
    } else {
        return false;
    }
    auto const host_end = reference.find('/', at);
    if (host_end == std::string_view::npos || host_end == at) {
        return false;
    }
    auto const host = reference.substr(at, host_end - at);
    for (char const c : host) {
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-' && c != '.') {
            return false;
        }
    }
    // An IPv4 address or an A-label, which have more than one form.
    if (is_digit(host[host.rfind('.') + 1]) || host.ends_with('.') ||
        host.find("xn--") != std::string_view::npos) {
        return false;
    }
    for (std::size_t i = host_end; i < reference.size(); ++i) {
        if (!is_plain_url_byte(reference[i])) {
            return false;
        }
    }
    return true;
}

bool is_plain_http_url(std::string_view url) {
    auto rest = url;
    if (rest.starts_with("https://")) {
        rest.remove_prefix(8);
    } else if (rest.starts_with("http://")) {
        rest.remove_prefix(7);
    } else {
        return false;
    }
    auto const slash = rest.find('/');
    if (slash == std::string_view::npos || slash == 0) {
        return false;
    }
    for (auto const c : rest.substr(0, slash)) {
        if (!((c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '.')) {
            return false;
        }
    }
    auto const path = rest.substr(slash);
    // A '%' may begin what is no escape; a dot after a slash may be a segment that goes.
    auto const unusual =
        find_any<'!', '"', '%', '<', '>', '[', '\\', ']', '^', '`', '{', '|', '}', '\x7F'>(path, 0);
    if (unusual < path.size() || !is_ascii(path)) {
        return false;
    }
    auto dot = path.find('.');
    while (dot != std::string_view::npos && path[dot - 1] != '/') {
        dot = path.find('.', dot + 1);
    }
    return dot == std::string_view::npos;
}

}  // namespace newswired::http

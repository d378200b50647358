#include "http/url/plain.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"
#include "http/url/percent.hpp"
#include "http/url/url.hpp"

#include <cstddef>

namespace newswired::http {

namespace {

// An http(s) URL in two, host and what follows it, when the host is written in small ASCII letters, digits,
// hyphens and dots, without a port; an empty host when it is not, or when nothing follows.
struct PlainParts {
    std::string_view host{};
    std::string_view path{};
};

PlainParts plain_parts(std::string_view url) {
    std::size_t const begin = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    auto const end = begin == 0 ? std::string_view::npos : url.find('/', begin);
    if (end == std::string_view::npos) {
        return {};
    }
    auto const host = url.substr(begin, end - begin);
    for (auto const c : host) {
        if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '-' && c != '.') {
            return {};
        }
    }
    return {.host = host, .path = url.substr(end)};
}

}  // namespace

bool is_clean_absolute(std::string_view reference) {
    auto const [host, path] = plain_parts(reference);
    // An IPv4 address or an A-label has more than one form.
    if (host.empty() || is_digit(host[host.rfind('.') + 1]) || host.ends_with('.') ||
        host.find("xn--") != std::string_view::npos) {
        return false;
    }
    for (auto const c : path) {
        if (!is_plain_url_byte(c)) {
            return false;
        }
    }
    return true;
}

bool is_plain_http_url(std::string_view url) {
    auto const [host, path] = plain_parts(url);
    if (host.empty()) {
        return false;
    }
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

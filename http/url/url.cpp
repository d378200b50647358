#include "http/url/url.hpp"

#include "core/text.hpp"
#include "http/url/host.hpp"
#include "http/url/percent.hpp"
#include "http/url/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace newswired::http {
namespace {

/// What is left of `text` once white space and controls at its ends are gone, and tabs and line ends within
/// (WHATWG, 4.4, steps 1 to 3: addresses broken over lines are common in feeds).
std::string cleaned(std::string_view text) {
    auto const is_margin = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!text.empty() && is_margin(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_margin(text.back())) {
        text.remove_suffix(1);
    }
    std::string clean{text};
    std::erase_if(clean, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
    return clean;
}

/// Length of the scheme at the start of `text`, without its colon; 0 when there is none.
std::size_t scheme_length(std::string_view text) {
    if (text.empty() || !is_alpha(text.front())) {
        return 0;
    }
    for (std::size_t i = 1; i < text.size(); ++i) {
        char const c = text[i];
        if (c == ':') {
            return i;
        }
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return 0;
        }
    }
    return 0;
}

std::optional<std::uint16_t> default_port(std::string_view scheme) {
    if (scheme == "http" || scheme == "ws") {
        return 80;
    }
    if (scheme == "https" || scheme == "wss") {
        return 443;
    }
    if (scheme == "ftp") {
        return 21;
    }
    return std::nullopt;
}

/// The schemes whose URLs browsers repair ("special", but for file).
bool is_special(std::string_view scheme) {
    return default_port(scheme).has_value();
}

bool is_slash(char c, bool special) {
    return c == '/' || (special && c == '\\');
}

bool read_port(Url& url, std::string_view digits) {
    if (digits.empty()) {
        return true;
    }
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc{} || end != digits.data() + digits.size()) {
        return false;
    }
    if (port != default_port(url.scheme)) {
        url.port = port;
    }
    return true;
}

void read_userinfo(Url& url, std::string_view userinfo) {
    auto const colon = userinfo.find(':');
    append_escaped(url.username, userinfo.substr(0, colon), UrlPart::userinfo);
    if (colon != std::string_view::npos) {
        append_escaped(url.password, userinfo.substr(colon + 1), UrlPart::userinfo);
    }
}

bool read_authority(Url& url, std::string_view authority, bool special) {
    // The last "@" ends the userinfo: passwords with an "@" in them are common.
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        read_userinfo(url, authority.substr(0, at));
        authority.remove_prefix(at + 1);
    }
    auto const bracket = authority.rfind(']');
    auto const colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto const host = authority.substr(0, colon);
    if (!special) {
        append_escaped(url.host, host, UrlPart::path);
        return colon == std::string_view::npos || read_port(url, authority.substr(colon + 1));
    }
    auto normal = normalise_host(host);
    if (!normal) {
        return false;
    }
    url.host = std::move(*normal);
    return colon == std::string_view::npos || read_port(url, authority.substr(colon + 1));
}

/// Path, query and fragment; back slashes of the path are slashes in special URLs.
void read_rest(Url& url, std::string_view rest, bool special) {
    auto const hash = rest.find('#');
    if (hash != std::string_view::npos) {
        append_escaped(url.fragment.emplace(), rest.substr(hash + 1), UrlPart::fragment);
        rest = rest.substr(0, hash);
    }
    auto const mark = rest.find('?');
    if (mark != std::string_view::npos) {
        append_escaped(url.query.emplace(), rest.substr(mark + 1), UrlPart::query);
        rest = rest.substr(0, mark);
    }
    if (special && rest.find('\\') != std::string_view::npos) {
        std::string path{rest};
        std::replace(path.begin(), path.end(), '\\', '/');
        append_escaped(url.path, path, UrlPart::path);
    } else {
        append_escaped(url.path, rest, UrlPart::path);
    }
    if (special && url.path.empty()) {
        url.path = "/";
    }
}

std::optional<Url> parse_clean(std::string_view text) {
    auto const length = scheme_length(text);
    if (length == 0) {
        return std::nullopt;
    }
    Url url{.scheme = to_lower(text.substr(0, length))};
    auto rest = text.substr(length + 1);
    auto const special = is_special(url.scheme);
    if (special) {
        // One slash, three slashes, none at all: what follows is the authority all the same.
        while (!rest.empty() && is_slash(rest.front(), true)) {
            rest.remove_prefix(1);
        }
    } else if (rest.starts_with("//")) {
        rest.remove_prefix(2);
    } else {
        url.opaque = true;
        read_rest(url, rest, false);
        return url;
    }
    auto const ends_authority = [special](char c) { return is_slash(c, special) || c == '?' || c == '#'; };
    auto const end = std::size_t(std::find_if(rest.begin(), rest.end(), ends_authority) - rest.begin());
    if (!read_authority(url, rest.substr(0, end), special)) {
        return std::nullopt;
    }
    read_rest(url, rest.substr(end), special);
    return url;
}

/// "." or "..", also with their dots encoded; 0 for any other segment.
int dots_of(std::string_view segment) {
    int dots = 0;
    while (!segment.empty() && dots <= 2) {
        if (segment.front() == '.') {
            segment.remove_prefix(1);
        } else if (starts_with_ignoring_case(segment, "%2e")) {
            segment.remove_prefix(3);
        } else {
            return 0;
        }
        ++dots;
    }
    return dots <= 2 ? dots : 0;
}

/// RFC 3986, 5.2.4, for a path that begins with "/".
std::string without_dot_segments(std::string_view path) {
    std::string kept;
    kept.reserve(path.size());
    while (!path.empty()) {
        auto const end = std::min(path.find('/', 1), path.size());
        auto const segment = path.substr(1, end - 1);
        auto const last = end == path.size();
        path.remove_prefix(end);
        auto const dots = dots_of(segment);
        if (dots == 0) {
            kept += '/';
            kept += segment;
            continue;
        }
        if (dots == 2) {
            kept.resize(std::min(kept.rfind('/'), kept.size()));
        }
        if (last) {
            kept += '/';
        }
    }
    return kept;
}

/// A relative reference without scheme and authority (RFC 3986, 5.2.2).
std::string resolve_relative(Url url, std::string_view reference, bool special) {
    Url relative;
    read_rest(relative, reference, false);
    if (special) {
        std::replace(relative.path.begin(), relative.path.end(), '\\', '/');
    }
    url.fragment = std::move(relative.fragment);
    if (relative.path.empty()) {
        if (relative.query) {
            url.query = std::move(relative.query);
        }
        return url.text();
    }
    url.query = std::move(relative.query);
    if (relative.path.front() != '/') {
        auto const directory = url.path.substr(0, url.path.rfind('/') + 1);
        relative.path.insert(0, directory.empty() ? "/" : directory);
    }
    url.path = without_dot_segments(relative.path);
    return url.text();
}

std::string escaped(std::string_view reference) {
    std::string text;
    append_escaped(text, reference, UrlPart::fragment);
    return text;
}

}  // namespace

std::string Url::text() const {
    std::string all;
    all.reserve(scheme.size() + host.size() + path.size() + (query ? query->size() : 0) + 16);
    all += scheme;
    all += ':';
    if (!opaque) {
        all += "//";
        if (!username.empty() || !password.empty()) {
            all += username;
            if (!password.empty()) {
                all += ':';
                all += password;
            }
            all += '@';
        }
        all += host;
        if (port) {
            all += ':';
            all += std::to_string(*port);
        }
    }
    all += path;
    if (query) {
        all += '?';
        all += *query;
    }
    if (fragment) {
        all += '#';
        all += *fragment;
    }
    return all;
}

bool Url::is_written(std::string_view text) const {
    auto const goes_on = [&text](std::string_view part) {
        auto const there = text.starts_with(part);
        text.remove_prefix(there ? part.size() : 0);
        return there;
    };
    if (opaque || fragment || !username.empty() || !password.empty()) {
        return text == this->text();
    }
    return goes_on(scheme) && goes_on("://") && goes_on(host) &&
           (!port || (goes_on(":") && goes_on(std::to_string(*port)))) && goes_on(path) &&
           (!query || (goes_on("?") && goes_on(*query))) && text.empty();
}

std::string Url::target() const {
    std::string all = path.empty() ? "/" : path;
    if (query) {
        all += '?';
        all += *query;
    }
    return all;
}

std::string Url::origin() const {
    constexpr std::size_t kSeparatorsAndPort = 16;
    std::string all;
    all.reserve(scheme.size() + host.size() + kSeparatorsAndPort);
    all += scheme;
    all += "://";
    all += host;
    if (port) {
        all += ':';
        all += std::to_string(*port);
    }
    return all;
}

std::uint16_t Url::port_or_default() const {
    return port.value_or(default_port(scheme).value_or(0));
}

std::optional<Url> parse_url(std::string_view text) {
    auto const is_dirt = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    // As most are: without a copy.
    return std::none_of(text.begin(), text.end(), is_dirt) ? parse_clean(text) : parse_clean(cleaned(text));
}

std::string resolve(std::string_view base, std::string_view written) {
    if (is_clean_absolute(written)) {
        return std::string{written};
    }
    auto const text = cleaned(written);
    std::string_view reference = text;
    auto const length = scheme_length(reference);
    auto const scheme = to_lower(reference.substr(0, length));
    if (length > 0) {
        auto const rest = reference.substr(length + 1);
        auto const slashes = rest.size() >= 2 && is_slash(rest[0], true) && is_slash(rest[1], true);
        // "http:page" is relative to a base of the same scheme, as browsers take it (WHATWG, 4.4).
        auto const relative = is_special(scheme) && !slashes && starts_with_ignoring_case(base, scheme + ":");
        if (!relative) {
            auto const url = parse_clean(reference);
            return url ? url->text() : escaped(reference);
        }
        reference = rest;
    }
    auto from = parse_url(base);
    if (!from || (from->opaque && !reference.starts_with('#'))) {
        return escaped(reference);
    }
    auto const special = is_special(from->scheme);
    if (reference.size() >= 2 && is_slash(reference[0], special) && is_slash(reference[1], special)) {
        auto const url = parse_clean(from->scheme + ":" + std::string{reference});
        return url ? url->text() : escaped(reference);
    }
    return resolve_relative(std::move(*from), reference, special);
}

}  // namespace newswired::http

#include "articles/body/url_cleaner.hpp"

#include "articles/identity/tracking.hpp"
#include "core/name_table.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <array>

namespace newswired::articles {
namespace {

constexpr NameTable kSchemes{std::to_array<std::string_view>(
    {"aim",     "callto", "cvs",    "facetime", "feed",  "file",   "ftp",      "geo",   "git",  "gopher",
     "gtalk",   "h323",   "hdl",    "http",     "https", "imap",   "irc",      "irc6",  "ircs", "itms",
     "magnet",  "mailto", "mms",    "msnim",    "news",  "nntp",   "prospero", "rsync", "rtsp", "rtspu",
     "sftp",    "shttp",  "sip",    "sips",     "skype", "smb",    "snews",    "sms",   "ssh",  "svn",
     "svn+ssh", "tel",    "telnet", "urn",      "wais",  "webcal", "xmpp",     "ymsg"})};

// The scheme of a URL as a browser would see it: white space and control characters in it do not count.
std::string scheme_of(std::string_view url) {
    std::string scheme;
    for (char const c : url) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') {
            continue;
        }
        if (c == ':') {
            return scheme;
        }
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return {};
        }
        scheme += c;
    }
    return {};
}

// As the URL Standard has it: control characters are nothing, spaces at the ends neither.
std::string without_controls(std::string_view url) {
    std::string clean{url};
    std::erase_if(clean, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return std::string{trim(clean)};
}

bool has_refused_scheme(std::string_view url) {
    if (starts_with_ignoring_case(url, "http")) {
        auto const rest = url.substr(4);
        if (rest.starts_with("://") || rest.starts_with("s://")) {
            return false;
        }
    }
    if (url.find(':') == std::string_view::npos) {
        return false;
    }
    auto const scheme = scheme_of(url);
    return !scheme.empty() && !kSchemes.contains(scheme);
}

}  // namespace

std::string_view UrlCleaner::clean(std::string_view value) {
    value = trim(value);
    if (value.empty()) {
        return {};
    }
    if (!http::is_plain_http_url(value)) {
        if (has_refused_scheme(value)) {
            return {};
        }
        made_ = base_.empty() ? without_controls(value) : http::resolve(base_, value);
        if (has_refused_scheme(made_)) {
            return {};
        }
        value = made_;
    }
    if (policy_ == Policy::article && !has_no_tracking(value)) {
        made_ = without_tracking(value);
        return made_;
    }
    return value;
}

// Candidates are parted by a comma and white space (4.8.4.2.1).
std::string UrlCleaner::clean_set(std::string_view value) {
    std::string set;
    while (!value.empty()) {
        if (is_space(value.front()) || value.front() == ',') {
            value.remove_prefix(1);
            continue;
        }
        auto const end = find_any<0, ' ', '\t', '\r', '\n', '\f'>(value, 0);
        auto url = value.substr(0, end);
        value.remove_prefix(end);
        std::string_view descriptor;
        if (url.ends_with(',')) {
            while (url.ends_with(',')) {
                url.remove_suffix(1);
            }
        } else {
            auto const comma = std::min(value.find(','), value.size());
            descriptor = trim(value.substr(0, comma));
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
        auto one = clean(url);
        while (one.ends_with(',')) {
            one.remove_suffix(1);  // it would part candidates
        }
        if (one.empty()) {
            continue;
        }
        set += set.empty() ? "" : ", ";
        set += one;
        if (!descriptor.empty()) {
            set += ' ';
            set += descriptor;
        }
    }
    return set;
}

}  // namespace newswired::articles

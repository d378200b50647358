#include "http/request_head.hpp"

#include "core/base64.hpp"
#include "core/text.hpp"
#include "http/content_coding.hpp"
#include "http/url/percent.hpp"

#include <algorithm>

namespace newswired::http {
namespace {

void append_field(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

void append_target(std::string& head, Url const& url) {
    head += url.path.empty() ? std::string_view{"/"} : std::string_view{url.path};
    if (url.query) {
        head += '?';
        head += *url.query;
    }
}

void append_host(std::string& head, Url const& url) {
    head += "Host: ";
    head += url.host;
    if (url.port) {
        head += ':';
        head += std::to_string(*url.port);
    }
    head += "\r\n";
}

// A stranger's entity tag comes back in If-None-Match: no control character may end the field early.
bool is_sendable(std::string_view text) {
    auto const is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    };
    return std::none_of(text.begin(), text.end(), is_control);
}

bool is_field_name(std::string_view name) {
    auto const is_bad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == ':' || c == 0x7F; };
    return !name.empty() && std::none_of(name.begin(), name.end(), is_bad);
}

bool is_ours(std::string_view name) {
    constexpr std::string_view kOurs[] = {"Host", "Connection", "Content-Length",     "Transfer-Encoding",
                                          "TE",   "Upgrade",    "Proxy-Authorization"};
    auto const same = [name](std::string_view ours) { return equal_ignoring_case(name, ours); };
    return std::any_of(std::begin(kOurs), std::end(kOurs), same);
}

bool is_validator(std::string_view name) {
    return equal_ignoring_case(name, "If-None-Match") || equal_ignoring_case(name, "If-Modified-Since");
}

void append_fields(std::string& head, Fields const& fields, bool with_validators) {
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        auto const& name = field->first;
        auto const same = [&name](Fields::Entry const& other) {
            return equal_ignoring_case(other.first, name);
        };
        auto const again = std::any_of(fields.begin(), field, same);
        if (again || is_ours(name) || !is_field_name(name) || (!with_validators && is_validator(name))) {
            continue;
        }
        auto const several = std::any_of(field + 1, fields.end(), same);
        auto const value = several ? fields.joined(name) : std::string{};
        auto const& sent = several ? value : field->second;
        if (is_sendable(sent)) {
            append_field(head, name, sent);
        }
    }
}

bool same_resource(std::string_view text, Url const& url) {
    if (url.is_written(text)) {
        return true;
    }
    auto const other = parse_url(text);
    return other && other->origin() == url.origin() && other->target() == url.target();
}

std::string authorization(Request const& request, Url const& url) {
    if (!request.username.empty() || !request.password.empty()) {
        return basic_credentials(request.username, request.password);
    }
    if (!url.username.empty() || !url.password.empty()) {
        return basic_credentials(percent_decode(url.username), percent_decode(url.password));
    }
    return {};
}

}  // namespace

std::string basic_credentials(std::string_view username, std::string_view password) {
    return "Basic " + encode_base64(std::string{username} + ":" + std::string{password});
}

std::string request_head(Request const& request, Url const& url, std::string_view user_agent,
                         Proxy const* proxy) {
    std::string head;
    head.reserve(640);
    head += request.method == Method::post ? "POST " : "GET ";
    if (proxy != nullptr) {
        head += url.origin();
    }
    append_target(head, url);
    head += " HTTP/1.1\r\n";
    append_host(head, url);
    if (!user_agent.empty() && !request.fields.has("User-Agent")) {
        append_field(head, "User-Agent", user_agent);
    }
    if (!request.fields.has("Accept")) {
        append_field(head, "Accept", kFeedTypes);
    }
    if (!request.fields.has("Accept-Encoding")) {
        append_field(head, "Accept-Encoding", kAcceptedCodings);
    }
    if (proxy != nullptr) {
        if (auto const credentials = proxy->credentials(); !credentials.empty()) {
            append_field(head, "Proxy-Authorization", credentials);
        }
    }
    if (!request.fields.has("Authorization")) {
        if (auto const credentials = authorization(request, url); !credentials.empty()) {
            append_field(head, "Authorization", credentials);
        }
    }
    // Another resource's validators would be a lie to this one.
    append_fields(head, request.fields,
                  request.conditional_url.empty() || same_resource(request.conditional_url, url));
    if (request.method == Method::post) {
        append_field(head, "Content-Length", std::to_string(request.body.size()));
    }
    head += "\r\n";
    return head;
}

}  // namespace newswired::http

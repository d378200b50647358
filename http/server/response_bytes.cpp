#include "http/server/response_bytes.hpp"

#include <ctime>
#include <string_view>

namespace newswired::http {
namespace {

std::string_view reason_of(std::uint16_t status) {
    switch (status) {
        case 200:
            return "OK";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 410:
            return "Gone";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return status < 400 ? "OK" : "Error";
    }
}

// RFC 9110, 5.6.7.
std::string date_now() {
    auto const now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[40];
    auto const size = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text, size};
}

void append_field(std::string& bytes, std::string_view name, std::string_view value) {
    (((bytes += name) += ": ") += value) += "\r\n";
}

}  // namespace

ServerResponse short_response(std::uint16_t status) {
    ServerResponse response{.status = status};
    response.fields.add("Content-Type", "text/plain; charset=utf-8");
    response.body = std::string{reason_of(status)} + "\n";
    return response;
}

std::string response_bytes(ServerResponse const& response, ResponseFraming framing) {
    std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " ";
    bytes += reason_of(response.status);
    bytes += "\r\n";
    append_field(bytes, "Date", date_now());
    for (auto const& [name, value] : response.fields) {
        append_field(bytes, name, value);
    }
    constexpr std::uint16_t kNoContent = 204;
    if (response.status != kNoContent) {
        append_field(bytes, "Content-Length", std::to_string(response.body.size()));
    }
    append_field(bytes, "Connection", framing.closes ? "close" : "keep-alive");
    bytes += "\r\n";
    if (!framing.for_head && response.status != kNoContent) {
        bytes += response.body;
    }
    return bytes;
}

}  // namespace newswired::http

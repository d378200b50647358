#include "http/header_repair.hpp"

#include "core/text.hpp"
#include "http/url/percent.hpp"

#include <algorithm>
#include <vector>

namespace newswired::http {
namespace {

// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
    auto const is_token_char = [](char c) {
        constexpr std::string_view kSymbols = "!#$%&'*+-.^_`|~";
        return is_alpha(c) || is_digit(c) || kSymbols.find(c) != std::string_view::npos;
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

std::vector<std::string_view> lines_of(std::string_view header) {
    auto lines = split(header, '\n');
    for (auto& line : lines) {
        while (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
    }
    return lines;
}

// "HTTP/1.1 200 OK"; also "HTTP/1.1 200", "HTTP/2 200", "HTTP/1.1  200 OK".
std::optional<std::string> status_line(std::string_view line) {
    if (!line.starts_with("HTTP/")) {
        return std::nullopt;
    }
    auto const version = line.substr(0, line.find(' '));
    auto const rest = trim(line.substr(version.size()));
    if (rest.size() < 3 || !std::all_of(rest.begin(), rest.begin() + 3, is_digit)) {
        return std::nullopt;
    }
    auto const old = version == "HTTP/1.0";
    return (old ? "HTTP/1.0 " : "HTTP/1.1 ") + std::string{rest.substr(0, 3)} + " ";
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
    out += name;
    out += ": ";
    for (char const c : value) {
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    }
    out += "\r\n";
}

bool is_length(std::string_view value) {
    return !value.empty() && std::all_of(value.begin(), value.end(), is_digit);
}

}  // namespace

std::size_t header_length(std::string_view bytes) {
    for (auto at = bytes.find('\n'); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        auto next = at + 1;
        if (next < bytes.size() && bytes[next] == '\r') {
            ++next;
        }
        if (next < bytes.size() && bytes[next] == '\n') {
            return next + 1;
        }
    }
    return std::string_view::npos;
}

std::optional<std::string> repaired_header(std::string_view header) {
    auto const lines = lines_of(header);
    auto const first = status_line(lines.front());
    if (!first) {
        return std::nullopt;
    }
    auto repaired = *first + "\r\n";
    bool chunked = false;
    for (auto const line : lines) {
        chunked = chunked || (starts_with_ignoring_case(line, "transfer-encoding") &&
                              find_ignoring_case(line, "chunked") != std::string_view::npos);
    }
    std::optional<std::string_view> length;
    bool has_coding = false;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto const colon = lines[i].find(':');
        if (colon == std::string_view::npos) {
            continue;
        }
        auto const name = trim(lines[i].substr(0, colon));
        auto const value = trim(lines[i].substr(colon + 1));
        if (!is_token(name) || is_space(lines[i].front())) {
            continue;
        }
        if (equal_ignoring_case(name, "content-length")) {
            // The chunks count, not the length; a length that is no number says nothing.
            if (chunked || !is_length(value) || value == length) {
                continue;
            }
            if (length) {
                return std::nullopt;  // 6.3: of two lengths neither can be trusted
            }
            length = value;
        }
        if (equal_ignoring_case(name, "transfer-encoding")) {
            if (!chunked || has_coding) {
                continue;
            }
            has_coding = true;
            append_field(repaired, name, "chunked");
            continue;
        }
        if (equal_ignoring_case(name, "connection") && !is_token(value)) {
            append_field(repaired, name, "close");
            continue;
        }
        append_field(repaired, name, value);
    }
    return repaired + "\r\n";
}

std::optional<std::string> repaired_chunk_size(std::string_view bytes) {
    constexpr std::string_view kLineEnd = "\r\n";
    auto const begin = bytes.starts_with(kLineEnd) ? kLineEnd.size() : 0;
    auto const end = bytes.find(kLineEnd, begin);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    auto const line = bytes.substr(begin, end - begin);
    auto const size = trim(line);
    constexpr std::size_t kMaxPadded = 16;  // digits that the parser reads
    auto const is_hexadecimal = [](char c) { return hex_value(c) >= 0; };
    if (size.empty() || line.size() > kMaxPadded || !std::all_of(size.begin(), size.end(), is_hexadecimal)) {
        return std::nullopt;
    }
    std::string repaired{bytes.substr(0, begin)};
    repaired.append(line.size() - size.size(), '0');
    (repaired += size) += kLineEnd;
    return repaired;
}

}  // namespace newswired::http

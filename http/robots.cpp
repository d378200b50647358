#include "http/robots.hpp"

#include "core/text.hpp"
#include "http/url/percent.hpp"

#include <algorithm>
#include <cstring>

namespace newswired::http {
namespace {

constexpr std::size_t kMaxFile = 500 * 1024;  // what RFC 9309, 2.5 has us read at least
constexpr std::size_t kMaxRules = 5'000;      // of one group; real files have hundreds
constexpr std::size_t kMaxPattern = 2'048;    // as long as URLs get
constexpr std::size_t kMaxWildcards = 16;     // more make matching dear, and are found nowhere
constexpr std::size_t kMaxTarget = 8 * 1'024;

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_unreserved(unsigned char c) {
    return is_alpha(char(c)) || is_digit(char(c)) || c == '-' || c == '.' || c == '_' || c == '~';
}

void append_encoded(std::string& out, unsigned char byte) {
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 0xF];
}

// The one spelling of what can be written in several (2.2.2): unreserved characters as they are, all beyond
// ASCII percent-encoded, hexadecimal digits as capitals.
std::string normalised(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto byte = static_cast<unsigned char>(text[i]);
        auto const high = byte == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        auto const low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            byte = static_cast<unsigned char>(high * 16 + low);
            i += 2;
            if (is_unreserved(byte)) {
                out += char(byte);
            } else {
                append_encoded(out, byte);
            }
        } else if (byte <= ' ' || byte >= 0x7F) {
            append_encoded(out, byte);
        } else {
            out += char(byte);
        }
    }
    return out;
}

std::size_t find_bytes(std::string_view text, std::string_view part, std::size_t from) {
    auto const rest = text.substr(from);
    auto const* const place =
        static_cast<char const*>(::memmem(rest.data(), rest.size(), part.data(), part.size()));
    return place == nullptr ? std::string_view::npos : std::size_t(place - text.data());
}

// '*' stands for any run of characters; a '$' at the end for the end.  Taking each part at its first place is
// enough: what follows a '*' fits at a later one only if it fits there as well.
bool matches(std::string_view pattern, std::string_view target) {
    auto const anchored = pattern.ends_with('$');
    if (anchored) {
        pattern.remove_suffix(1);
    }
    auto const parts = split(pattern, '*');
    if (!target.starts_with(parts.front())) {
        return false;
    }
    auto place = parts.front().size();
    for (std::size_t i = 1; i < parts.size(); ++i) {
        if (anchored && i + 1 == parts.size()) {
            return target.size() >= place + parts[i].size() && target.ends_with(parts[i]);
        }
        auto const found = find_bytes(target, parts[i], place);
        if (found == std::string_view::npos) {
            return false;
        }
        place = found + parts[i].size();
    }
    return !anchored || place == target.size();
}

struct Line {
    std::string_view name{};
    std::string_view value{};
};

Line line_of(std::string_view text) {
    text = text.substr(0, text.find('#'));
    auto const colon = text.find(':');
    if (colon == std::string_view::npos) {
        return {};
    }
    return {.name = trim(text.substr(0, colon)), .value = trim(text.substr(colon + 1))};
}

// Calls `use` with each line that says something.
template <typename Use>
void for_each_line(std::string_view file, Use use) {
    while (!file.empty()) {
        auto const end = std::min(file.find_first_of("\r\n"), file.size());
        if (auto const line = line_of(file.substr(0, end)); !line.name.empty()) {
            use(line);
        }
        file.remove_prefix(std::min(end + 1, file.size()));
    }
}

bool names_agent(Line const& line) {
    return equal_ignoring_case(line.name, "user-agent") || equal_ignoring_case(line.name, "useragent");
}

// The leading part of a user-agent line that can be a token: "Foo/1.2" means "Foo".
std::string_view token_of(std::string_view value) {
    auto const end = std::find_if(value.begin(), value.end(), [](char c) {
        return !is_alpha(c) && c != '-' && c != '_' && !is_digit(c);
    });
    return value.starts_with('*') ? value.substr(0, 1) : value.substr(0, std::size_t(end - value.begin()));
}

bool mentions(std::string_view file, std::string_view agent) {
    bool found = false;
    for_each_line(file, [&](Line const& line) {
        found = found || (names_agent(line) && equal_ignoring_case(token_of(line.value), agent));
    });
    return found;
}

}  // namespace

Robots::Robots(std::string_view file, std::string_view agent) {
    file = file.substr(0, kMaxFile);
    if (file.starts_with("\xEF\xBB\xBF")) {
        file.remove_prefix(3);
    }
    auto const wanted = mentions(file, agent) ? agent : std::string_view{"*"};
    bool for_us = false;        // the group we are in
    bool among_agents = false;  // one user-agent line after another: one group for all of them
    for_each_line(file, [&](Line const& line) {
        if (names_agent(line)) {
            auto const ours = equal_ignoring_case(token_of(line.value), wanted);
            for_us = (among_agents && for_us) || ours;
            among_agents = true;
            return;
        }
        auto const allow = equal_ignoring_case(line.name, "allow");
        if (!allow && !equal_ignoring_case(line.name, "disallow")) {
            return;  // Sitemap, Crawl-delay …: no part of the protocol, and no end of the agents' lines
        }
        among_agents = false;
        auto const wildcards = std::size_t(std::count(line.value.begin(), line.value.end(), '*'));
        if (!for_us || line.value.empty() || line.value.size() > kMaxPattern || wildcards > kMaxWildcards ||
            rules_.size() >= kMaxRules) {
            return;
        }
        rules_.push_back({.pattern = normalised(line.value), .allow = allow});
    });
    // The longest first, and of two as long the one that allows: the first that matches decides.
    std::stable_sort(rules_.begin(), rules_.end(), [](Rule const& a, Rule const& b) {
        return a.pattern.size() != b.pattern.size() ? a.pattern.size() > b.pattern.size() : a.allow > b.allow;
    });
}

Robots Robots::nothing() {
    Robots robots;
    robots.rules_.push_back({.pattern = "/", .allow = false});
    return robots;
}

bool Robots::allows(std::string_view target) const {
    if (rules_.empty() || target == "/robots.txt") {
        return true;
    }
    auto const path = normalised(target.substr(0, kMaxTarget));
    auto const rule = std::find_if(rules_.begin(), rules_.end(),
                                   [&path](Rule const& one) { return matches(one.pattern, path); });
    return rule == rules_.end() || rule->allow;
}

RobotsAnswer meaning_of_robots_status(std::uint16_t status) {
    if (status >= 200 && status < 300) {
        return RobotsAnswer::file;
    }
    // "Too many requests" is a server in need, not one without rules.
    if (status == 429 || status >= 500) {
        return RobotsAnswer::unreachable;
    }
    return RobotsAnswer::none;
}

std::string product_token(std::string_view user_agent) {
    auto const token = token_of(trim(user_agent));
    return token.empty() || token == "*" ? "newswired" : std::string{token};
}

}  // namespace newswired::http

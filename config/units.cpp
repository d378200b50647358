#include "config/units.hpp"

#include "core/text.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <span>
#include <utility>
#include <vector>

namespace newswired::config {
namespace {

// A number and what follows it.
std::optional<std::pair<double, std::string_view>> split_number(std::string_view text) {
    text = trim(text);
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) {
        ++end;
    }
    if (end == 0) {
        return {};
    }
    std::string const digits{text.substr(0, end)};
    char* rest = nullptr;
    auto const number = std::strtod(digits.c_str(), &rest);
    if (*rest != '\0' || !std::isfinite(number)) {
        return {};
    }
    return std::pair{number, trim(text.substr(end))};
}

struct Unit {
    std::string_view name;
    double factor;
};

std::optional<double> scaled(std::string_view text, std::span<Unit const> units, bool zero_needs_none) {
    auto const parts = split_number(text);
    if (!parts) {
        return {};
    }
    for (auto const& unit : units) {
        if (parts->second == unit.name) {
            return parts->first * unit.factor;
        }
    }
    if (zero_needs_none && parts->second.empty() && parts->first == 0) {
        return 0;
    }
    return {};
}

}  // namespace

std::optional<milliseconds> parse_duration(std::string_view text) {
    constexpr Unit kUnits[] = {{"ms", 1},        {"s", 1000},       {"m", 60'000},     {"min", 60'000},
                               {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}};
    auto const count = scaled(text, kUnits, true);
    constexpr double kLongest = 100.0 * 365 * 86'400'000;
    if (!count || *count > kLongest) {
        return {};
    }
    return milliseconds{std::llround(*count)};
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
    constexpr Unit kUnits[] = {{"", 1},
                               {"B", 1},
                               {"kB", 1e3},
                               {"KB", 1e3},
                               {"MB", 1e6},
                               {"GB", 1e9},
                               {"TB", 1e12},
                               {"KiB", 1024.0},
                               {"MiB", 1048576.0},
                               {"GiB", 1073741824.0},
                               {"TiB", 1099511627776.0}};
    auto const count = scaled(text, kUnits, true);
    if (!count || *count > 1e18) {
        return {};
    }
    return std::uint64_t(*count);
}

bool is_address_range(std::string_view text) {
    auto const slash = text.find('/');
    std::string const address{text.substr(0, slash)};
    unsigned char bytes[16];
    auto const v4 = ::inet_pton(AF_INET, address.c_str(), bytes) == 1;
    auto const v6 = !v4 && ::inet_pton(AF_INET6, address.c_str(), bytes) == 1;
    if (!v4 && !v6) {
        return false;
    }
    if (slash == std::string_view::npos) {
        return true;
    }
    auto const length = text.substr(slash + 1);
    if (length.empty() || length.size() > 3 || !std::all_of(length.begin(), length.end(), is_digit)) {
        return false;
    }
    return std::atoi(std::string{length}.c_str()) <= (v4 ? 32 : 128);
}

std::optional<std::string> expand(std::string_view text, std::string& missing) {
    std::string expanded;
    for (;;) {
        auto const start = text.find("${");
        expanded += text.substr(0, start);
        if (start == std::string_view::npos) {
            return expanded;
        }
        auto const end = text.find('}', start);
        if (end == std::string_view::npos) {
            return expanded + std::string{text.substr(start)};
        }
        std::string const name{text.substr(start + 2, end - start - 2)};
        auto const* value = std::getenv(name.c_str());
        if (value == nullptr) {
            missing = name;
            return {};
        }
        expanded += value;
        text.remove_prefix(end + 1);
    }
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return std::min(row[b.size()], most + 1);
}

}  // namespace newswired::config

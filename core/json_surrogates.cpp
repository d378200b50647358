#include "core/json_surrogates.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <utility>

namespace newswired {
namespace {

constexpr std::size_t kEscape = 6;  // "\\ud83d"

// 'h' and 'l': a high or a low half is escaped at `at`; 'o': something else is.
char half_at(std::string_view json, std::size_t at) {
    if (json.size() < at + kEscape || json[at] != '\\' || json[at + 1] != 'u' ||
        to_lower(json[at + 2]) != 'd') {
        return 'o';
    }
    auto const digit = to_lower(json[at + 3]);
    return digit == '8' || digit == '9' || digit == 'a' || digit == 'b'   ? 'h'
           : digit == 'c' || digit == 'd' || digit == 'e' || digit == 'f' ? 'l'
                                                                          : 'o';
}

}  // namespace

std::optional<std::string> with_whole_characters(std::string_view json) {
    std::string out;
    bool any = false;
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size();) {
        if (json[i] != '\\') {
            out += json[i++];
            continue;
        }
        auto const half = half_at(json, i);
        auto const pair = half == 'h' && half_at(json, i + kEscape) == 'l';
        auto const length = pair ? 2 * kEscape : half == 'o' ? 2 : kEscape;
        auto const is_whole = half == 'o' || pair;
        out += is_whole ? json.substr(i, length) : "\\ufffd";
        any = any || !is_whole;
        i += std::min(length, json.size() - i);
    }
    return any ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace newswired

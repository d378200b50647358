#include "articles/page/dates/dates.hpp"
#include "core/text.hpp"
#include "feeds/dates/words.hpp"

#include <cstdlib>
#include <vector>

namespace newswired::articles::page {
namespace {

constexpr std::size_t kLongestPath = 400;

struct Part {
    std::size_t digits = 0;  // none: it is a word
    int value = 0;           // of a word: the month that it names
    char before = 0;         // what parts it from the one before

    bool is_number(std::size_t least, std::size_t most) const { return digits >= least && digits <= most; }
    bool is_near() const { return before == '/' || before == '-' || before == '_'; }
};

// Runs of digits and runs of letters.
std::vector<Part> cut(std::string_view path) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < path.size();) {
        auto end = i;
        auto const digits = is_digit(path[i]);
        while (end < path.size() && (digits ? is_digit(path[end]) : is_alpha(path[end]))) {
            ++end;
        }
        if (end == i) {
            ++i;
            continue;
        }
        auto const text = path.substr(i, end - i);
        Part part{.before = i == 0 ? '/' : path[i - 1]};
        if (digits) {
            part.digits = text.size();
            part.value = text.size() > 8 ? 0 : std::atoi(std::string{text}.c_str());
        } else if (text.size() >= 3) {
            part.value = feeds::month_of(to_lower(text));
        }
        parts.push_back(part);
        i = end;
    }
    return parts;
}

std::string day_at(std::vector<Part> const& parts, std::size_t i) {
    auto const& first = parts[i];
    if (first.is_number(8, 8)) {
        return day_text(first.value / 10000, first.value / 100 % 100, first.value % 100);
    }
    if (i + 2 >= parts.size() || !parts[i + 1].is_near() || !parts[i + 2].is_near()) {
        return {};
    }
    auto const& second = parts[i + 1];
    auto const& third = parts[i + 2];
    auto const month = second.is_number(1, 2) || (second.digits == 0 && second.value > 0);
    if (first.is_number(4, 4) && month && third.is_number(1, 2)) {
        return day_text(first.value, second.value, third.value);
    }
    // "/29-10-2021", "/29-october-2021"
    if (first.is_number(1, 2) && month && third.is_number(4, 4)) {
        return day_text(third.value, second.value, first.value);
    }
    return {};
}

}  // namespace

std::string day_in_url(std::string_view url) {
    auto const scheme = url.find("//");
    auto const path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 2);
    if (path == std::string_view::npos) {
        return {};
    }
    auto const parts = cut(url.substr(path, kLongestPath));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (auto day = day_at(parts, i); !day.empty()) {
            return day;
        }
    }
    return {};
}

}  // namespace newswired::articles::page

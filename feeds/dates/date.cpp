#include "feeds/dates/date.hpp"

#include "core/text.hpp"
#include "feeds/dates/folding.hpp"
#include "feeds/dates/reader.hpp"
#include "feeds/dates/usual_date.hpp"

#include <chrono>

namespace newswired::feeds {
namespace {

constexpr std::size_t kLongestDate = 128;
constexpr SystemTime kSecondYear = std::chrono::sys_days{std::chrono::year{2} / 1 / 1};

}  // namespace

std::optional<SystemTime> parse_date(std::string_view text) {
    text = trim(text);
    if (text.empty() || text.size() > kLongestDate) {
        return std::nullopt;
    }
    auto const usual = parse_usual_date(text);
    auto const found = usual ? usual : DateReader{folded_date(text)}.read();
    // The year 1 is what programs write that have no date.
    return found && *found >= kSecondYear ? found : std::nullopt;
}

}  // namespace newswired::feeds

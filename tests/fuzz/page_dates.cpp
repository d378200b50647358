// Days as pages state and show them: in <meta>, in text of any language, in addresses.

#include "articles/page/dates/dates.hpp"
#include "articles/page/dates/shown_dates.hpp"
#include "core/text.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;
namespace page = articles::page;

namespace {

void require_day(std::string const& day) {
    fuzz::require(day.empty() || (day.size() == 10 && day[4] == '-' && day[7] == '-'), "a day is YYYY-MM-DD");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = to_valid_utf8(fuzz::text_of(data, size));
    for (auto const month_first : {false, true}) {
        require_day(page::day_in_text(text, month_first));
        auto const any = page::any_date(text, {.month_first = month_first});
        fuzz::require(any.empty() || any.size() >= 10, "a date has its day");
    }
    require_day(page::day_in_url(text));
    auto const stated = page::stated_date(text);
    fuzz::require(stated.empty() || stated.size() >= 19, "a stated date has its time");
    if (!stated.empty()) {
        fuzz::require(page::with_zone(stated, "de").size() >= 20, "a date gets its zone");
        fuzz::require(page::stated_date(page::with_zone(stated, "")) == page::with_zone(stated, ""),
                      "a date that was written is read as itself");
    }
    return 0;
}

// Dates: what is read must be writable, and mean the same when it is read again.

#include "feeds/dates/date.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace newswired;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const date = feeds::parse_date(fuzz::text_of(data, size));
    if (date) {
        auto const written = rfc3339_milliseconds(*date);
        if (!written.starts_with("0000") && !written.starts_with("9999")) {  // RFC 3339 has no years beyond
            fuzz::require(feeds::parse_date(written) == date, "a date that was written is read as itself");
        }
    }
    return 0;
}

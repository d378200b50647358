#include "config/units.hpp"

#include "tests/config/config_test.hpp"

namespace newswired::config {
namespace {

using std::chrono::hours;

TEST(Units, ReadDurations) {
    struct {
        char const* text;
        milliseconds expected;
    } const rows[] = {
        {"500ms", milliseconds{500}},
        {"30s", seconds{30}},
        {"15m", std::chrono::minutes{15}},
        {"15min", std::chrono::minutes{15}},
        {"2h", hours{2}},
        {"7d", hours{7 * 24}},
        {"1w", hours{7 * 24}},
        {"1.5h", std::chrono::minutes{90}},
        {".5s", milliseconds{500}},
        {"0.25d", hours{6}},
        {"0", milliseconds{0}},
        {"0s", milliseconds{0}},
        {" 30 s ", seconds{30}},
    };

    for (auto const& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(parse_duration(row.text), row.expected);
    }
}

TEST(Units, RefuseWhatIsNoDuration) {
    for (auto const* text :
         {"", "s", "10", "-5s", "+5s", "5 fortnights", "5M", "1h30m", "1.2.3s", ".", ".s", "1e3s", "0x10s",
          "nan", "inf", "1000000d", "99999999999999999999999999999999s", "auto"}) {
        SCOPED_TRACE(text);
        EXPECT_EQ(parse_duration(text), std::nullopt);
    }
}

TEST(Units, ReadSizes) {
    struct {
        char const* text;
        std::uint64_t expected;
    } const rows[] = {
        {"0", 0},
        {"1024", 1024},
        {"10B", 10},
        {"64KiB", 65'536},
        {"10kB", 10'000},
        {"10KB", 10'000},
        {"10MB", 10'000'000},
        {"1.5MB", 1'500'000},
        {"16MiB", 16'777'216},
        {"2GB", 2'000'000'000},
        {"1GiB", 1'073'741'824},
        {"1TB", 1'000'000'000'000},
        {"1TiB", 1'099'511'627'776},
        {"3 MB", 3'000'000},
    };

    for (auto const& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(parse_size(row.text), row.expected);
    }
}

TEST(Units, RefuseWhatIsNoSize) {
    for (auto const* text : {"", "MB", "-1", "10mb", "10Mb", "10XB", "1,5MB", "9999999TB", "1e6"}) {
        SCOPED_TRACE(text);
        EXPECT_EQ(parse_size(text), std::nullopt);
    }
}

TEST(Units, KnowAddressRanges) {
    for (auto const* text :
         {"127.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "1.2.3.4/32", "::1", "fd00::/8", "::/0", "::1/128"}) {
        SCOPED_TRACE(text);
        EXPECT_TRUE(is_address_range(text));
    }
    for (auto const* text : {"", "/8", "localhost", "10.0.0/8", "10.0.0.0/", "10.0.0.0/33", "::1/129",
                             "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/0008", "256.0.0.1"}) {
        SCOPED_TRACE(text);
        EXPECT_FALSE(is_address_range(text));
    }
}

TEST(Units, ExpandTheEnvironment) {
    ScopedVariable const one{"NEWSWIRED_TEST_ONE", "first"};
    ScopedVariable const two{"NEWSWIRED_TEST_TWO", "${NEWSWIRED_TEST_ONE}"};
    std::string missing;

    EXPECT_EQ(expand("a ${NEWSWIRED_TEST_ONE} b ${NEWSWIRED_TEST_ONE}", missing), "a first b first");
    EXPECT_EQ(expand("${NEWSWIRED_TEST_TWO}", missing), "${NEWSWIRED_TEST_ONE}")
        << "a value is not expanded again";
    EXPECT_EQ(expand("$HOME costs 5$ {x} ${", missing), "$HOME costs 5$ {x} ${");
    EXPECT_EQ(missing, "");
    EXPECT_EQ(expand("${NEWSWIRED_TEST_NONE}", missing), std::nullopt);
    EXPECT_EQ(missing, "NEWSWIRED_TEST_NONE");
}

TEST(Units, CountEdits) {
    EXPECT_EQ(edit_distance("interval", "interval", 3), 0u);
    EXPECT_EQ(edit_distance("intervall", "interval", 3), 1u);
    EXPECT_EQ(edit_distance("intreval", "interval", 3), 2u);
    EXPECT_EQ(edit_distance("", "url", 3), 3u);
    EXPECT_EQ(edit_distance("something", "else", 3), 4u) << "no more than one above the most";
}

}  // namespace
}  // namespace newswired::config

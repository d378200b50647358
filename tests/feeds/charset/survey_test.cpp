#include "feeds/charset/survey.hpp"

#include "feeds/charset/survey_fast.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired::feeds {
namespace {

std::vector<std::string> const kPieces = {
    "\x7F",
    "\xC2\x80",
    "\xC2\x9F",
    "\xC2\xA0",
    "\xC3\xA9",
    "\xDF\xBF",
    "\xE0\xA0\x80",
    "\xE0\x9F\xBF",
    "\xED\x9F\xBF",
    "\xED\xA0\x80",
    "\xEF\xBF\xBF",
    "\xF0\x90\x80\x80",
    "\xF0\x8F\xBF\xBF",
    "\xF4\x8F\xBF\xBF",
    "\xF4\x90\x80\x80",
    "\xF5\x80\x80\x80",
    "\xC0\xAF",
    "\xC1\xBF",
    "\x80",
    "\xBF\xBF",
    "\xC3",
    "\xE2\x82",
    "\xF0\x9F\x98",
    "\xE2\x82\xAC\xAC",
    "\xFF",
    "\xFE",
    "\x01",
    "\x1F",
    "\x19",
    "\x1A",
    "\t\n\r",
    "\x0B",
    "\x0C",
    "\xF8\x88\x80\x80",
    "\xE2(\xA1",
    "\xC3\xA9\xC3",
};

// Where a piece stands in a step of 32 bytes, and what is beside it, must make no difference.
TEST(SurveyTest, SeesTheSameFastAsCarefully) {
    for (auto const& piece : kPieces) {
        for (std::size_t before = 0; before < 70; ++before) {
            for (std::size_t const after : {0u, 1u, 2u, 3u, 29u, 40u}) {
                auto const text = std::string(before, 'x') + piece + std::string(after, 'y');
                auto const careful = survey_carefully(text);
                auto const found = survey(text);
                EXPECT_EQ(found.is_utf8(), careful.is_utf8()) << before << ' ' << after << ' ' << piece;
                EXPECT_EQ(found.ascii, careful.ascii) << before << ' ' << after << ' ' << piece;
                EXPECT_EQ(found.has_controls, careful.has_controls) << before << ' ' << after << ' ' << piece;
                EXPECT_EQ(found.has_latin1_controls && found.is_utf8(),
                          careful.has_latin1_controls && careful.is_utf8())
                    << before << ' ' << after << ' ' << piece;
            }
        }
    }
}

TEST(SurveyTest, CountsWhatIsStray) {
    auto const found = survey("caf\xE9 and caf\xC3\xA9 and \xE2\x82");

    EXPECT_EQ(found.stray, 3u);
    EXPECT_EQ(found.sequences, 1u);
    EXPECT_FALSE(found.is_mainly_utf8());
}

}  // namespace
}  // namespace newswired::feeds

#include "core/text.hpp"

#include <gtest/gtest.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <string>

namespace newswired {
namespace {

std::string by_icu(std::string const& text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink{&out};
    icu::Normalizer2::getNFCInstance(status)->normalizeUTF8(
        0, {text.data(), static_cast<std::int32_t>(text.size())}, sink, nullptr, status);
    EXPECT_TRUE(U_SUCCESS(status));
    return out;
}

// Every character between letters and before marks that could combine with it: what is passed over without
// ICU must be what ICU would leave as it is.
TEST(NfcTest, AgreesWithIcuOnEveryCharacter) {
    for (char32_t c = 0x80; c < 0x20000; ++c) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        std::string text = "a";
        append_utf8(text, c);
        text += "bcd";
        ASSERT_EQ(to_nfc(text), by_icu(text)) << std::hex << static_cast<std::uint32_t>(c);
    }
}

TEST(NfcTest, ComposesWithTheMarkThatFollows) {
    for (char32_t const mark : {0x300, 0x301, 0x308, 0x327, 0x338, 0x3099, 0x309A, 0x11A8, 0x1161}) {
        for (char32_t c = 0x41; c < 0x10000; c += c < 0x3000 ? 1 : 7) {
            if (c >= 0xD800 && c < 0xE000) {
                continue;
            }
            std::string text;
            append_utf8(text, c);
            append_utf8(text, mark);
            text += "bcd";
            ASSERT_EQ(to_nfc(text), by_icu(text)) << std::hex << static_cast<std::uint32_t>(c);
        }
    }
}

// So that no two characters which are passed over without ICU could change places.
TEST(NfcTest, KnowsWhichCharactersJoinWhatIsBeforeThem) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* const nfc = icu::Normalizer2::getNFCInstance(status);
    for (char32_t c = 0x300; c < 0x20000; ++c) {
        if (c >= 0xD800 && c < 0xE000) {
            continue;
        }
        std::string text;
        append_utf8(text, c);
        auto const joins = nfc->hasBoundaryBefore(static_cast<UChar32>(c)) == 0;
        ASSERT_EQ(joining_length(text), joins ? text.size() : 0u)
            << std::hex << static_cast<std::uint32_t>(c);
    }
}

TEST(NfcTest, PassesOverACharacterAtTheEnd) {
    for (std::string const text :
         {"wait…", "Привет", "שלום", "سلام", "chữ", "港口", "↩\uFE0E", "🎉", "…\xE2"}) {
        EXPECT_EQ(to_nfc(text), text);
    }
    EXPECT_EQ(to_nfc("chu\u031B\u0303"), "chữ");
}

}  // namespace
}  // namespace newswired

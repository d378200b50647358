#include "feeds/charset/charset.hpp"

#include "core/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {
namespace {

using namespace std::literals;

std::string decoded(std::string_view bytes, std::string_view content_type = {}) {
    std::vector<Problem> problems;
    return to_utf8(std::string{bytes}, content_type, problems);
}

std::string wide(std::u32string_view text, std::size_t unit, bool big_endian) {
    std::string out;
    auto put = [&](std::uint32_t value) {
        for (std::size_t i = 0; i < unit; ++i) {
            out += static_cast<char>(value >> 8 * (big_endian ? unit - 1 - i : i) & 0xFF);
        }
    };
    for (auto const c : text) {
        if (unit == 2 && c > 0xFFFF) {
            put(0xD800 + ((c - 0x10000) >> 10));
            put(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            put(c);
        }
    }
    return out;
}

constexpr auto kWide = U"<rss><title>Zürich 東京 😀</title></rss>"sv;
constexpr auto kNarrow = "<rss><title>Zürich 東京 😀</title></rss>"sv;

TEST(CharsetTest, ReadsUtf16AndUtf32WithAndWithoutMark) {
    for (auto const unit : {2u, 4u}) {
        for (auto const big_endian : {true, false}) {
            auto const bare = wide(kWide, unit, big_endian);
            auto const marked = wide(U"\uFEFF", unit, big_endian) + bare;

            EXPECT_EQ(decoded(bare), kNarrow) << unit << big_endian;
            EXPECT_EQ(decoded(marked), kNarrow) << unit << big_endian;
        }
    }
}

TEST(CharsetTest, KnowsUtf16ByItsZerosWhateverItBeginsWith) {
    EXPECT_EQ(decoded(wide(U"\n <rss>é</rss>", 2, false)), "\n <rss>é</rss>");
    EXPECT_EQ(decoded(wide(U"{\"title\": \"é\"}", 2, true)), "{\"title\": \"é\"}");
}

TEST(CharsetTest, BelievesAMarkMoreThanAnyLabel) {
    EXPECT_EQ(decoded("\xEF\xBB\xBF<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>",
                      "text/xml; charset=koi8-r"),
              "<?xml version='1.0' encoding='iso-8859-1'?><a>é</a>");
    EXPECT_EQ(decoded("\xFF\xFE" + wide(U"<a>ж</a>", 2, false), "text/xml; charset=utf-8"), "<a>ж</a>");
}

TEST(CharsetTest, SurvivesALoneSurrogateWithoutLosingItsPlace) {
    auto bytes = wide(U"<a>x", 2, false);
    bytes += "\x00\xD8"sv;  // a high surrogate without its partner
    bytes += wide(U"yz</a>", 2, false);

    EXPECT_EQ(decoded(bytes), "<a>x\uFFFDyz</a>");
}

TEST(CharsetTest, PassesOverAnUnpairedByteAtTheEndOfUtf16) {
    EXPECT_TRUE(decoded(wide(U"<rss>é</rss>", 2, true) + "\x00"s).starts_with("<rss>é</rss>"));
}

struct Labelled {
    char const* name;
    std::string_view bytes;
    std::string_view content_type;
    std::string_view expected;
};

TEST(CharsetTest, WeighsLabels) {
    Labelled const cases[] = {
        {"the server's", "<a>\xC9</a>", "text/xml; charset=iso-8859-1", "<a>É</a>"},
        {"the server's, in quotes", "<a>\xC9</a>", "text/xml; charset=\"ISO-8859-7\"", "<a>Ι</a>"},
        {"the server's, with spaces", "<a>\xD4</a>", "text/xml; Charset = koi8-r ; q=1", "<a>т</a>"},
        {"the server's before the declaration's", "<?xml version='1.0' encoding='koi8-r'?><a>\xC9</a>",
         "application/xml; charset=windows-1251", "<?xml version='1.0' encoding='koi8-r'?><a>Й</a>"},
        {"the declaration's when the server says UTF-8 and it is none",
         "<?xml version='1.0' encoding='koi8-r'?><a>\xC9</a>", "text/xml; charset=utf-8",
         "<?xml version='1.0' encoding='koi8-r'?><a>и</a>"},
        {"the declaration's", "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>\xCC\xE8\xF0</a>", "",
         "<?xml version=\"1.0\" encoding=\"windows-1251\"?><a>Мир</a>"},
        {"a declaration after white space", "\n<?xml version='1.0' encoding='iso-8859-2'?><a>\xB1</a>", "",
         "\n<?xml version='1.0' encoding='iso-8859-2'?><a>ą</a>"},
        {"spaces around the equals sign", "<?xml version = '1.0' encoding = 'iso-8859-2' ?><a>\xB1</a>", "",
         "<?xml version = '1.0' encoding = 'iso-8859-2' ?><a>ą</a>"},
        {"a meta element", "<html><meta charset=koi8-r><a>\xC9</a>", "",
         "<html><meta charset=koi8-r><a>и</a>"},
        {"a meta element of old",
         "<html><meta http-equiv='content-type' content='text/html; charset=windows-1250'><a>\x9A</a>", "",
         "<html><meta http-equiv='content-type' content='text/html; charset=windows-1250'><a>š</a>"},
        {"Latin-1 means windows-1252", "<?xml version='1.0' encoding='iso-8859-1'?><a>\x93x\x94</a>", "",
         "<?xml version='1.0' encoding='iso-8859-1'?><a>“x”</a>"},
        {"ASCII means windows-1252", "<a>\x80</a>", "text/xml; charset=us-ascii", "<a>€</a>"},
        {"UTF-8 that is called Latin-1", "<a>Zürich</a>", "text/xml; charset=iso-8859-1", "<a>Zürich</a>"},
        {"UTF-8 that is called UTF-16", "<?xml version='1.0' encoding='utf-16'?><a>é</a>", "",
         "<?xml version='1.0' encoding='utf-16'?><a>é</a>"},
        {"a label that nobody knows", "<a>Zürich</a>", "text/xml; charset=martian", "<a>Zürich</a>"},
        {"an unknown label over Latin-1", "<a>Z\xFCrich</a>", "text/xml; charset=martian", "<a>Zürich</a>"},
        {"no label over Latin-1", "<a>caf\xE9 cr\xE8me</a>", "", "<a>café crème</a>"},
        {"gb2312 means GB18030", "<?xml version='1.0' encoding='gb2312'?><a>\xB1\xB1\xBE\xA9</a>", "",
         "<?xml version='1.0' encoding='gb2312'?><a>北京</a>"},
        {"Big5", "<?xml version='1.0' encoding='big5'?><a>\xA5\x78\xA5\x5F</a>", "",
         "<?xml version='1.0' encoding='big5'?><a>台北</a>"},
        {"Shift_JIS", "<?xml version='1.0' encoding='Shift_JIS'?><a>\x93\x8C\x8B\x9E</a>", "",
         "<?xml version='1.0' encoding='Shift_JIS'?><a>東京</a>"},
        {"EUC-JP", "<?xml version='1.0' encoding='euc-jp'?><a>\xC5\xEC\xB5\xFE</a>", "",
         "<?xml version='1.0' encoding='euc-jp'?><a>東京</a>"},
        {"EUC-KR", "<?xml version='1.0' encoding='euc-kr'?><a>\xBC\xAD\xBF\xEF</a>", "",
         "<?xml version='1.0' encoding='euc-kr'?><a>서울</a>"},
        {"ISO-2022-JP, which looks like ASCII",
         "<?xml version='1.0' encoding='iso-2022-jp'?><a>\x1B$BEl5~\x1B(B</a>", "",
         "<?xml version='1.0' encoding='iso-2022-jp'?><a>東京</a>"},
        {"an alias in Python's spelling", "<?xml version='1.0' encoding='cp_437'?><a>\x81</a>", "",
         "<?xml version='1.0' encoding='cp_437'?><a>ü</a>"},
    };
    for (auto const& one : cases) {
        EXPECT_EQ(decoded(one.bytes, one.content_type), one.expected) << one.name;
    }
}

TEST(CharsetTest, ReadsEbcdic) {
    // "<?xml version='1.0' encoding='ibm037'?><a>Az</a>" in code page 037.
    auto const bytes =
        "\x4C\x6F\xA7\x94\x93\x40\xA5\x85\x99\xA2\x89\x96\x95\x7E\x7D\xF1\x4B\xF0\x7D\x40\x85\x95\x83\x96\x84"
        "\x89\x95\x87\x7E\x7D\x89\x82\x94\xF0\xF3\xF7\x7D\x6F\x6E\x4C\x81\x6E\xC1\xA9\x4C\x61\x81\x6E"sv;

    EXPECT_EQ(decoded(bytes), "<?xml version='1.0' encoding='ibm037'?><a>Az</a>");
}

TEST(CharsetTest, ReadsStrayBytesAsWindows1252) {
    EXPECT_EQ(decoded("<a>Zürich, caf\xE9, \x93quoted\x94, Genève, Besançon</a>"),
              "<a>Zürich, café, “quoted”, Genève, Besançon</a>");
}

TEST(CharsetTest, RemovesControlCharactersAndSaysSo) {
    std::vector<Problem> problems;

    auto const text = to_utf8(std::string{"<a>b\0c\x01\x1B"
                                          "d\te\r\nf</a>"sv},
                              {}, problems);

    EXPECT_EQ(text, "<a>bcd\te\r\nf</a>");
    EXPECT_EQ(problems.size(), 1u);
}

TEST(CharsetTest, IsNotMisledByZerosAtTheStart) {
    EXPECT_EQ(decoded("\0<rss>plain</rss>"sv), "<rss>plain</rss>");
    EXPECT_EQ(decoded("\0\0\0<rss>plain</rss>"sv), "<rss>plain</rss>");
    EXPECT_EQ(decoded("<\0rss>plain</rss>"sv), "<rss>plain</rss>");
}

TEST(CharsetTest, MendsControlCharactersOfLatin1) {
    EXPECT_EQ(decoded("<a>it\u0092s \u0093fine\u0094 \u00A0é</a>"), "<a>it’s “fine” \u00A0é</a>");
}

TEST(CharsetTest, RemovesOneMarkOnly) {
    EXPECT_EQ(decoded("\xEF\xBB\xBF<a/>"), "<a/>");
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("\xEF\xBB\xBF"), "");
}

// The names and labels of the Encoding Standard, 4.2.  Those that it maps to "replacement" and x-user-defined
// are not feeds.
constexpr std::string_view kWhatwgLabels =
    "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8 866 cp866 csibm866 ibm866 "
    "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 csisolatin3 "
    "iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3 csisolatin4 iso-8859-4 "
    "iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4 csisolatincyrillic cyrillic "
    "iso-8859-5 "
    "iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988 arabic asmo-708 csiso88596e csiso88596i "
    "csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 "
    "iso_8859-6:1987 csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
    "iso_8859-7 iso_8859-7:1987 sun_eu_greek csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e "
    "iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical "
    "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6 iso-8859-13 iso8859-13 iso885913 "
    "iso-8859-14 iso8859-14 iso885914 csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 "
    "iso-8859-16 "
    "cskoi8r koi koi8 koi8-r koi8_r koi8-ru koi8-u csmacintosh mac macintosh x-mac-roman dos-874 iso-8859-11 "
    "iso8859-11 iso885911 tis-620 windows-874 cp1250 windows-1250 x-cp1250 cp1251 windows-1251 x-cp1251 "
    "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 "
    "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 cp1253 windows-1253 x-cp1253 cp1254 "
    "csisolatin5 "
    "iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254 "
    "cp1255 "
    "windows-1255 x-cp1255 cp1256 windows-1256 x-cp1256 cp1257 windows-1257 x-cp1257 cp1258 windows-1258 "
    "x-cp1258 "
    "x-mac-cyrillic x-mac-ukrainian chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 "
    "x-gbk gb18030 big5 big5-hkscs cn-big5 csbig5 x-x-big5 cseucpkdfmtjapanese euc-jp x-euc-jp csiso2022jp "
    "iso-2022-jp csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cseuckr csksc56011987 "
    "euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949";

// A label that opened nothing would leave 0xA9 to windows-1252, as "©".
TEST(CharsetTest, OpensEveryLabelOfTheEncodingStandard) {
    for (auto const label : split(kWhatwgLabels, ' ')) {
        std::vector<Problem> problems;
        // 0xB0 0xA1 is a character in every double-byte encoding; two in the others.
        auto const bytes = "<?xml version='1.0' encoding='" + std::string{label} + "'?><a>\xB0\xA1</a>";

        auto const text = to_utf8(bytes, {}, problems);

        auto const names_utf8 = label.find("utf") != std::string_view::npos;
        EXPECT_EQ(problems.empty(), !names_utf8) << label;
        EXPECT_TRUE(text.ends_with("</a>")) << label;
    }
}

TEST(CharsetTest, AlwaysGivesUtf8) {
    std::string bytes = "<a>";
    for (int byte = 1; byte < 256; ++byte) {
        bytes += static_cast<char>(byte);
        bytes += static_cast<char>(255 - byte);
    }
    for (auto const label : split(kWhatwgLabels, ' ')) {
        EXPECT_TRUE(is_utf8(decoded(bytes, "text/xml; charset=" + std::string{label}))) << label;
    }
}

}  // namespace
}  // namespace newswired::feeds

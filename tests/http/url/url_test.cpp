#include "http/url/url.hpp"

#include <gtest/gtest.h>

namespace newswired::http {
namespace {

struct ParseCase {
    char const* name;
    char const* written;
    char const* expected;  // null: not an absolute URL
};

class ParseUrl : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseUrl, GivesTheNormalForm) {
    auto const url = parse_url(GetParam().written);

    if (GetParam().expected == nullptr) {
        EXPECT_FALSE(url.has_value()) << url->text();
        return;
    }
    ASSERT_TRUE(url.has_value());
    EXPECT_EQ(url->text(), GetParam().expected);
}

constexpr ParseCase kParseCases[] = {
    {"Plain", "https://example.org/feed.xml", "https://example.org/feed.xml"},
    {"NoPath", "http://example.org", "http://example.org/"},
    {"QueryWithoutPath", "http://example.org?q=1", "http://example.org/?q=1"},
    {"UpperCase", "HTTP://EXAMPLE.org/Path", "http://example.org/Path"},
    {"DefaultPort", "http://example.org:80/", "http://example.org/"},
    {"EmptyPort", "https://example.org:/", "https://example.org/"},
    {"OtherPort", "https://example.org:8443/", "https://example.org:8443/"},
    {"PortOfTheOtherScheme", "http://example.org:443/", "http://example.org:443/"},
    {"PortTooLarge", "http://example.org:65536/", nullptr},
    {"PortOfLetters", "http://example.org:port/", nullptr},
    {"SpacesAround", "  http://example.org/a \n", "http://example.org/a"},
    {"SpaceWithin", "http://example.org/a b?c d#e f", "http://example.org/a%20b?c%20d#e%20f"},
    {"LineBreakWithin", "http://exam\nple.org/a\tb", "http://example.org/ab"},
    {"BackSlashes", "http:\\\\example.org\\a\\b?c\\d", "http://example.org/a/b?c\\d"},
    {"OneSlash", "http:/example.org/a", "http://example.org/a"},
    {"ThreeSlashes", "http:///example.org/a", "http://example.org/a"},
    {"NoSlashes", "https:example.org/a", "https://example.org/a"},
    {"DotSegmentsStay", "http://example.org/a/../b/./c", "http://example.org/a/../b/./c"},
    {"EscapesStay", "http://example.org/%7euser/%2F%zz?%41=%e9", "http://example.org/%7euser/%2F%zz?%41=%e9"},
    {"OddCharactersStay", "http://example.org/a|b[c]^~!$&'()*+,;=:@",
     "http://example.org/a|b[c]^~!$&'()*+,;=:@"},
    {"ForbiddenCharacters", "http://example.org/<a>\"{b}`", "http://example.org/%3Ca%3E%22%7Bb%7D%60"},
    {"BracesInAQuery", "http://example.org/?a={b}", "http://example.org/?a={b}"},
    {"IriPath", "http://example.org/zürich?q=ü#ß", "http://example.org/z%C3%BCrich?q=%C3%BC#%C3%9F"},
    {"InternationalName", "http://Bücher.example/", "http://xn--bcher-kva.example/"},
    {"SharpSIsKept", "http://faß.example/", "http://xn--fa-hia.example/"},
    {"IdeographicDot", "http://a。example/", "http://a.example/"},
    {"EncodedName", "http://%65xample.org/", "http://example.org/"},
    {"Underscore", "http://my_site.example.org/", "http://my_site.example.org/"},
    {"DoubleHyphen", "http://r3---sn.example.org/", "http://r3---sn.example.org/"},
    {"BadALabel", "http://xn--a.example/", nullptr},
    {"DecimalAddress", "http://2130706433/", "http://127.0.0.1/"},
    {"HexAddress", "http://0x7f.0.0.0x1/", "http://127.0.0.1/"},
    {"OctalAddress", "http://0177.0.0.01/", "http://127.0.0.1/"},
    {"ShortAddress", "http://127.1/", "http://127.0.0.1/"},
    {"FullWidthAddress", "http://１２７.0.0.1/", "http://127.0.0.1/"},
    {"AddressWithDot", "http://127.0.0.1./", "http://127.0.0.1/"},
    {"AddressTooLarge", "http://256.0.0.1/", nullptr},
    {"AddressTooLong", "http://1.2.3.4.5/", nullptr},
    {"Ipv6", "http://[2001:DB8:0:0::1]:8080/", "http://[2001:db8::1]:8080/"},
    {"Ipv6Broken", "http://[::1/", nullptr},
    {"Ipv6WithZone", "http://[fe80::1%25eth0]/", nullptr},
    {"Userinfo", "http://user:p%40ss@example.org/", "http://user:p%40ss@example.org/"},
    {"AtInPassword", "http://user:p@ss@example.org/", "http://user:p%40ss@example.org/"},
    {"EmptyHost", "http://", nullptr},
    {"OnlyAPort", "http://:80/", nullptr},
    {"HostWithSpace", "http://exa mple.org/", nullptr},
    {"NoScheme", "example.org/feed", nullptr},
    {"Empty", "", nullptr},
    {"Mail", "MAILTO:someone@example.org?subject=a b", "mailto:someone@example.org?subject=a%20b"},
    {"Urn", "urn:uuid:1225C695", "urn:uuid:1225C695"},
    {"Tag", "tag:example.org,2026:a/../b", "tag:example.org,2026:a/../b"},
    {"File", "file:///etc/passwd", "file:///etc/passwd"},
};

INSTANTIATE_TEST_SUITE_P(Table, ParseUrl, testing::ValuesIn(kParseCases),
                         [](auto const& row) { return std::string{row.param.name}; });

struct ResolveCase {
    char const* name;
    char const* base;
    char const* reference;
    char const* expected;
};

class Resolve : public testing::TestWithParam<ResolveCase> {};

TEST_P(Resolve, FindsTheAddress) {
    EXPECT_EQ(resolve(GetParam().base, GetParam().reference), GetParam().expected);
}

constexpr char const* kRfcBase = "http://a.example/b/c/d;p?q";

constexpr ResolveCase kResolveCases[] = {
    // RFC 3986, 5.4.1 and 5.4.2.
    {"OtherScheme", kRfcBase, "g:h", "g:h"},
    {"Name", kRfcBase, "g", "http://a.example/b/c/g"},
    {"DotName", kRfcBase, "./g", "http://a.example/b/c/g"},
    {"Folder", kRfcBase, "g/", "http://a.example/b/c/g/"},
    {"Root", kRfcBase, "/g", "http://a.example/g"},
    {"Host", kRfcBase, "//g.example", "http://g.example/"},
    {"Query", kRfcBase, "?y", "http://a.example/b/c/d;p?y"},
    {"NameAndQuery", kRfcBase, "g?y", "http://a.example/b/c/g?y"},
    {"Fragment", kRfcBase, "#s", "http://a.example/b/c/d;p?q#s"},
    {"Parameters", kRfcBase, ";x", "http://a.example/b/c/;x"},
    {"Empty", kRfcBase, "", "http://a.example/b/c/d;p?q"},
    {"Dot", kRfcBase, ".", "http://a.example/b/c/"},
    {"DotDot", kRfcBase, "..", "http://a.example/b/"},
    {"DotDotName", kRfcBase, "../g", "http://a.example/b/g"},
    {"DotDotTwice", kRfcBase, "../../g", "http://a.example/g"},
    {"AboveTheRoot", kRfcBase, "../../../g", "http://a.example/g"},
    {"AboveTheRootAtOnce", kRfcBase, "/../g", "http://a.example/g"},
    {"ThreeDots", kRfcBase, "...", "http://a.example/b/c/..."},
    {"DotInside", kRfcBase, "g/./h/../i", "http://a.example/b/c/g/i"},
    {"QueryWithDots", kRfcBase, "g?y/../x", "http://a.example/b/c/g?y/../x"},
    {"SameSchemeNoSlashes", kRfcBase, "http:g", "http://a.example/b/c/g"},
    // What feeds do.
    {"AbsoluteUnchanged", kRfcBase, "https://e.example/a/../b?c=%20#d", "https://e.example/a/../b?c=%20#d"},
    {"AbsoluteWithoutPath", kRfcBase, "https://e.example", "https://e.example/"},
    {"AbsoluteUpperCase", kRfcBase, "https://E.example/A", "https://e.example/A"},
    {"AbsoluteWithSpace", kRfcBase, "https://e.example/a b", "https://e.example/a%20b"},
    {"AbsoluteDecimalAddress", kRfcBase, "http://2130706433/a", "http://127.0.0.1/a"},
    {"SpacesAround", kRfcBase, " /g\n", "http://a.example/g"},
    {"BackSlashes", kRfcBase, "..\\g", "http://a.example/b/g"},
    {"BackSlashHost", kRfcBase, "\\\\g.example\\x", "http://g.example/x"},
    {"EncodedDots", kRfcBase, "%2e%2E/g", "http://a.example/b/g"},
    {"Iri", kRfcBase, "/ü", "http://a.example/%C3%BC"},
    {"Mail", kRfcBase, "mailto:a@b.example", "mailto:a@b.example"},
    {"EscapesStay", kRfcBase, "/%7e%41", "http://a.example/%7e%41"},
    {"BaseWithFragment", "http://a.example/b#c", "", "http://a.example/b"},
    {"BaseWithoutPath", "http://a.example", "g", "http://a.example/g"},
    {"NoBase", "", " /g h ", "/g%20h"},
    {"OpaqueBase", "urn:x:y", "g", "g"},
    {"OpaqueBaseFragment", "urn:x:y", "#g", "urn:x:y#g"},
    {"HostThatIsNone", kRfcBase, "http://exa mple/", "http://exa%20mple/"},
};

INSTANTIATE_TEST_SUITE_P(Table, Resolve, testing::ValuesIn(kResolveCases),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(Url, TargetHoldsNeitherUserinfoNorFragment) {
    auto const url = parse_url("http://u:p@h.example:81/a?b#c");

    ASSERT_TRUE(url.has_value());
    EXPECT_EQ(url->target(), "/a?b");
    EXPECT_EQ(url->origin(), "http://h.example:81");
    EXPECT_EQ(url->port_or_default(), 81);
    EXPECT_EQ(parse_url("https://h.example/")->port_or_default(), 443);
}

}  // namespace
}  // namespace newswired::http

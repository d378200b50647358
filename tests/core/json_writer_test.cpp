#include "core/json_writer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace newswired {
namespace {

TEST(JsonWriterTest, WritesNestedValuesWithCommasWhereTheyBelong) {
    std::string out;
    JsonWriter json{out};

    json.open_object();
    json.member("a", "x");
    json.key("b");
    json.open_array();
    json.number(std::int64_t{1});
    json.value(true);
    json.open_object();
    json.close_object();
    json.close_array();
    json.member_or_null("c", "");
    json.member_if("d", "");
    json.member_if("e", std::vector<std::string>{});
    json.member_if("f", std::vector<std::string>{"x", "y"});
    json.close_object();

    EXPECT_EQ(out, R"({"a":"x","b":[1,true,{}],"c":null,"f":["x","y"]})");
}

TEST(JsonWriterTest, EscapesWhatMustBeAndMendsWhatIsNoUtf8) {
    std::string out;

    append_json_string(out, "\"\\\n\x01\xFF\u20AC");

    EXPECT_EQ(out, "\"\\\"\\\\\\n\\u0001\uFFFD\u20AC\"");
}

TEST(JsonWriterTest, EscapesLongTextsAsItDoesShortOnes) {
    std::string text;
    std::string expected{"\""};
    for (int i = 0; i < 3000; ++i) {
        auto const odd = i % 7 == 3;
        text += odd ? "\"\n" : i % 11 == 5 ? "\x7f\u20AC" : "words";
        expected += odd ? "\\\"\\n" : i % 11 == 5 ? "\\u007f\u20AC" : "words";
    }
    expected += '"';

    std::string out;
    append_json_string(out, text);

    EXPECT_EQ(out, expected);
}

}  // namespace
}  // namespace newswired

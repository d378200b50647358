#include "config/yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace newswired::config {
namespace {

using Kind = YamlNode::Kind;

YamlNode parse(std::string const& text) {
    auto parsed = parse_yaml(text);
    if (auto const* error = std::get_if<YamlError>(&parsed)) {
        ADD_FAILURE() << error->line << ":" << error->column << ": " << error->what;
        return {};
    }
    return std::get<YamlNode>(std::move(parsed));
}

TEST(Yaml, KnowsThePlaceOfEveryNode) {
    auto const document = parse("a: 1\nb:\n  - x\n  - {c: y}\n");

    ASSERT_EQ(document.members.size(), 2u);
    auto const& list = document.members[1].second;
    EXPECT_EQ(list.items[0].line, 3u);
    EXPECT_EQ(list.items[0].column, 5u);
    auto const& [key, value] = list.items[1].members[0];
    EXPECT_EQ(key.line, 4u);
    EXPECT_EQ(key.column, 6u);
    EXPECT_EQ(value.column, 9u);
}

TEST(Yaml, TellsTheKinds) {
    auto const document = parse("{a: ~, b: '', c: [], d: {}, e: null, f: 'null', g: }");

    EXPECT_EQ(document.find("a")->kind, Kind::null);
    EXPECT_EQ(document.find("b")->kind, Kind::scalar);
    EXPECT_EQ(document.find("c")->kind, Kind::list);
    EXPECT_EQ(document.find("d")->kind, Kind::map);
    EXPECT_EQ(document.find("e")->kind, Kind::null);
    EXPECT_EQ(document.find("f")->kind, Kind::scalar);
    EXPECT_EQ(document.find("g")->kind, Kind::null);
    EXPECT_EQ(document.find("h"), nullptr);
}

TEST(Yaml, LetsOwnKeysWinOverMergedOnes) {
    auto const document = parse("x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 0}");

    auto const* const merged = document.find("z");
    ASSERT_NE(merged, nullptr);
    EXPECT_EQ(merged->find("a")->text, "0");
    EXPECT_EQ(merged->find("b")->text, "2");
    EXPECT_EQ(merged->find("c")->text, "4");
    EXPECT_EQ(merged->members.size(), 3u);
}

TEST(Yaml, ReadsLongListsWithoutTakingThemForABomb) {
    std::string text;
    for (int i = 0; i < 50'000; ++i) {
        text += "- x\n";
    }

    EXPECT_EQ(parse(text).items.size(), 50'000u);
}

TEST(Yaml, TakesTheFirstOfSeveralDocuments) {
    EXPECT_EQ(parse("a: 1\n---\na: 2\n").find("a")->text, "1");
}

}  // namespace
}  // namespace newswired::config

// docs/config.schema.json, the manual, the example with every key and the reader must tell the same keys.
// JSON is YAML, so the schema is read with the same parser.

#include "config/yaml.hpp"
#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <set>

namespace newswired::config {
namespace {

YamlNode parse_file(std::string const& name) {
    auto parsed = parse_yaml(content_of(kProject + name));
    if (auto const* error = std::get_if<YamlError>(&parsed)) {
        ADD_FAILURE() << name << ":" << error->line << ":" << error->column << ": " << error->what;
        return {};
    }
    return std::get<YamlNode>(std::move(parsed));
}

/// The keys that a JSON Schema allows, by their paths: "fetch.per_host.delay", "sinks.retry.base".
class Schema {
  public:
    explicit Schema(YamlNode document) : document_{std::move(document)} { collect(document_, ""); }

    std::set<std::string> const& paths() const { return paths_; }
    /// Maps whose keys are the operator's own.
    std::set<std::string> const& open_maps() const { return open_maps_; }

  private:
    void collect(YamlNode const& schema, std::string const& path) {
        if (auto const* const target = schema.find("$ref")) {
            auto const name = target->text.substr(std::string_view{"#/$defs/"}.size());
            auto const* const definition = document_.find("$defs")->find(name);
            ASSERT_NE(definition, nullptr) << target->text;
            collect(*definition, path);
        }
        if (auto const* const choices = schema.find("anyOf")) {
            for (auto const& choice : choices->items) {
                collect(choice, path);
            }
        }
        if (auto const* const items = schema.find("items")) {
            collect(*items, path);
        }
        if (auto const* const others = schema.find("additionalProperties");
            others != nullptr && others->text != "false") {
            open_maps_.insert(path);
        }
        if (auto const* const properties = schema.find("properties")) {
            for (auto const& [key, value] : properties->members) {
                auto const inner = path.empty() ? key.text : path + "." + key.text;
                paths_.insert(inner);
                collect(value, inner);
            }
        }
    }

    YamlNode document_;
    std::set<std::string> paths_;
    std::set<std::string> open_maps_;
};

Schema config_schema() {
    return Schema{parse_file("docs/config.schema.json")};
}

void collect_keys(YamlNode const& node, std::string const& path, Schema const& schema,
                  std::set<std::string>& keys) {
    for (auto const& item : node.items) {
        collect_keys(item, path, schema, keys);
    }
    if (schema.open_maps().contains(path)) {
        return;
    }
    for (auto const& [key, value] : node.members) {
        auto const inner = path.empty() ? key.text : path + "." + key.text;
        keys.insert(inner);
        collect_keys(value, inner, schema, keys);
    }
}

std::set<std::string> keys_of(std::string const& example, Schema const& schema) {
    std::set<std::string> keys;
    collect_keys(parse_file("examples/" + example), "", schema, keys);
    return keys;
}

/// A configuration that has every key of the schema, with nothing as its value.
std::string with_every_key(std::set<std::string> const& paths) {
    std::function<std::string(std::string const&)> map_at = [&](std::string const& prefix) {
        std::string members;
        for (auto const& path : paths) {
            if (!path.starts_with(prefix) || path.find('.', prefix.size()) != std::string::npos) {
                continue;
            }
            auto inner = map_at(path + ".");
            if (path == "feeds" || path == "sinks") {
                inner = "[" + inner + "]";
            } else if (path == "rules") {
                inner = "[{drop: " + map_at("rules.drop.") + "}, {allow: " + map_at("rules.allow.") + "}]";
            }
            members += (members.empty() ? "" : ", ") + path.substr(prefix.size()) + ": " + inner;
        }
        return members.empty() ? "~" : "{" + members + "}";
    };
    return map_at("");
}

TEST(ConfigSchema, KnowsEveryKeyOfTheExamples) {
    auto const schema = config_schema();

    for (auto const* name : {"minimal.yaml", "full.yaml", "public-feeds.yaml"}) {
        SCOPED_TRACE(name);
        auto const keys = keys_of(name, schema);
        EXPECT_FALSE(keys.empty());
        for (auto const& key : keys) {
            EXPECT_TRUE(schema.paths().contains(key)) << key << " is not in docs/config.schema.json";
        }
    }
}

TEST(ConfigSchema, KnowsOnlyKeysThatTheReaderKnows) {
    auto const yaml = with_every_key(config_schema().paths());

    auto const outcome = read_text(yaml, "/nowhere/newswired.yaml");

    ASSERT_TRUE(std::holds_alternative<Mistakes>(outcome)) << "the sink without a name is one";
    for (auto const& mistake : std::get<Mistakes>(outcome)) {
        EXPECT_THAT(mistake.what, testing::Not(testing::AnyOf(testing::HasSubstr("unknown key"),
                                                              testing::HasSubstr("knows no field"))));
    }
    EXPECT_THAT(yaml, testing::HasSubstr("per_host: {connections: ~, delay: ~}"));
}

TEST(ConfigSchema, KnowsEveryFieldOfRules) {
    auto const schema = config_schema();

    for (auto const* field :
         {"title", "text", "url", "author", "tag", "feed", "feed_tag", "language", "near_duplicate"}) {
        EXPECT_TRUE(schema.paths().contains(std::string{"rules.drop."} + field)) << field;
    }
}

TEST(ConfigSchema, KnowsEverySinkType) {
    auto const document = parse_file("docs/config.schema.json");
    std::vector<std::string> in_schema;
    for (auto const& item :
         document.find("$defs")->find("sink")->find("properties")->find("type")->find("enum")->items) {
        in_schema.push_back(item.text);
    }

    std::vector<std::string> const types{
#define NEWSWIRED_SINK_TYPE(name, built) #name,
#include "config/known_sinks.inc"
#undef NEWSWIRED_SINK_TYPE
    };
    EXPECT_THAT(in_schema, testing::UnorderedElementsAreArray(types));
}

// Where a rule, an option of `defaults` and one of a feed are described: once for all.
std::string as_described(std::string path) {
    for (auto const* prefix : {"defaults.", "feeds.", "sinks.", "rules.drop.", "rules.allow."}) {
        if (path.starts_with(prefix)) {
            return path.substr(std::string_view{prefix}.size());
        }
    }
    return path;
}

TEST(Manual, DescribesEveryKey) {
    auto const page = content_of(kProject + "docs/newswired.yaml.5");

    auto const schema = config_schema();
    for (auto const& path : schema.paths()) {
        auto const item = ".It Cm " + as_described(path);
        EXPECT_TRUE(page.find(item + "\n") != std::string::npos || page.find(item + " ") != std::string::npos)
            << item << " is missing in docs/newswired.yaml.5";
    }
}

TEST(Examples, OfFullNameEveryKey) {
    auto const schema = config_schema();
    auto const text = content_of(kProject + "examples/full.yaml");
    std::set<std::string> keys;
    for (auto const& key : keys_of("full.yaml", schema)) {
        keys.insert(as_described(key));
    }

    for (auto const& path : schema.paths()) {
        auto const key = as_described(path);
        auto const commented_out = "# " + key.substr(key.rfind('.') + 1) + ": ";
        EXPECT_TRUE(keys.contains(key) || text.find(commented_out) != std::string::npos)
            << path << " is missing in examples/full.yaml";
    }
}

TEST(RecordSchema, RequiresWhatIsAlwaysPresent) {
    auto const document = parse_file("docs/record.schema.json");
    std::vector<std::string> required;
    for (auto const& item : document.find("required")->items) {
        required.push_back(item.text);
    }
    for (auto const& item : document.find("allOf")->items.at(0).find("then")->find("required")->items) {
        required.push_back(item.text);
    }

    EXPECT_THAT(required,
                testing::UnorderedElementsAre("v", "key", "event", "revision", "log", "seq", "time", "feed",
                                              "id", "url", "title", "content_text", "content_html",
                                              "date_published", "language", "hash", "body_from"));
    for (auto const& name : required) {
        EXPECT_NE(document.find("properties")->find(name), nullptr) << name;
    }
}

}  // namespace
}  // namespace newswired::config

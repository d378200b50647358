#include "config/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace newswired::config {
namespace {

// A node that is written takes a byte at least; what is more comes from aliases, and a configuration repeats
// no million parts.
constexpr std::size_t kMaxRepeated = 1'000'000;
constexpr std::size_t kMaxDepth = 64;

class Converter {
  public:
    explicit Converter(std::size_t text_size) : max_nodes_{text_size + kMaxRepeated} {}

    YamlNode convert(YAML::Node const& from, std::size_t depth = 0) {
        auto const mark = from.Mark();
        YamlNode to{.line = std::size_t(mark.line + 1), .column = std::size_t(mark.column + 1)};
        if (++count_ > max_nodes_ || depth > kMaxDepth) {
            failure_ = failure_
                           ? failure_
                           : YamlError{to.line, to.column, "too many nested or repeated parts (aliases?)"};
            return to;
        }
        if (from.IsScalar()) {
            to.kind = YamlNode::Kind::scalar;
            to.text = from.Scalar();
        } else if (from.IsSequence()) {
            to.kind = YamlNode::Kind::list;
            to.items.reserve(from.size());
            for (auto const& item : from) {
                to.items.push_back(convert(item, depth + 1));
            }
        } else if (from.IsMap()) {
            to.kind = YamlNode::Kind::map;
            convert_members(from, to, depth);
        }
        return to;
    }

    std::optional<YamlError> const& failure() const { return failure_; }

  private:
    void convert_members(YAML::Node const& from, YamlNode& to, std::size_t depth) {
        std::vector<YamlNode> merged;
        for (auto const& member : from) {
            auto key = convert(member.first, depth + 1);
            auto value = convert(member.second, depth + 1);
            if (key.text == "<<") {
                merged.push_back(std::move(value));
            } else {
                to.members.emplace_back(std::move(key), std::move(value));
            }
        }
        for (auto& one : merged) {
            merge(to, one);
        }
    }

    // What the map says itself wins over what it merges in.
    static void merge(YamlNode& to, YamlNode& from) {
        for (auto& item : from.items) {
            merge(to, item);
        }
        for (auto& member : from.members) {
            if (to.find(member.first.text) == nullptr) {
                to.members.push_back(std::move(member));
            }
        }
    }

    std::size_t const max_nodes_;
    std::size_t count_ = 0;
    std::optional<YamlError> failure_;
};

// The parser stumbles over what follows a tab, with words that say nothing of it.
std::optional<YamlError> tab_at(std::string_view text, int line) {
    for (int i = 0; i < line; ++i) {
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    }
    auto const indentation = text.substr(0, text.find_first_not_of(" \t"));
    auto const tab = indentation.find('\t');
    if (tab == std::string_view::npos) {
        return {};
    }
    return YamlError{std::size_t(line + 1), tab + 1, "a tab in the indentation; use spaces"};
}

YamlError explain(YAML::Exception const& error, std::string_view text) {
    auto const& mark = error.mark;
    for (auto const line : {mark.line, mark.line - 1}) {
        if (auto tab = line < 0 || text.empty() ? std::nullopt : tab_at(text, line)) {
            return *std::move(tab);
        }
    }
    auto what = error.msg;
    if (what == "illegal map value") {
        what += "; a text with ': ' in it needs quotes";
    }
    return {std::size_t(mark.line + 1), std::size_t(mark.column + 1), std::move(what)};
}

}  // namespace

YamlNode const* YamlNode::find(std::string_view name) const {
    for (auto const& [key, value] : members) {
        if (key.text == name) {
            return &value;
        }
    }
    return nullptr;
}

char const* YamlNode::kind_in_words() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return "a single value";
        case Kind::list:
            return "a list";
        case Kind::map:
            break;
    }
    return "keys with values";
}

std::variant<YamlNode, YamlError> parse_yaml(std::string const& text) {
    try {
        Converter converter{text.size()};
        auto node = converter.convert(YAML::Load(text));
        if (converter.failure()) {
            return *converter.failure();
        }
        return node;
    } catch (YAML::Exception const& error) {
        return explain(error, text);
    }
}

}  // namespace newswired::config

#include "config/section.hpp"

#include "config/units.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace newswired::config {

void Report::mistake(YamlNode const& at, std::string what) {
    mistakes.push_back({.file = file, .line = at.line, .column = at.column, .what = std::move(what)});
}

void Report::warning(YamlNode const& at, std::string what) {
    warnings.push_back({.file = file, .line = at.line, .column = at.column, .what = std::move(what)});
}

void Report::unbuilt(YamlNode const& at, std::string const& what) {
    if (told_unbuilt.insert(what).second) {
        warning(at, what + " is accepted, but does nothing yet");
    }
}

std::string absolute_path(std::string const& folder, std::string const& path) {
    return (std::filesystem::path{folder} / path).lexically_normal().string();
}

std::optional<std::string> read_secret(std::string const& path) {
    std::ifstream file{path};
    std::string line;
    if (!file || (!std::getline(file, line) && !file.eof())) {
        return {};
    }
    return std::string{trim(line)};
}

std::string nearest(std::string_view word, std::vector<std::string> const& names) {
    constexpr std::size_t kMost = 3;
    auto best = kMost;
    std::string found;
    for (auto const& name : names) {
        auto const distance = edit_distance(word, name, kMost);
        if (distance < best || (distance == best && found.empty() && distance <= name.size() / 3)) {
            best = distance;
            found = name;
        }
    }
    return found.empty() ? std::string{} : "; did you mean '" + found + "'?";
}

Section::Section(Report& report, YamlNode const* node, std::string name)
    : report_{report}, name_{std::move(name)} {
    if (node == nullptr || node->kind == YamlNode::Kind::null) {
        return;
    }
    if (node->kind != YamlNode::Kind::map) {
        report_.mistake(*node, (name_.empty() ? "the configuration" : "'" + name_ + "'") +
                                   " must have keys of its own, but is " + node->kind_in_words());
        return;
    }
    node_ = node;
}

std::string Section::full(std::string_view key) const {
    return name_.empty() ? std::string{key} : name_ + "." + std::string{key};
}

YamlNode const* Section::get(std::string_view key) {
    known_.emplace_back(key);
    auto const* const found = node_ == nullptr ? nullptr : node_->find(key);
    return found == nullptr || found->kind == YamlNode::Kind::null ? nullptr : found;
}

void Section::wrong(YamlNode const& node, std::string_view key, std::string_view expected) {
    auto const is =
        node.kind == YamlNode::Kind::scalar ? "'" + node.text + "'" : std::string{node.kind_in_words()};
    report_.mistake(node, "'" + full(key) + "' must be " + std::string{expected} + ", but is " + is);
}

void Section::wrong_choice(YamlNode const& node, std::string_view key,
                           std::vector<std::string_view> const& names) {
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + std::string{names[i]};
    }
    wrong(node, key, list);
}

std::optional<std::string> Section::scalar(YamlNode const& node, std::string_view key,
                                           std::string_view expected) {
    if (node.kind != YamlNode::Kind::scalar) {
        wrong(node, key, expected);
        return {};
    }
    std::string missing;
    auto expanded = expand(node.text, missing);
    if (!expanded) {
        report_.mistake(node,
                        "'" + full(key) + "' uses ${" + missing + "}, which is not set in the environment");
    }
    return expanded;
}

void Section::text(std::string_view key, std::string& value) {
    if (auto const* const node = get(key)) {
        value = scalar(*node, key, "text").value_or(value);
    }
}

void Section::path(std::string_view key, std::string& value) {
    if (auto const* const node = get(key)) {
        if (auto const found = scalar(*node, key, "a path")) {
            value = absolute_path(report_.folder, *found);
        }
    }
}

std::optional<bool> read_flag(std::string_view text) {
    auto const word = to_lower(text);
    if (word == "true" || word == "yes" || word == "on") {
        return true;
    }
    if (word == "false" || word == "no" || word == "off") {
        return false;
    }
    return {};
}

void Section::flag(std::string_view key, bool& value) {
    auto const* const node = get(key);
    if (node == nullptr) {
        return;
    }
    if (auto const flag = read_flag(node->text)) {
        value = *flag;
    } else {
        wrong(*node, key, "true or false");
    }
}

void Section::duration(std::string_view key, milliseconds& value, Zero zero) {
    constexpr std::string_view kExpected = "a time such as 500ms, 30s, 15m, 2h or 7d";
    if (auto const* const node = get(key)) {
        auto const found = scalar(*node, key, kExpected);
        auto const parsed = found ? parse_duration(*found) : std::nullopt;
        if (parsed && *parsed == milliseconds{0} && zero == Zero::is_wrong) {
            wrong(*node, key, "more than nothing");
        } else if (parsed) {
            value = *parsed;
        } else if (found) {
            wrong(*node, key, kExpected);
        }
    }
}

void Section::duration(std::string_view key, seconds& value) {
    milliseconds exact = value;
    duration(key, exact);
    value = std::chrono::ceil<seconds>(exact);
}

void Section::size(std::string_view key, std::uint64_t& value) {
    constexpr std::string_view kExpected = "a size such as 64KiB, 10MB or a number of bytes";
    if (auto const* const node = get(key)) {
        auto const found = scalar(*node, key, kExpected);
        auto const parsed = found ? parse_size(*found) : std::nullopt;
        if (parsed) {
            value = *parsed;
        } else if (found) {
            wrong(*node, key, kExpected);
        }
    }
}

void Section::count(std::string_view key, std::uint32_t& value, std::uint32_t least, std::uint32_t most) {
    auto const* const node = get(key);
    if (node == nullptr) {
        return;
    }
    auto const expected = "a number from " + std::to_string(least) + " to " + std::to_string(most);
    auto const found = scalar(*node, key, expected);
    if (!found) {
        return;
    }
    auto const digits =
        !found->empty() && found->size() <= 10 && std::all_of(found->begin(), found->end(), is_digit);
    auto const number = digits ? std::stoull(*found) : most + 1ULL;
    if (number < least || number > most) {
        wrong(*node, key, expected);
    } else {
        value = std::uint32_t(number);
    }
}

void Section::texts(std::string_view key, std::vector<std::string>& values) {
    auto const* const node = get(key);
    if (node == nullptr) {
        return;
    }
    if (node->kind == YamlNode::Kind::map) {
        wrong(*node, key, "a list");
        return;
    }
    values.clear();
    auto const one_by_one = node->kind == YamlNode::Kind::list;
    auto add = [&](YamlNode const& item) {
        if (auto found = scalar(item, key, "a list of texts")) {
            values.push_back(std::move(*found));
        }
    };
    if (one_by_one) {
        std::for_each(node->items.begin(), node->items.end(), add);
    } else {
        add(*node);
    }
}

void Section::pairs(std::string_view key, std::vector<std::pair<std::string, std::string>>& values) {
    auto const* const node = get(key);
    if (node == nullptr) {
        return;
    }
    if (node->kind != YamlNode::Kind::map) {
        wrong(*node, key, "keys with values");
        return;
    }
    values.clear();
    for (auto const& [name, value] : node->members) {
        if (auto found = scalar(value, key, "keys with values")) {
            values.emplace_back(name.text, std::move(*found));
        }
    }
}

void Section::secret(std::string_view key, std::string& value) {
    text(key, value);
    auto const file_key = std::string{key} + "_file";
    auto const* const node = get(file_key);
    if (node == nullptr) {
        return;
    }
    auto const found = scalar(*node, file_key, "a path");
    if (!found) {
        return;
    }
    auto const path = absolute_path(report_.folder, *found);
    auto secret = read_secret(path);
    if (!secret) {
        report_.mistake(*node, "'" + full(file_key) + "': " + path +
                                   " can't be read; is the path right, and may this user read it?");
    } else if (secret->empty()) {
        report_.mistake(*node, "'" + full(file_key) + "': the first line of " + path + " is empty");
    } else {
        value = std::move(*secret);
    }
}

void Section::finish() {
    if (node_ == nullptr) {
        return;
    }
    std::set<std::string> seen;
    for (auto const& [key, value] : node_->members) {
        if (std::find(known_.begin(), known_.end(), key.text) == known_.end()) {
            auto const where = name_.empty() ? std::string{} : " in '" + name_ + "'";
            report_.mistake(key, "unknown key '" + key.text + "'" + where + nearest(key.text, known_));
        } else if (!seen.insert(key.text).second) {
            report_.mistake(key, "the key '" + full(key.text) + "' stands here a second time");
        }
    }
}

}  // namespace newswired::config

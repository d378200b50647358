// rules: which articles the operator wants.

#include "config/rules.hpp"
#include "config/sections.hpp"

#include <algorithm>

namespace newswired::config {
namespace {

void read_condition(Report& report, YamlNode const& key, YamlNode const& value, Rule& rule) {
    std::vector<std::string> fields;
    for (auto const field : rule_fields()) {
        fields.emplace_back(field);
    }
    auto const known = std::find(fields.begin(), fields.end(), key.text) != fields.end();
    if (!known) {
        report.mistake(key, "a rule knows no field '" + key.text + "'" + nearest(key.text, fields));
        return;
    }
    Condition condition{.field = key.text};
    auto add = [&](YamlNode const& one) {
        if (one.kind != YamlNode::Kind::scalar) {
            report.mistake(
                one, "'" + key.text + "' must be a text or a list of them, but is " + one.kind_in_words());
            return;
        }
        auto const error = is_pattern_field(key.text) ? pattern_error(one.text) : std::string{};
        if (!error.empty()) {
            report.mistake(one, "'" + one.text + "' is no pattern: " + error);
        }
        if (key.text == "near_duplicate" && !read_flag(one.text)) {
            report.mistake(one, "'near_duplicate' must be true or false, but is '" + one.text + "'");
        }
        condition.values.push_back(one.text);
    };
    if (value.kind == YamlNode::Kind::list) {
        if (value.items.empty()) {
            report.mistake(value, "'" + key.text + "' lists nothing, so the rule could never fire");
        }
        for (auto const& item : value.items) {
            add(item);
        }
    } else {
        add(value);
    }
    rule.conditions.push_back(std::move(condition));
}

std::string as_written(Rule const& rule) {
    std::string text = rule.action == Rule::Action::drop ? "drop: " : "allow: ";
    if (rule.all) {
        return text + "all";
    }
    text += "{";
    for (auto const& condition : rule.conditions) {
        text += text.ends_with('{') ? "" : ", ";
        text += condition.field + ": ";
        for (std::size_t i = 0; i < condition.values.size(); ++i) {
            text += (i == 0 ? "" : " or ") + ("\"" + condition.values[i] + "\"");
        }
    }
    return text + "}";
}

void read_rule(Report& report, YamlNode const& node, std::vector<Rule>& rules) {
    auto const one_key = node.kind == YamlNode::Kind::map && node.members.size() == 1;
    auto const& action = one_key ? node.members[0].first : node;
    if (!one_key || (action.text != "drop" && action.text != "allow")) {
        report.mistake(
            node,
            "a rule is 'drop:' or 'allow:' with its conditions, such as  - drop: {title: \"sponsored\"}");
        return;
    }
    auto const& what = node.members[0].second;
    Rule rule{.action = action.text == "drop" ? Rule::Action::drop : Rule::Action::allow};
    if (what.kind == YamlNode::Kind::scalar && what.text == "all") {
        rule.all = true;
    } else if (what.kind == YamlNode::Kind::map && !what.members.empty()) {
        for (auto const& [key, value] : what.members) {
            read_condition(report, key, value, rule);
        }
    } else {
        report.mistake(what,
                       "'" + action.text + "' must be 'all' or conditions such as {title: \"sponsored\"}");
    }
    rule.text = as_written(rule);
    rules.push_back(std::move(rule));
}

}  // namespace

void read_rules(Section& root, std::vector<Rule>& rules) {
    auto const* const list = root.get("rules");
    if (list == nullptr) {
        return;
    }
    if (list->kind != YamlNode::Kind::list) {
        root.report().mistake(*list, std::string{"'rules' must be a list, but is "} + list->kind_in_words());
        return;
    }
    for (auto const& node : list->items) {
        read_rule(root.report(), node, rules);
    }
}

}  // namespace newswired::config

#include "config/rules.hpp"

#include "config/section.hpp"
#include "core/text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace newswired::config {
namespace {

re2::RE2::Options quiet() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    return options;
}

// A language tag matches its primary language: "en" fires for "en-GB".
bool language_matches(std::string_view wanted, std::string_view language) {
    return equal_ignoring_case(wanted, language) ||
           (language.size() > wanted.size() && language[wanted.size()] == '-' &&
            starts_with_ignoring_case(language, wanted));
}

bool any_equal(std::vector<std::string> const& list, std::string_view wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string const& one) { return equal_ignoring_case(one, wanted); });
}

}  // namespace

struct RuleSet::Compiled {
    struct Test {
        std::string field;
        std::vector<std::string> values;
        std::vector<std::unique_ptr<re2::RE2>> patterns;

        bool matches(std::string_view text) const {
            return std::any_of(patterns.begin(), patterns.end(), [&](auto const& pattern) {
                return re2::RE2::PartialMatch(re2::StringPiece{text.data(), text.size()}, *pattern);
            });
        }
        bool holds(RuleInput const& input) const;
    };
    Rule::Action action;
    bool all;
    std::vector<Test> tests;
};

bool RuleSet::Compiled::Test::holds(RuleInput const& input) const {
    auto matches_any = [&](std::vector<std::string> const& list) {
        return std::any_of(list.begin(), list.end(), [&](std::string const& one) { return matches(one); });
    };
    auto equals = [&](auto const& test) { return std::any_of(values.begin(), values.end(), test); };
    if (field == "title") {
        return matches(input.title);
    }
    if (field == "text") {
        return matches(input.text);
    }
    if (field == "url") {
        return matches(input.url);
    }
    if (field == "author") {
        return matches_any(input.authors);
    }
    if (field == "tag") {
        return equals([&](std::string const& value) { return any_equal(input.tags, value); });
    }
    if (field == "feed_tag") {
        return equals([&](std::string const& value) { return any_equal(input.feed_tags, value); });
    }
    if (field == "feed") {
        return equals(
            [&](std::string const& value) { return value == input.feed_name || value == input.feed_url; });
    }
    if (field == "language") {
        return equals([&](std::string const& value) { return language_matches(value, input.language); });
    }
    if (field == "near_duplicate") {
        return equals([&](std::string const& value) { return read_flag(value) == input.near_duplicate; });
    }
    return false;
}

RuleSet::RuleSet(std::vector<Rule> const& rules) {
    for (auto const& rule : rules) {
        auto& compiled = rules_.emplace_back(Compiled{.action = rule.action, .all = rule.all, .tests = {}});
        for (auto const& condition : rule.conditions) {
            auto& test = compiled.tests.emplace_back();
            test.field = condition.field;
            test.values = condition.values;
            if (is_pattern_field(condition.field)) {
                for (auto const& pattern : condition.values) {
                    test.patterns.push_back(std::make_unique<re2::RE2>(pattern, quiet()));
                }
            }
        }
    }
}

RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;

bool RuleSet::asks_for_near_duplicates() const {
    return std::any_of(rules_.begin(), rules_.end(), [](Compiled const& rule) {
        return std::any_of(rule.tests.begin(), rule.tests.end(),
                           [](Compiled::Test const& test) { return test.field == "near_duplicate"; });
    });
}

bool RuleSet::empty() const {
    return rules_.empty();
}

Decision RuleSet::decide(RuleInput const& input) const {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        auto const& rule = rules_[i];
        auto const all_hold = std::all_of(rule.tests.begin(), rule.tests.end(),
                                          [&](Compiled::Test const& test) { return test.holds(input); });
        if (rule.all || (!rule.tests.empty() && all_hold)) {
            return {.fires = true, .number = i + 1, .action = rule.action};
        }
    }
    return {};
}

std::vector<std::string_view> const& rule_fields() {
    static std::vector<std::string_view> const fields{"title", "text",     "url",      "author",        "tag",
                                                      "feed",  "feed_tag", "language", "near_duplicate"};
    return fields;
}

bool is_pattern_field(std::string_view field) {
    return field == "title" || field == "text" || field == "url" || field == "author";
}

std::string pattern_error(std::string const& pattern) {
    re2::RE2 const compiled{pattern, quiet()};
    return compiled.ok() ? std::string{} : compiled.error();
}

}  // namespace newswired::config

#include "daemon/pass/write_up.hpp"

#include "articles/record.hpp"
#include "core/sketch.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace newswired::daemon {
namespace {

// The number of the rule that drops the article; 0: none does.
std::uint16_t dropping_rule(config::RuleSet const& rules, config::RuleInput const& input) {
    auto const decision = rules.decide(input);
    auto const drops = decision.fires && decision.action == config::Rule::Action::drop;
    return drops ? static_cast<std::uint16_t>(decision.number) : std::uint16_t{0};
}

void ask_rules(Plan const& plan, articles::FeedInfo const& feed, articles::Article const& article,
               storage::Candidate& candidate) {
    if (plan.rules().empty()) {
        return;
    }
    std::vector<std::string> authors;
    for (auto const& author : article.authors) {
        authors.push_back(author.name);
    }
    config::RuleInput input{.title = article.title,
                            .text = article.content_text,
                            .url = article.url,
                            .authors = authors,
                            .tags = article.tags,
                            .feed_name = feed.name,
                            .feed_url = feed.url,
                            .feed_tags = feed.tags,
                            .language = article.language};
    candidate.rule = dropping_rule(plan.rules(), input);
    candidate.withheld = candidate.rule != 0 ? storage::Withheld::rule : storage::Withheld::no;
    // Only storage knows what an article is like, so it is told what then.
    if (plan.rules().asks_for_near_duplicates()) {
        input.near_duplicate = true;
        if (auto const rule = dropping_rule(plan.rules(), input); rule != candidate.rule) {
            candidate.rule_if_near = rule;
        }
    }
}

bool can_a_page_change(std::string_view field) {
    return field != "title" && field != "url" && field != "tag" && field != "feed" && field != "feed_tag";
}

bool rules_need_the_page(Plan const& plan) {
    auto const& rules = plan.settings().rules;
    return std::any_of(rules.begin(), rules.end(), [](config::Rule const& rule) {
        return std::any_of(rule.conditions.begin(), rule.conditions.end(),
                           [](config::Condition const& one) { return can_a_page_change(one.field); });
    });
}

}  // namespace

articles::FeedInfo describe(Plan const& plan, std::size_t feed, std::string_view title) {
    auto const& options = plan.feeds().options(feed);
    return {.name = std::string{plan.feeds().name(feed)},
            .url = std::string{plan.feeds().url(feed)},
            .title = std::string{title},
            .tags = options.tags,
            .labels = options.labels};
}

bool drop_early(Plan const& plan, std::size_t feed, Finding& finding) {
    if (plan.rules().empty() || rules_need_the_page(plan)) {
        return false;
    }
    if (finding.candidate.withheld == storage::Withheld::no) {
        ask_rules(plan, describe(plan, feed, {}), finding.article, finding.candidate);
    }
    return finding.candidate.withheld == storage::Withheld::rule;
}

WriteUp write_up(Plan const& plan, std::size_t feed, std::string_view feed_title,
                 std::vector<Finding> findings) {
    auto const info = describe(plan, feed, feed_title);
    auto const wants_titles = plan.settings().log.articles;
    auto const marks_near = plan.settings().dedup.near == config::Near::mark;
    WriteUp result;
    result.candidates.reserve(findings.size());
    for (auto& finding : findings) {
        auto const article = std::exchange(finding.article, {});  // its memory goes with this round
        auto& candidate = result.candidates.emplace_back(std::move(finding.candidate));
        if (wants_titles) {
            result.titles.push_back(article.title);
        }
        if (candidate.withheld != storage::Withheld::no) {
            continue;
        }
        ask_rules(plan, info, article, candidate);
        if (candidate.withheld == storage::Withheld::no || candidate.rule_if_near == 0) {
            candidate.body = articles::record_body(info, article, candidate.hash);
            if (marks_near) {
                candidate.sketch = sketch(article.content_text);
            }
        }
    }
    return result;
}

}  // namespace newswired::daemon

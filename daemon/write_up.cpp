#include "daemon/write_up.hpp"

#include "articles/record.hpp"

#include <cstdint>
#include <optional>
#include <utility>

namespace newswired::daemon {
namespace {

std::optional<std::uint16_t> dropping_rule(Plan const& plan, articles::FeedInfo const& feed,
                                           articles::Article const& article) {
    if (plan.rules().empty()) {
        return {};
    }
    std::vector<std::string> authors;
    for (auto const& author : article.authors) {
        authors.push_back(author.name);
    }
    auto const decision = plan.rules().decide({.title = article.title,
                                               .text = article.content_text,
                                               .url = article.url,
                                               .authors = authors,
                                               .tags = article.tags,
                                               .feed_name = feed.name,
                                               .feed_url = feed.url,
                                               .feed_tags = feed.tags,
                                               .language = article.language});
    if (!decision.fires || decision.action == config::Rule::Action::allow) {
        return {};
    }
    return static_cast<std::uint16_t>(decision.number);
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

WriteUp write_up(Plan const& plan, std::size_t feed, std::string_view feed_title,
                 std::vector<Finding> findings) {
    auto const info = describe(plan, feed, feed_title);
    auto const wants_titles = plan.settings().log.articles;
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
        if (auto const rule = dropping_rule(plan, info, article)) {
            candidate.withheld = storage::Withheld::rule;
            candidate.rule = *rule;
        } else {
            candidate.body = articles::record_body(info, article, candidate.hash);
        }
    }
    return result;
}

}  // namespace newswired::daemon

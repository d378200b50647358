// The plan: the configuration as the daemon works by it.  Made once for each configuration, shared by all
// threads, never changed: a reload makes another, and what is under way ends by the plan it began with.

#pragma once

#include "articles/steps.hpp"
#include "config/rules.hpp"
#include "config/settings.hpp"
#include "feeds/interval.hpp"
#include "http/route.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace newswired::daemon {

class Plan {
  public:
    explicit Plan(config::Settings settings,
                  std::span<articles::Step const> cleaning_steps = articles::cleaning_steps());

    config::Settings const& settings() const { return settings_; }
    config::FeedList const& feeds() const { return settings_.feeds; }
    config::RuleSet const& rules() const { return rules_; }
    std::span<articles::Step const> cleaning_steps() const { return cleaning_steps_; }

    feeds::IntervalRules interval_rules(std::size_t feed) const;
    /// How the feed's server is reached and known; null: as the client does it for all.
    http::SharedRoute http_route(std::size_t feed) const;
    /// Which sinks get the feed's articles: empty for all, else names joined by line ends
    /// (storage::PollCommit).
    std::string route(std::size_t feed) const;

  private:
    config::Settings settings_;
    config::RuleSet rules_;
    std::span<articles::Step const> cleaning_steps_;
};

using SharedPlan = std::shared_ptr<Plan const>;

/// Lower-case host name of an http or https URL, without user, port and path; empty when there is none.
std::string host_of(std::string_view url);
/// Its hash (XXH3), by which lanes, threads and sites are told apart.
std::uint64_t host_hash(std::string_view url);

}  // namespace newswired::daemon

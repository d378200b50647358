// Rules: which articles the operator wants.  In order; the first that fires decides; none fires: the article
// passes.

#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::config {

/// What rules look at.  Views: they live as long as the call.
struct RuleInput {
    std::string_view title{};
    std::string_view text{};
    std::string_view url{};
    std::vector<std::string> const& authors;
    std::vector<std::string> const& tags;
    std::string_view feed_name{};
    std::string_view feed_url{};
    std::vector<std::string> const& feed_tags;
    std::string_view language{};
    bool near_duplicate = false;
};

struct Decision {
    bool fires = false;
    std::size_t number = 0;  ///< of the rule, from 1
    Rule::Action action = Rule::Action::allow;
};

/// Rules with their patterns compiled.  Thread-safe.
class RuleSet {
  public:
    /// The patterns must have been checked (config::read does).
    explicit RuleSet(std::vector<Rule> const& rules);
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;

    bool empty() const;
    /// Whether a rule asks for near-duplicates, which only storage can tell: decide() for both cases then.
    bool asks_for_near_duplicates() const;
    Decision decide(RuleInput const& input) const;

  private:
    struct Compiled;
    std::vector<Compiled> rules_;
};

/// The fields that a condition may name.
std::vector<std::string_view> const& rule_fields();
/// Whether the field's values are patterns (RE2, found anywhere) rather than plain values (equal, whatever
/// the case).
bool is_pattern_field(std::string_view field);
/// What is wrong with a pattern; empty when nothing is.
std::string pattern_error(std::string const& pattern);

}  // namespace newswired::config

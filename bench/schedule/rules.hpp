// The rules that are compared.  Those of other programs are their formulas, with one dial each that is turned
// until they ask as often as ours.

#pragma once

#include "bench/schedule/replay.hpp"

#include <memory>
#include <string>
#include <vector>

namespace newswired::bench {

/// What each rule may do: as newswired's defaults.
inline constexpr double kShortest = 5;
inline constexpr double kLongest = 24 * 60;

struct NamedRule {
    std::string name{};
    /// Makes it; `dial` stretches its intervals.
    std::unique_ptr<Rule> (*make)(std::vector<Trace> const& traces, double dial) = nullptr;
    bool has_dial = true;
};

/// newswired's own, with more care of quiet feeds or less (feeds/pace/forecast.hpp).
std::unique_ptr<Rule> auto_with_care(std::vector<Trace> const& traces, double care);

/// newswired's own rule comes first; it has no dial but the budget.
std::vector<NamedRule> rules();

}  // namespace newswired::bench

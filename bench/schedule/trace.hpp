// What feeds published, and when: the input of the replay.
//
// Traces of real feeds are the dates of their documents, extended to the length of the replay by drawing from
// what those dates show; generated ones are drawn from known rates.

#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace newswired::bench {

/// Minutes since the replay's beginning, Monday 2026-01-05 00:00 UTC.
using Minute = double;
inline constexpr SystemTime kBeginning{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}};
inline constexpr Minute kDay = 24 * 60;

struct Span {
    Minute from = -400 * kDay;  ///< what is older than that no document holds
    Minute to = 49 * kDay;
};

struct Trace {
    std::string name{};
    std::vector<Minute> articles{};  ///< when each was published, in order
    std::size_t window = 20;         ///< articles that a document of the feed holds
};

/// Every readable feed with five dates or more in `folder`, extended over `span`.
std::vector<Trace> real_traces(std::filesystem::path const& folder, Span span, std::mt19937_64& random);

/// `count` feeds of the kinds that the names say: blogs, news, posts at set times, bunches, on the hour.
std::vector<Trace> generated_traces(std::size_t count, Span span, std::mt19937_64& random);

}  // namespace newswired::bench

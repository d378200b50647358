// The cleaning steps: from a parsed item to an article, one small function a step, in the order of steps.inc.

#pragma once

#include "articles/article.hpp"
#include "feeds/parsed_feed.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace newswired::articles {

/// What the reading of the body brought beside its HTML, for later steps.
struct Reading {
    std::uint64_t body = 0;  ///< hash of that HTML: another step may have changed it since
    std::string text{};
    std::string first_image{};

    /// Whether this is still what is to be said of `html`.
    bool is_of(std::string_view html) const;
};

/// An article in the making.
struct Draft {
    feeds::ParsedFeed const& feed;
    feeds::ParsedItem const& item;
    Article article{};
    Reading reading{};
};

struct Step {
    std::string_view name;
    void (*run)(Draft& draft);
};

/// All steps, in their order.
std::span<Step const> cleaning_steps();

/// clean() with other steps: for tests of what a changed cleaner does.
Article clean_with(std::span<Step const> steps, feeds::ParsedFeed const& feed, feeds::ParsedItem const& item);

}  // namespace newswired::articles

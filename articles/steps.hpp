// The cleaning steps: from a parsed item to an article, one small function a step, in the order of steps.inc.

#pragma once

#include "articles/article.hpp"
#include "feeds/parsed_feed.hpp"

#include <span>
#include <string_view>

namespace newswired::articles {

/// An article in the making.
struct Draft {
    feeds::ParsedFeed const& feed;
    feeds::ParsedItem const& item;
    Article article{};
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

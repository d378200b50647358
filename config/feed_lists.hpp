// Lists of feeds by themselves: those at URLs, whose last good copies rest in the state, and those that are
// imported or exported.
//
// A list is OPML or a URL a line, told apart by its first character.  YAML is not read from the network: it
// can name files and sinks of this machine.

#pragma once

#include "config/feed_list.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace newswired::config {

/// Where the copy of the list at `url` rests; beside it, with ".state", what is remembered of asking for it.
std::string list_copy_path(std::string const& state_dir, std::string_view url);

struct ListError {
    std::string what{};  ///< a sentence
};

struct ReadList {
    FeedList feeds{};
    std::size_t passed_over = 0;  ///< entries that are no feeds, or stand there twice
};

/// The feeds of `text`; an error when it is no list, or names no feed at all.
std::variant<ReadList, ListError> read_list(std::string const& text);

/// OPML 2.0: a folder for the first tag of each feed, further ones as its categories, which is how they are
/// read again.
std::string to_opml(FeedList const& feeds, std::string_view title);

}  // namespace newswired::config

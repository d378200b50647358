// The body of a record: the members that the feed's pass can write, from "feed" on (docs/record.schema.json).
// Storage and delivery add the stream fields around it (v, key, event, revision, backlog, log, seq, time;
// changed …).

#pragma once

#include "articles/article.hpp"
#include "core/hash.hpp"
#include "core/json_writer.hpp"

#include <string>
#include <utility>
#include <vector>

namespace newswired::articles {

/// The feed as the operator configured it.
struct FeedInfo {
    std::string name{};  ///< empty when none was configured
    std::string url{};
    std::string title{};  ///< what the feed calls itself
    std::vector<std::string> tags{};
    std::vector<std::pair<std::string, std::string>> labels{};
};

/// The member "authors"; nothing when there are none.
void write_authors(JsonWriter& json, std::vector<Author> const& authors);

/// The member "feed" alone, for events that are about no article.
std::string feed_member(FeedInfo const& feed);

/// JSON members without the braces around them.
std::string record_body(FeedInfo const& feed, Article const& article, Sha256 const& hash);

}  // namespace newswired::articles

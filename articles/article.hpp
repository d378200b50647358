// A clean article: what leaves newswired, but for the stream fields that storage and delivery add.

#pragma once

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::articles {

struct Author {
    std::string name{};
    std::string url{};
};

struct Enclosure {
    std::string url{};
    std::string mime_type{};
    std::string title{};
    std::int64_t size_in_bytes = -1;
    double duration_in_seconds = -1;
};

struct Article {
    std::string id{};            ///< as the publisher gave it
    std::string url{};           ///< absolute, without tracking parameters
    std::string title{};         ///< plain text
    std::string content_html{};  ///< sanitised, absolute URLs
    std::string content_text{};  ///< paragraphs parted by a blank line
    std::string summary{};       ///< plain text
    std::string image{};
    std::optional<SystemTime> date_published{};
    std::optional<SystemTime> date_modified{};
    std::string language{};
    std::vector<Author> authors{};
    std::vector<std::string> tags{};
    std::vector<Enclosure> attachments{};
    std::string body_from = "feed";
    /// Members of the record's `ext`, each name with its JSON.
    std::vector<std::pair<std::string, std::string>> ext{};
};

}  // namespace newswired::articles

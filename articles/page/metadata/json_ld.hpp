// What a page says about its article in JSON-LD (schema.org): <script type="application/ld+json">.

#pragma once

#include "articles/article.hpp"
#include "articles/page/tree/tree.hpp"

#include <string>
#include <vector>

namespace newswired::articles::page {

/// As written; texts may hold references or markup.
struct JsonLd {
    std::string headline{};
    std::string description{};
    std::string article_body{};
    std::string date_published{};
    std::string date_modified{};
    std::string image{};
    std::string url{};
    std::string language{};
    std::string section{};
    std::string site_name{};
    std::vector<Author> authors{};
    bool authors_are_persons = false;  ///< each says so of itself
    std::vector<std::string> keywords{};
    bool is_article = false;  ///< what it describes is an article, not only a web page
};

/// The article among all that the page's scripts describe; @graph and mainEntity are looked into.
JsonLd read_json_ld(Tree const& tree);

}  // namespace newswired::articles::page

// What a page says about its article: title, people, dates, picture, …
//
// The sources, in order of trust (which differs from field to field): JSON-LD, <meta> of OpenGraph, Dublin
// Core, Twitter, Parsely and others, microdata, class names that many use, the page's visible text, its URL.

#pragma once

#include "articles/article.hpp"
#include "articles/page/metadata/json_ld.hpp"
#include "articles/page/tree/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::page {

struct Metadata {
    std::string title{};
    std::string url{};            ///< the article's address: canonical, else as given
    std::string canonical_url{};  ///< as the page states it
    std::string base{};           ///< what relative URLs are resolved against
    std::string summary{};
    std::string image{};
    std::string date_published{};  ///< RFC 3339 in the zone that was stated
    std::string date_modified{};
    std::string language{};
    std::string site_name{};
    std::string article_body{};  ///< the text in JSON-LD: the last resort
    std::vector<Author> authors{};
    std::vector<std::string> tags{};
};

/// What the page has said, before it is judged.
struct Sources {
    struct Meta {
        std::string name{};  ///< name, property, itemprop or http-equiv; lower case
        std::string content{};
    };
    Tree const& tree;
    std::string_view url{};
    std::vector<Meta> metas{};
    JsonLd json_ld{};

    /// The first content of any of these names, in the order of the names; empty when there is none.
    std::string meta(std::initializer_list<std::string_view> names) const;
};

Metadata read_metadata(Tree const& tree, std::string_view url);

// The parts, a file for each.
std::string find_title(Sources const& sources, std::string_view site_name);
/// The part of <title> that its host is named after; empty when there is none.
std::string site_in_title(Sources const& sources);
std::vector<Author> find_authors(Sources const& sources, std::string_view site_name);
void find_dates(Sources const& sources, Metadata& into);

}  // namespace newswired::articles::page

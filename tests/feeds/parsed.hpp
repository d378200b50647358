// Parsing for tests: a document as a literal, its first item, its texts.

#pragma once

#include "feeds/parse.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace newswired::feeds::test {

/// The feed of `bytes`; throws when there is none, which fails the test that asked.
inline ParsedFeed parsed(std::string bytes, std::string url = "https://news.example/feed.xml",
                         std::string content_type = {}) {
    auto feed =
        parse({.bytes = std::move(bytes), .url = std::move(url), .content_type = std::move(content_type)});
    if (!feed) {
        throw std::runtime_error{"no feed: " + feed.error().message()};
    }
    return std::move(*feed);
}

inline Error refusal(std::string bytes) {
    auto const feed = parse({.bytes = std::move(bytes)});
    return feed ? Error{} : feed.error();
}

/// Every namespace that the tests use, by its usual prefix.
inline constexpr std::string_view kNamespaces =
    R"(xmlns:a="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
    xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
    xmlns:googleplay="http://www.google.com/schemas/play-podcasts/1.0"
    xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:georss="http://www.georss.org/georss"
    xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"
    xmlns:cc="http://web.resource.org/cc/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
    xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"
    xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
    xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:admin="http://webns.net/mvcb/"
    xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:xhtml="http://www.w3.org/1999/xhtml"
    xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/")";

inline std::string rss(std::string_view channel) {
    return "<rss version=\"2.0\" " + std::string{kNamespaces} + "><channel>" + std::string{channel} +
           "</channel></rss>";
}
inline std::string rss_item(std::string_view item) {
    return rss("<item>" + std::string{item} + "</item>");
}
inline std::string atom(std::string_view feed) {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\" " + std::string{kNamespaces} + ">" +
           std::string{feed} + "</feed>";
}
inline std::string atom_entry(std::string_view entry) {
    return atom("<entry>" + std::string{entry} + "</entry>");
}

}  // namespace newswired::feeds::test

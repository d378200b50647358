#include "articles/page/feed_links.hpp"

#include "articles/html/tokenizer.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"
#include "http/url/url.hpp"

#include <algorithm>

namespace newswired::articles {
namespace {

using html::AttributeReader;
using html::Token;
using html::Tokenizer;

constexpr std::size_t kMaxLinks = 200;  // a page with more is a directory, or hostile

struct Link {
    std::string rel{};
    std::string type{};
    std::string href{};
    std::string title{};
};

Link read_link(std::string_view attributes) {
    Link link;
    AttributeReader reader{attributes};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        std::string value;
        append_decoded(value, attribute.value, true);
        if (equal_ignoring_case(attribute.name, "rel")) {
            link.rel = to_lower(value);
        } else if (equal_ignoring_case(attribute.name, "type")) {
            link.type = to_lower(trim(std::string_view{value}.substr(0, value.find(';'))));
        } else if (equal_ignoring_case(attribute.name, "href")) {
            link.href = std::move(value);
        } else if (equal_ignoring_case(attribute.name, "title")) {
            link.title = collapse_space(to_valid_utf8(value));
        }
    }
    return link;
}

bool has_word(std::string_view list, std::string_view word) {
    auto const words = collapse_space(list);
    auto const parts = split(words, ' ');
    return std::find(parts.begin(), parts.end(), word) != parts.end();
}

bool is_feed_type(std::string_view type) {
    constexpr std::string_view kTypes[] = {"application/rss+xml",
                                           "application/atom+xml",
                                           "application/feed+json",
                                           "application/rdf+xml",
                                           "application/json",
                                           "application/xml",
                                           "text/xml",
                                           "application/x-rss+xml",
                                           "text/rss+xml",
                                           "application/atom",
                                           "application/rss",
                                           "text/rss"};
    return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

bool declares_a_feed(Link const& link) {
    if (has_word(link.rel, "feed")) {
        return true;
    }
    // WordPress names the JSON of its programming interface so, too.
    return has_word(link.rel, "alternate") && is_feed_type(link.type) &&
           link.href.find("/wp-json/") == std::string::npos && link.href.find("oembed") == std::string::npos;
}

bool looks_like_a_feed(Link const& link) {
    if (is_feed_type(link.type) && link.type.find("xml", 12) != std::string::npos) {
        return true;
    }
    auto const address = to_lower(std::string_view{link.href}.substr(0, link.href.find_first_of("?#")));
    for (auto const* end :
         {".rss", ".atom", "/feed", "/feed/", "/rss", "/rss/", "/atom", "/rss.xml", "/atom.xml", "/feed.xml",
          "/index.rdf", "/feed.json", "/rss.php", "/feeds/posts/default"}) {
        if (address.ends_with(end)) {
            return true;
        }
    }
    return address.ends_with(".xml") &&
           (address.find("rss") != std::string::npos || address.find("feed") != std::string::npos ||
            address.find("atom") != std::string::npos);
}

}  // namespace

std::vector<FeedLink> feed_links(std::string_view html, std::string_view url) {
    std::vector<FeedLink> declared;
    std::vector<FeedLink> guessed;
    std::string base{url};
    bool has_base = false;
    auto add = [&](std::vector<FeedLink>& links, Link const& link) {
        FeedLink found{.url = http::resolve(base, trim(link.href)), .title = link.title};
        auto const parsed = http::parse_url(found.url);
        auto const same = [&](FeedLink const& other) { return other.url == found.url; };
        if (!parsed || !parsed->is_http() || links.size() >= kMaxLinks ||
            std::any_of(declared.begin(), declared.end(), same) ||
            std::any_of(guessed.begin(), guessed.end(), same)) {
            return;
        }
        found.is_declared = &links == &declared;
        links.push_back(std::move(found));
    };
    Tokenizer tokenizer{html};
    for (auto token = tokenizer.next(); token.kind != Token::Kind::end; token = tokenizer.next()) {
        if (token.kind != Token::Kind::start_tag) {
            continue;
        }
        auto const is_anchor = equal_ignoring_case(token.name, "a");
        if (is_anchor || equal_ignoring_case(token.name, "link")) {
            auto const link = read_link(token.attributes);
            if (!link.href.empty() && declares_a_feed(link)) {
                add(declared, link);
            } else if (!link.href.empty() && is_anchor && looks_like_a_feed(link)) {
                add(guessed, link);
            }
        } else if (equal_ignoring_case(token.name, "base") && !has_base) {
            auto const href = read_link(token.attributes).href;
            has_base = !href.empty();
            base = has_base ? http::resolve(url, trim(href)) : base;
        }
    }
    declared.insert(declared.end(), std::make_move_iterator(guessed.begin()),
                    std::make_move_iterator(guessed.end()));
    return declared;
}

}  // namespace newswired::articles

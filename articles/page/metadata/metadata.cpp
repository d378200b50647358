#include "articles/page/metadata/metadata.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/identity/tracking.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"
#include "http/url/url.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

std::string plain(std::string_view text) {
    return to_plain({.value = text, .kind = feeds::TextKind::html, .may_be_escaped_twice = true});
}

std::string without_host_prefix(std::string_view url) {
    auto const parsed = http::parse_url(url);
    if (!parsed) {
        return {};
    }
    return parsed->host.starts_with("www.") ? parsed->host.substr(4) : parsed->host;
}

void collect(Tree const& tree, Sources& sources, Metadata& into) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        auto const& node = tree[i];
        if (node.is(tag_meta)) {
            auto content = tree.attribute(i, "content");
            if (content.empty()) {
                continue;
            }
            for (auto const* const key : {"property", "name", "itemprop", "http-equiv"}) {
                if (auto const name = tree.attribute(i, key); !name.empty()) {
                    sources.metas.push_back({to_lower(name), content});
                }
            }
        } else if (node.is(tag_link) && into.canonical_url.empty() &&
                   equal_ignoring_case(tree.attribute(i, "rel"), "canonical")) {
            into.canonical_url = tree.attribute(i, "href");
        } else if (node.is(tag_base) && into.base.empty()) {
            into.base = tree.attribute(i, "href");
        } else if (node.is(tag_html) && into.language.empty()) {
            into.language = tree.attribute(i, "lang");
            if (into.language.empty()) {
                into.language = tree.attribute(i, "xml:lang");
            }
        }
    }
}

void find_addresses(Sources const& sources, Metadata& into) {
    auto const url = std::string{sources.url};
    into.base = into.base.empty() ? url : http::resolve(url, into.base);
    if (into.canonical_url.empty()) {
        into.canonical_url = sources.meta({"og:url"});
    }
    if (!into.canonical_url.empty()) {
        into.canonical_url = http::resolve(into.base, into.canonical_url);
        if (!http::parse_url(into.canonical_url)) {
            into.canonical_url.clear();
        }
    }
    if (into.base.empty() || !http::parse_url(into.base)) {
        into.base = into.canonical_url;
    }
    into.url = without_tracking(url.empty() ? into.canonical_url : url);
}

void find_language(Sources const& sources, Metadata& into) {
    if (into.language.empty()) {
        into.language =
            sources.meta({"content-language", "og:locale", "inlanguage", "dc.language", "language"});
    }
    if (into.language.empty()) {
        into.language = sources.json_ld.language;
    }
    std::replace(into.language.begin(), into.language.end(), '_', '-');
    auto const end = std::find_if(into.language.begin(), into.language.end(),
                                  [](char c) { return !is_alpha(c) && !is_digit(c) && c != '-'; });
    into.language.erase(end, into.language.end());
    if (into.language.size() > 12 || into.language.size() < 2) {
        into.language.clear();
    }
}

void find_tags(Sources const& sources, Metadata& into) {
    constexpr std::size_t kLongestTag = 80;
    constexpr std::size_t kMostTags = 50;
    auto add = [&](std::string_view text) {
        for (auto const part : split(text, ',')) {
            auto tag = plain(trim(part));
            if (!tag.empty() && tag.size() < kLongestTag && into.tags.size() < kMostTags &&
                std::find(into.tags.begin(), into.tags.end(), tag) == into.tags.end()) {
                into.tags.push_back(std::move(tag));
            }
        }
    };
    for (auto const& meta : sources.metas) {
        if (meta.name == "article:tag") {
            add(meta.content);
        }
    }
    if (into.tags.empty()) {
        for (auto const& keyword : sources.json_ld.keywords) {
            add(keyword);
        }
    }
    if (into.tags.empty()) {
        add(sources.meta({"news_keywords", "keywords", "parsely-tags", "sailthru.tags"}));
    }
    add(sources.json_ld.section.empty() ? sources.meta({"article:section"}) : sources.json_ld.section);
}

void find_image(Sources const& sources, Metadata& into) {
    into.image = sources.meta(
        {"og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src", "image"});
    if (into.image.empty()) {
        into.image = sources.json_ld.image;
    }
    if (into.image.empty()) {
        auto const& tree = sources.tree;
        for (NodeId i = 1; i < tree.size() && into.image.empty(); ++i) {
            if (tree[i].is(tag_link) && equal_ignoring_case(tree.attribute(i, "rel"), "image_src")) {
                into.image = tree.attribute(i, "href");
            }
        }
    }
    if (!into.image.empty()) {
        into.image = http::resolve(into.base, into.image);
        if (auto const url = http::parse_url(into.image); !url || !url->is_http()) {
            into.image.clear();
        }
    }
}

}  // namespace

std::string Sources::meta(std::initializer_list<std::string_view> names) const {
    for (auto const name : names) {
        for (auto const& one : metas) {
            if (one.name == name) {
                return one.content;
            }
        }
    }
    return {};
}

Metadata read_metadata(Tree const& tree, std::string_view url) {
    Metadata about;
    Sources sources{.tree = tree, .url = url, .json_ld = read_json_ld(tree)};
    collect(tree, sources, about);
    find_addresses(sources, about);
    find_language(sources, about);
    about.site_name = plain(sources.meta({"og:site_name", "application-name"}));
    if (about.site_name.empty()) {
        about.site_name = plain(sources.json_ld.site_name);
    }
    about.title = find_title(sources, about.site_name);
    // An author may be named like a personal site; only a name that the site itself states is no author's.
    about.authors = find_authors(sources, about.site_name);
    if (about.site_name.empty()) {
        about.site_name = site_in_title(sources);
    }
    if (about.site_name.empty()) {
        about.site_name = without_host_prefix(about.url);
    }
    about.summary = plain(sources.meta({"og:description", "description", "twitter:description",
                                        "dc.description", "dcterms.description", "sailthru.description"}));
    if (about.summary.empty()) {
        about.summary = plain(sources.json_ld.description);
    }
    find_image(sources, about);
    find_tags(sources, about);
    find_dates(sources, about);
    about.article_body = sources.json_ld.article_body;
    return about;
}

}  // namespace newswired::articles::page

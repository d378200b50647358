// When it was published and last changed: the page's statements in the order of trust.

#include "articles/page/dates.hpp"
#include "articles/page/metadata.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::page {

using namespace html;

namespace {

bool writes_month_first(std::string_view language, std::string_view url) {
    if (!language.empty() && !starts_with_ignoring_case(language, "en")) {
        return false;
    }
    for (std::string_view const country : {".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/", ".de/", ".fr/"}) {
        if (url.find(country) != std::string_view::npos) {
            return false;
        }
    }
    return !equal_ignoring_case(language, "en-gb") && !equal_ignoring_case(language, "en-au");
}

class Finder {
  public:
    Finder(Sources const& sources, bool month_first)
        : sources_{sources}, tree_{sources.tree}, month_first_{month_first} {}

    std::string published();
    std::string modified() const;

  private:
    std::string read(std::string_view text) const;
    std::string first_meta(std::initializer_list<std::string_view> names) const;
    std::string by_property(std::string_view property) const;
    std::string by_time_element() const;
    std::string by_class() const;
    std::string by_text() const;
    std::string by_script() const;
    std::string any_meta() const;
    std::string stated() const;
    bool elsewhere(NodeId id) const;

    Sources const& sources_;
    Tree const& tree_;
    bool month_first_;
    bool careful_ = true;  // looks only where the article surely is
};

std::string as_time(std::string day) {
    return day.empty() ? day : day + "T00:00:00Z";
}

// Whether it dates something else: a comment, a teaser, the site.
bool Finder::elsewhere(NodeId id) const {
    Words const unwanted = careful_
                               ? word_comments | word_related | word_sidebar | word_footer | word_navigation
                               : word_comments;
    for (; id != kNone; id = tree_[id].parent) {
        auto const& node = tree_[id];
        if ((node.words & unwanted) != 0 && !node.is(tag_body) && !node.is(tag_html)) {
            return true;
        }
        if (careful_ && (node.is(tag_footer) || node.is(tag_aside) || node.is(tag_nav))) {
            return true;
        }
    }
    return false;
}

std::string Finder::read(std::string_view text) const {
    if (text.size() < 6) {
        return {};
    }
    auto const iso = text.size() >= 10 && is_digit(text[3]) && text[4] == '-';
    if (iso) {
        if (auto date = stated_date(text); !date.empty()) {
            return date;
        }
    }
    if (auto day = day_in_text(text, month_first_); !day.empty()) {
        auto const whole = stated_date(text);  // with its time, when they agree
        return whole.substr(0, 10) == day ? whole : as_time(day);
    }
    return stated_date(text);
}

std::string Finder::first_meta(std::initializer_list<std::string_view> names) const {
    for (auto const name : names) {
        for (auto const& one : sources_.metas) {
            if (one.name == name) {
                if (auto date = read(one.content); !date.empty()) {
                    return date;
                }
            }
        }
    }
    return {};
}

std::string Finder::by_property(std::string_view property) const {
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.kind != Node::Kind::element || node.is(tag_meta) ||
            find_ignoring_case(node.source, property) == std::string_view::npos ||
            tree_.attribute(i, "itemprop").find(property) == std::string::npos || elsewhere(i)) {
            continue;
        }
        for (auto const* const key : {"content", "datetime"}) {
            if (auto date = read(tree_.attribute(i, key)); !date.empty()) {
                return date;
            }
        }
        if (auto date = read(tree_.text(i, 120)); !date.empty()) {
            return date;
        }
    }
    return {};
}

std::string Finder::by_time_element() const {
    std::string first;
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.is(tag_time) && !elsewhere(i)) {
            auto date = read(tree_.attribute(i, "datetime"));
            if (date.empty()) {
                date = read(tree_.text(i, 120));
            }
            if (date.empty()) {
                continue;
            }
            auto const marked = tree_.has_attribute(i, "pubdate") ||
                                find_ignoring_case(node.source, "publish") != std::string_view::npos ||
                                find_ignoring_case(node.source, "entry-date") != std::string_view::npos;
            if (marked) {
                return date;
            }
            if (first.empty() && find_ignoring_case(node.source, "updated") == std::string_view::npos) {
                first = date;
            }
        } else if (node.is(tag_abbr) && !elsewhere(i)) {
            if (auto date = read(tree_.attribute(i, "title"));
                !date.empty() && (node.words & word_date) != 0) {
                return date;
            }
        }
    }
    return first;
}

std::string Finder::by_class() const {
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.kind != Node::Kind::element || (node.words & (word_date | word_byline)) == 0 ||
            elsewhere(i)) {
            continue;
        }
        auto const text = tree_.text(i, 160);
        if (text.size() > 150) {
            continue;
        }
        if (auto date = as_time(day_in_text(text, month_first_)); !date.empty()) {
            return date;
        }
    }
    return {};
}

// The first short text after the headline that names a day.
std::string Finder::by_text() const {
    NodeId from = 1;
    for (NodeId i = 1; i < tree_.size(); ++i) {
        if (tree_[i].is(tag_h1)) {
            from = i;
            break;
        }
    }
    for (auto const begin : {from, NodeId{1}}) {
        for (auto i = begin; i < tree_.size(); ++i) {
            auto const& node = tree_[i];
            if (node.kind != Node::Kind::text || node.source.size() < 8 || elsewhere(i)) {
                continue;
            }
            if (auto date = as_time(
                    day_in_text(node.source.substr(0, node.source.size() > 120 ? 40 : 120), month_first_));
                !date.empty()) {
                return date;
            }
        }
        if (begin == 1) {
            break;
        }
    }
    return {};
}

// Any <meta> whose name speaks of publishing and of a time.
std::string Finder::any_meta() const {
    for (auto const& one : sources_.metas) {
        auto const publishes =
            one.name.find("publi") != std::string::npos || one.name.find("creat") != std::string::npos;
        auto const time =
            one.name.find("date") != std::string::npos || one.name.find("time") != std::string::npos;
        if (publishes && time) {
            if (auto date = read(one.content); !date.empty()) {
                return date;
            }
        }
    }
    return {};
}

// Data for scripts: "datePublished":"2020-03-12T…" outside of JSON-LD.
std::string Finder::by_script() const {
    constexpr std::string_view kKeys[] = {
        "datePublished", "publishedDate", "publishedAt",    "published_at",    "publishDate",
        "publish_date",  "datePosted",    "firstPublished", "publicationDate", "publication_date",
        "uploadDate",    "dateCreated",   "createdAt",      "created_at"};
    for (auto const key : kKeys) {
        for (NodeId i = 1; i < tree_.size(); ++i) {
            auto const& node = tree_[i];
            if (node.kind != Node::Kind::raw) {
                continue;
            }
            auto const at = node.source.find(key);
            if (at == std::string_view::npos) {
                continue;
            }
            auto rest = node.source.substr(at + key.size(), 48);
            rest.remove_prefix(std::min(rest.find_first_of("0123456789"), rest.size()));
            auto const date = stated_date(rest.substr(0, rest.find_first_of("\"'\\,}<")));
            if (date.size() > 10 && rest.size() > 4 && rest[4] == '-') {
                return date;
            }
        }
    }
    return {};
}

// What the page says to machines.
std::string Finder::stated() const {
    if (auto date = first_meta({"article:published_time",
                                "published_on",
                                "published_at",
                                "og:article:published_time",
                                "article:published",
                                "og:published_time",
                                "datepublished",
                                "date_published",
                                "parsely-pub-date",
                                "sailthru.date",
                                "pubdate",
                                "publishdate",
                                "publish_date",
                                "publish-date",
                                "publication_date",
                                "published_time",
                                "published-date",
                                "article.published",
                                "originalpublicationdate",
                                "cxenseparse:recs:publishtime",
                                "rnews:datepublished",
                                "dc.date.issued",
                                "dcterms.issued",
                                "dc.date.created",
                                "dcterms.created",
                                "dcterms.date",
                                "dc.date",
                                "citation_publication_date",
                                "citation_date",
                                "bt:pubdate",
                                "article_date_original",
                                "displaydate",
                                "ptime",
                                "datecreated",
                                "article:post_date"});
        !date.empty()) {
        return date;
    }
    if (auto date = read(sources_.json_ld.date_published); !date.empty()) {
        return date;
    }
    for (auto const* const property : {"datePublished", "dateCreated"}) {
        if (auto date = by_property(property); !date.empty()) {
            return date;
        }
    }
    return {};
}

std::string Finder::published() {
    auto const url_day = day_in_url(sources_.url);
    if (auto date = stated(); !date.empty()) {
        // A new date on an old address: published again.
        auto const republished = !url_day.empty() && url_day.substr(0, 7) < date.substr(0, 7) &&
                                 url_day.substr(0, 4) != date.substr(0, 4);
        return republished ? as_time(url_day) : date;
    }
    if (!url_day.empty()) {
        return as_time(url_day);
    }
    if (auto date = any_meta(); !date.empty()) {
        return date;
    }
    for (auto const careful : {true, false}) {
        careful_ = careful;
        for (auto const find : {&Finder::by_time_element, &Finder::by_class}) {
            if (auto date = (this->*find)(); !date.empty()) {
                return date;
            }
        }
        if (careful) {
            if (auto date = first_meta({"date", "og:updated_time", "article:modified_time", "last-modified",
                                        "dcterms.modified"});
                !date.empty()) {
                return date;
            }
        } else if (auto date = by_property("datePublished"); !date.empty()) {
            return date;
        }
    }
    for (auto const careful : {true, false}) {
        careful_ = careful;
        if (auto date = by_text(); !date.empty()) {
            return date;
        }
    }
    return by_script();
}

std::string Finder::modified() const {
    if (auto date =
            first_meta({"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
                        "dc.date.modified", "article:modified", "last-modified", "lastmod"});
        !date.empty()) {
        return date;
    }
    if (auto date = read(sources_.json_ld.date_modified); !date.empty()) {
        return date;
    }
    return by_property("dateModified");
}

}  // namespace

void find_dates(Sources const& sources, Metadata& into) {
    auto const url =
        into.canonical_url.empty() ? std::string_view{sources.url} : std::string_view{into.canonical_url};
    Finder finder{sources, writes_month_first(into.language, url)};
    into.date_published = finder.published();
    into.date_modified = finder.modified();
}

}  // namespace newswired::articles::page

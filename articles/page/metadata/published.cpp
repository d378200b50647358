// When it was published and last changed: the page's statements in the order of trust.

#include "articles/page/dates/dates.hpp"
#include "articles/page/dates/shown_dates.hpp"
#include "articles/page/metadata/metadata.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "feeds/dates/date.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace newswired::articles::page {

using namespace html;

namespace {

class Finder {
  public:
    Finder(Sources const& sources, DayOrder order)
        : sources_{sources}, tree_{sources.tree}, order_{order}, shown_{sources.tree, order} {}

    std::string published() const;
    std::string modified() const;

  private:
    std::string first_meta(std::initializer_list<std::string_view> names) const;
    std::string by_script() const;
    std::string any_meta() const;
    std::vector<std::string> stated() const;
    std::string stated(std::string const& url_day) const;
    std::string settled(std::string date, std::string_view shown) const;
    std::string by_looks() const;

    Sources const& sources_;
    Tree const& tree_;
    DayOrder order_;
    ShownDates shown_;
};

std::string as_time(std::string const& day) {
    return day.empty() ? day : day + "T00:00:00";
}

std::string with_day_as_month(std::string const& date) {
    return date.substr(0, 5) + date.substr(8, 2) + "-" + date.substr(5, 2);
}

// A day that is shown before the one that is stated: that is when the page was last written anew.  Two
// readings of 3/4/2020 are no two days, nor is one moment in two zones.
bool is_earlier_day(std::string_view shown, std::string const& stated) {
    auto const moment = feeds::parse_date(stated);
    return !shown.empty() && shown < stated.substr(0, 10) && shown != with_day_as_month(stated) && moment &&
           !rfc3339(*moment).starts_with(shown);
}

std::string earlier_of(std::string stated, std::string const& shown) {
    return is_earlier_day(shown.substr(0, 10), stated) ? shown : stated;
}

std::string Finder::first_meta(std::initializer_list<std::string_view> names) const {
    for (auto const name : names) {
        for (auto const& one : sources_.metas) {
            if (one.name == name) {
                if (auto date = any_date(one.content, order_); !date.empty()) {
                    return date;
                }
            }
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
            if (auto date = any_date(one.content, order_); !date.empty()) {
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

// The names under which pages tell machines when they were published, the surest first.
constexpr std::string_view kPublished[] = {"article:published_time",
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
                                           "citation_publication_date",
                                           "citation_date",
                                           "bt:pubdate",
                                           "article_date_original",
                                           "displaydate",
                                           "ptime",
                                           "datecreated",
                                           "article:post_date"};

// What the page says to machines: nothing twice, the surest first.
std::vector<std::string> Finder::stated() const {
    std::vector<std::string> found;
    auto const add = [&](std::string date) {
        if (!date.empty() && std::find(found.begin(), found.end(), date) == found.end()) {
            found.push_back(std::move(date));
        }
    };
    for (auto const name : kPublished) {
        add(first_meta({name}));
    }
    add(any_date(sources_.json_ld.date_published, order_));
    if (found.empty()) {
        for (auto const* const property : {"datePublished", "dateCreated"}) {
            add(shown_.in_property(property, true));
        }
    }
    return found;
}

// The same date read as the page means it: with day and month in the order that it shows, in the zone in
// which the day is the one that the page or its address names.
std::string Finder::settled(std::string date, std::string_view shown) const {
    if (shown.empty()) {
        return date;
    }
    if (date.ends_with("T00:00:00") && with_day_as_month(date) == shown) {
        return as_time(std::string{shown});
    }
    return on_day(std::move(date), shown);
}

// Where statements differ, readers have been told the right one.
std::string Finder::stated(std::string const& url_day) const {
    auto const all = stated();
    if (all.empty()) {
        return {};
    }
    auto const shown = shown_.beside_headline().published;
    auto const beside = shown.substr(0, 10);
    auto const changed = modified().substr(0, 10);
    for (auto const& one : all) {
        // What is shown may be when it was changed; some state that as the day of publishing, too.
        auto const again = one.substr(0, 7) != all.front().substr(0, 7);
        for (std::string_view const day : {std::string_view{url_day}, std::string_view{beside}}) {
            auto date = settled(one, day);
            if (!day.empty() && date.starts_with(day) && !(again && day == changed)) {
                return date;
            }
        }
    }
    return earlier_of(all.front(), shown);
}

// The surest first.
std::string Finder::by_looks() const {
    auto const beside = shown_.beside_headline();
    std::string date;
    auto const found = [&](std::string one) {
        date = std::move(one);
        return !date.empty();
    };
    if (found(beside.published) || found(beside.changed) || found(shown_.in_time_element(true)) ||
        found(shown_.in_named_part(true)) || found(shown_.labelled_as_published()) ||
        found(first_meta({"dcterms.date", "dc.date", "date", "og:updated_time", "article:modified_time",
                          "last-modified", "dcterms.modified"})) ||
        found(shown_.in_time_element(false)) || found(shown_.in_named_part(false)) ||
        found(shown_.in_property("datePublished", false)) || found(shown_.in_text(true)) ||
        found(shown_.in_text(false))) {
        return date;
    }
    return {};
}

std::string Finder::published() const {
    auto const url_day = day_in_url(sources_.url);
    if (auto date = stated(url_day); !date.empty()) {
        // A new date on an old address: published again.
        auto const republished = !url_day.empty() && url_day.substr(0, 7) < date.substr(0, 7) &&
                                 url_day.substr(0, 4) != date.substr(0, 4);
        return republished ? as_time(url_day) : date;
    }
    if (!url_day.empty()) {
        return as_time(url_day);
    }
    if (auto date = any_meta(); !date.empty()) {
        return earlier_of(std::move(date), shown_.beside_headline().published);
    }
    for (auto const find : {&Finder::by_looks, &Finder::by_script}) {
        if (auto date = (this->*find)(); !date.empty()) {
            return date;
        }
    }
    return {};
}

std::string Finder::modified() const {
    if (auto date =
            first_meta({"article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
                        "dc.date.modified", "article:modified", "last-modified", "lastmod"});
        !date.empty()) {
        return date;
    }
    if (auto date = any_date(sources_.json_ld.date_modified, order_); !date.empty()) {
        return date;
    }
    return shown_.in_property("dateModified", true);
}

}  // namespace

void find_dates(Sources const& sources, Metadata& into) {
    auto const url =
        into.canonical_url.empty() ? std::string_view{sources.url} : std::string_view{into.canonical_url};
    Finder const finder{sources, day_order(sources.tree, into.language, url)};
    into.date_published = with_zone(finder.published(), into.language);
    into.date_modified = with_zone(finder.modified(), into.language);
}

}  // namespace newswired::articles::page

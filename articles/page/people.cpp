// Who wrote it: names of people, not of the software's accounts, the site or its departments.

#include "articles/page/headline.hpp"
#include "articles/page/metadata.hpp"
#include "articles/sanitize.hpp"
#include "core/text.hpp"
#include "feeds/date_words.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {

using namespace html;

namespace {

std::string plain(std::string_view text) {
    return to_plain({.value = text, .kind = feeds::TextKind::html, .may_be_escaped_twice = true});
}

// Accounts that publishing systems are born with.
constexpr std::string_view kNobody[] = {
    "admin",     "administrator",   "root",      "webmaster", "editor",     "desk",      "staff",
    "user",      "guest",           "unknown",   "anonymous", "null",       "undefined", "n/a",
    "redaktion", "redaccion",       "author",    "by",        "super user", "none",      "adm",
    "posted on", "skip to content", "read more", "home",      "news"};

// Words before and between names, in the languages whose bylines put them there.
constexpr std::string_view kBefore[] = {
    "by ",        "posted by: ",   "authors: ",     "author ",        "von ",
    "par ",       "por ",          "di ",           "door ",          "written by ",
    "posted by ", "author: ",      "autor: ",       "words by ",      "text: ",
    "av ",        "af ",           "de ",           "by: ",           "from ",
    "story by ",  "published by ", "submitted by ", "автор: ",        "автор ",
    "przez ",     "yazan: ",       "escrito por ",  "publicado por ", "a cura di ",
    "oleh "};

bool is_nobody(std::string_view name) {
    if (feeds::month_of(to_lower(name)) > 0) {
        return true;
    }
    for (auto const before : kBefore) {
        if (equal_ignoring_case(name, trim(before))) {
            return true;
        }
    }
    return std::any_of(std::begin(kNobody), std::end(kNobody),
                       [&](std::string_view one) { return equal_ignoring_case(one, name); });
}

// "Ann Example Dec 19, 2025", "Ann Example 2019年04月28日": a date that stands beside the name.
void cut_date(std::string& name) {
    auto const digit = std::find_if(name.begin(), name.end(), [](char c) { return is_digit(c); });
    if (digit == name.end() || digit - name.begin() < 4) {
        return;
    }
    auto const at = name.rfind(' ', static_cast<std::size_t>(digit - name.begin()));
    if (at == std::string::npos) {
        return;
    }
    name.erase(at);
    auto const word = name.rfind(' ') == std::string::npos ? 0 : name.rfind(' ') + 1;
    if (word > 0 && feeds::month_of(to_lower(std::string_view{name}.substr(word))) > 0) {
        name.erase(word - 1);
    }
}

// "ByAnn Example", "Byby ANN EXAMPLE": what stood in elements side by side.
void cut_glued_by(std::string& name) {
    while (name.size() > 4 && starts_with_ignoring_case(name, "by") && name[0] == 'B' &&
           ((name[2] >= 'A' && name[2] <= 'Z') || starts_with_ignoring_case(name.substr(2), "by "))) {
        name.erase(0, 2);
    }
}

std::string cleaned(std::string name) {
    cut_glued_by(name);
    for (auto again = true; again;) {
        again = false;
        for (auto const before : kBefore) {
            if (starts_with_ignoring_case(name, before) && name.size() > before.size()) {
                name.erase(0, before.size());
                name = std::string{trim(name)};
                again = true;
            }
        }
    }
    // "Ann Example | The Example", "Ann Example, Reporter (Reuters)".
    for (std::string_view const mark :
         {" | ", " (", " \u2022 ", " \u00B7 ", " - ", " \u2013 ", " \u2014 ", " / ", "|", "\n"}) {
        if (auto const at = name.find(mark); at != std::string::npos && at > 2) {
            name.erase(at);
        }
    }
    cut_date(name);
    while (!name.empty() &&
           (name.back() == ',' || name.back() == ':' || name.back() == ';' || is_space(name.back()))) {
        name.pop_back();
    }
    while (!name.empty() &&
           (name.front() == '@' || name.front() == ':' || name.front() == ',' || is_space(name.front()))) {
        name.erase(0, 1);
    }
    return name;
}

bool is_name(std::string_view name, std::string_view site_name) {
    if (name.size() < 2 || name.size() > 90 || name.find("://") != std::string_view::npos ||
        name.find("www.") != std::string_view::npos || is_nobody(name) ||
        equal_ignoring_case(name, site_name)) {
        return false;
    }
    if (name.find(' ') == std::string_view::npos && name.find('.') != std::string_view::npos) {
        auto const last = name.substr(name.rfind('.') + 1);
        if (std::count(name.begin(), name.end(), '.') > 1 ||
            (last.size() >= 2 && std::all_of(last.begin(), last.end(), [](char c) { return is_alpha(c); }))) {
            return false;  // the name of a template's variable, or of a host
        }
    }
    auto const words = 1 + std::count(name.begin(), name.end(), ' ');
    auto const digits = std::count_if(name.begin(), name.end(), [](char c) { return is_digit(c); });
    return words <= 8 && digits * 3 <= std::ptrdiff_t(name.size()) &&
           name.find('{') == std::string_view::npos;
}

class People {
  public:
    explicit People(std::string_view site_name) : site_name_{site_name} {}

    // One string may hold several names.
    void add(std::string_view text, std::string_view url = {}) {
        auto rest = plain(text);
        if (rest.size() > 400) {
            return;
        }
        for (std::string_view const glue : {" and ", " & ", " und ", " et ", " y ", ";", " with ", " \u0438 ",
                                            " och ", " og ", " en ", "\u3001"}) {
            for (auto at = rest.find(glue); at != std::string::npos; at = rest.find(glue)) {
                rest[at] = '\x01';
                rest.erase(at + 1, glue.size() - 1);
            }
        }
        auto const commas = std::count(rest.begin(), rest.end(), ',');
        if (commas > 0) {
            // "Ann Example, Bob Example" are two; "Example, Ann" is one, so is "Ann Example, PhD".
            auto const parts = split(rest, ',');
            auto const all_full = std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
                return trim(part).find(' ') != std::string_view::npos || trim(part).empty();
            });
            if (all_full) {
                std::replace(rest.begin(), rest.end(), ',', '\x01');
            }
        }
        for (auto const part : split(rest, '\x01')) {
            auto name = cleaned(std::string{trim(part)});
            if (!is_name(name, site_name_)) {
                continue;
            }
            auto const again = std::any_of(found_.begin(), found_.end(), [&](Author const& one) {
                return equal_ignoring_case(one.name, name);
            });
            if (!again && found_.size() < 20) {
                found_.push_back({.name = std::move(name), .url = std::string{url}});
            }
        }
    }

    bool empty() const { return found_.empty(); }
    std::vector<Author> take() { return std::move(found_); }

  private:
    std::string_view site_name_;
    std::vector<Author> found_;
};

// What holds the headline as well is no other article, whatever it is called.
bool in_other_article(Tree const& tree, NodeId id, NodeId headline) {
    for (; id != kNone && !(headline != kNone && tree.contains(id, headline)); id = tree[id].parent) {
        if ((tree[id].words & (word_comments | word_related | word_sidebar | word_footer)) != 0 &&
            !tree[id].is(tag_body) && !tree[id].is(tag_html)) {
            return true;
        }
    }
    return false;
}

void add_microdata(Tree const& tree, NodeId headline, People& people) {
    for (NodeId i = 1; i < tree.size(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::element || node.source.empty() || in_other_article(tree, i, headline)) {
            continue;
        }
        if (find_ignoring_case(node.source, "author") == std::string_view::npos) {
            continue;
        }
        auto const property = tree.attribute(i, "itemprop");
        auto const rel = tree.attribute(i, "rel");
        if (property != "author" && property != "author creator" && rel != "author") {
            continue;
        }
        auto name = tree.attribute(i, "content");
        for (auto j = i + 1; name.empty() && j < node.end; ++j) {
            if (tree[j].kind == Node::Kind::element && tree.attribute(j, "itemprop") == "name") {
                name = tree[j].is(tag_meta) ? tree.attribute(j, "content") : tree.text(j, 200);
            }
        }
        if (name.empty()) {
            name = tree.text(i, 200);
        }
        if (name.size() < 120) {
            people.add(name, tree.attribute(i, "href"));
        }
    }
}

// A line of names, or a name and what its bearer is, in an element of its own.
void add_line(Tree const& tree, NodeId id, std::string const& line, People& people) {
    constexpr std::ptrdiff_t kWordsOfNames = 5;
    if (std::count(line.begin(), line.end(), ' ') < kWordsOfNames) {
        people.add(line);
        return;
    }
    for (auto i = id; i < tree[id].end && people.empty(); ++i) {
        if (tree[i].kind == Node::Kind::text) {
            people.add(tree[i].source);
        }
    }
}

// Bylines: the first short text whose class names an author.
void add_byline(Tree const& tree, NodeId headline, People& people) {
    for (NodeId i = 1; i < tree.size() && people.empty(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::element || (node.words & word_byline) == 0 ||
            in_other_article(tree, i, headline)) {
            continue;
        }
        if (find_ignoring_case(node.source, "author") == std::string_view::npos &&
            find_ignoring_case(node.source, "byline") == std::string_view::npos &&
            find_ignoring_case(node.source, "autor") == std::string_view::npos) {
            continue;
        }
        // A link in it is the surest.
        for (auto j = i; j < node.end && people.empty(); ++j) {
            if (tree[j].is(tag_a)) {
                if (auto const name = tree.text(j, 100); name.size() < 60) {
                    people.add(name, tree.attribute(j, "href"));
                }
            }
        }
        if (auto const line = tree.text(i, 200); people.empty() && line.size() < 80) {
            add_line(tree, i, line, people);
        }
    }
}

// Where sites keep their authors' pages.
constexpr std::string_view kAuthorPages[] = {
    "/author/", "/authors/",  "/by/",      "/profile/",   "/contributor", "/people/",
    "/staff/",  "/autor/",    "/autores/", "/auteur/",    "/reporter",    "/journalist",
    "/writer",  "/columnist", "/bio/",     "/producers/", "author="};

bool leads_to_author(Tree const& tree, NodeId id) {
    auto const url = tree.attribute(id, "href");
    return std::any_of(std::begin(kAuthorPages), std::end(kAuthorPages), [&](std::string_view page) {
        return find_ignoring_case(url, page) != std::string::npos;
    });
}

// Beside the headline: a link to an author's page, or a line that begins as bylines do.
void add_beside_headline(Tree const& tree, NodeId headline, People& people) {
    constexpr NodeId kBeside = 160;
    if (headline == kNone) {
        return;
    }
    auto const end = std::min(tree.size(), tree[headline].end + kBeside);
    for (auto i = headline > 40 ? headline - 40 : 1; i < end && people.empty(); ++i) {
        auto const& node = tree[i];
        if (node.is(tag_a) && leads_to_author(tree, i) && !in_other_article(tree, i, headline)) {
            if (auto const name = tree.text(i, 100); name.size() < 60) {
                people.add(name, tree.attribute(i, "href"));
            }
        }
    }
    for (auto i = headline; i < end && people.empty(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::text || node.source.size() > 80) {
            continue;
        }
        auto const line = plain(node.source);
        auto const starts = std::any_of(std::begin(kBefore), std::end(kBefore), [&](std::string_view before) {
            return starts_with_ignoring_case(line, before.substr(0, before.size() - 1)) &&
                   (line.size() == before.size() - 1 || line[before.size() - 1] == ' ');
        });
        if (!starts || line.starts_with("de") || line.starts_with("De") || line.starts_with("from") ||
            line.starts_with("From")) {
            continue;
        }
        if (line.size() > 8) {
            people.add(line);
        } else if (auto const next = tree.text(tree[tree[i].parent].parent, 120);
                   next.size() < 100 && people.empty()) {
            people.add(next);
        }
    }
}

constexpr std::string_view kAuthorMetas[] = {
    "citation_author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl",
    "author",          "dc.creator",     "dcterms.creator",   "dc.contributor"};

}  // namespace

std::vector<Author> find_authors(Sources const& sources, std::string_view site_name) {
    People people{site_name};
    for (auto const& author : sources.json_ld.authors) {
        people.add(author.name, author.url);
    }
    // The general name last: some give it to the publisher.
    for (auto const name : kAuthorMetas) {
        for (auto const& meta : sources.metas) {
            if (meta.name == name) {
                people.add(meta.content);
            }
        }
        if (!people.empty()) {
            break;
        }
    }
    auto const headline = find_headline(sources.tree);
    if (people.empty()) {
        add_microdata(sources.tree, headline, people);
    }
    if (people.empty()) {
        add_byline(sources.tree, headline, people);
    }
    if (people.empty()) {
        add_beside_headline(sources.tree, headline, people);
    }
    return people.take();
}

}  // namespace newswired::articles::page

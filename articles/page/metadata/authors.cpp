// Who wrote it: where pages say so, from the surest place to the least sure one.

#include "articles/page/metadata/metadata.hpp"
#include "articles/page/metadata/people.hpp"
#include "articles/page/tree/headline.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace newswired::articles::page {

using namespace html;

namespace {

// Whether it stands within what is called by one of `words`.  What holds the headline as well is no other
// article, whatever it is called.
bool stands_in(Tree const& tree, NodeId id, NodeId headline, std::uint32_t words) {
    for (; id != kNone && !(headline != kNone && tree.contains(id, headline)); id = tree[id].parent) {
        if ((tree[id].words & words) != 0 && !tree[id].is(tag_body) && !tree[id].is(tag_html)) {
            return true;
        }
    }
    return false;
}

bool in_other_article(Tree const& tree, NodeId id, NodeId headline) {
    return stands_in(tree, id, headline, word_comments | word_related | word_sidebar | word_footer);
}

// Of a comment or of a teaser; what stands beside the text may be its own.
bool belongs_to_comment(Tree const& tree, NodeId id, NodeId headline) {
    return stands_in(tree, id, headline, word_comments | word_related | word_footer);
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

bool leads_to_topic(Tree const& tree, NodeId id) {
    auto const url = tree.attribute(id, "href");
    return find_ignoring_case(url, "/category/") != std::string::npos ||
           find_ignoring_case(url, "/tag/") != std::string::npos ||
           find_ignoring_case(url, "/topic") != std::string::npos;
}

// What bylines are called.
constexpr std::string_view kAuthorWords[] = {"author", "byline", "autor"};

// Whether a class of it ends in "name": "t-blogpost-author-name", "authorName".
bool calls_itself_name(Tree const& tree, NodeId id) {
    auto const classes = tree.attribute(id, "class");
    for (auto const one : split(classes, ' ')) {
        if (one.ends_with("name") || one.ends_with("Name")) {
            return one.size() == 4 || one.ends_with("Name") || one[one.size() - 5] == '-' ||
                   one[one.size() - 5] == '_';
        }
    }
    return false;
}

// A line of names, or a name and what its bearer is, in an element of its own.
void add_line(Tree const& tree, NodeId id, std::string const& line, People& people) {
    constexpr std::ptrdiff_t kWordsOfNames = 5;
    auto const holds_topic = [&] {
        for (auto i = id; i < tree[id].end; ++i) {
            if (tree[i].is(tag_a) && leads_to_topic(tree, i)) {
                return true;
            }
        }
        return false;
    };
    if (std::count(line.begin(), line.end(), ' ') < kWordsOfNames && !holds_topic()) {
        people.add(line);
        return;
    }
    for (auto i = id; i < tree[id].end && people.empty();) {
        if (tree[i].is(tag_a) && leads_to_topic(tree, i)) {
            i = tree[i].end;
            continue;
        }
        if (tree[i].kind == Node::Kind::text) {
            people.add(tree[i].source);
        }
        ++i;
    }
}

bool names_author(Node const& node) {
    return std::any_of(std::begin(kAuthorWords), std::end(kAuthorWords), [&](std::string_view word) {
        return find_ignoring_case(node.source, word) != std::string_view::npos;
    });
}

std::string_view first_text(Tree const& tree, NodeId id) {
    for (auto i = id; i < tree[id].end; ++i) {
        if (tree[i].kind == Node::Kind::text && !trim(tree[i].source).empty()) {
            return tree[i].source;
        }
    }
    return {};
}

// "author-name", "byline__name", or "name" inside of a byline: what stands there is nothing but the name.
void add_named(Tree const& tree, NodeId headline, People& people) {
    constexpr std::size_t kLongestName = 60;
    NodeId byline_end = 0;
    for (NodeId i = 1; i < tree.size() && people.empty(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::element || node.source.empty()) {
            continue;
        }
        auto const author = (node.words & word_byline) != 0 && names_author(node);
        if (author) {
            byline_end = std::max(byline_end, node.end);
        }
        if ((author || i < byline_end) && calls_itself_name(tree, i) &&
            !in_other_article(tree, i, headline)) {
            auto const line = tree.text(i, kLongestName + 1);
            auto const first = first_text(tree, i);
            auto const whole = trim(first).find(' ') == std::string_view::npos;  // not yet a full name
            if (line.size() <= kLongestName) {
                people.add(whole ? std::string_view{line} : first, tree.attribute(i, "href"));
            }
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
        if (!names_author(node)) {
            continue;
        }
        // A link in it is the surest.
        for (auto j = i; j < node.end && people.empty(); ++j) {
            if (tree[j].is(tag_a) && !leads_to_topic(tree, j)) {
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
        if (!begins_as_byline(line) || belongs_to_comment(tree, i, headline) || line.starts_with("de") ||
            line.starts_with("De") || line.starts_with("from") || line.starts_with("From")) {
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

// Lines that say in so many words who wrote it stand at the end, too, or beside the text.
constexpr std::string_view kSigned[] = {"written by ",
                                        "article by ",
                                        "story by ",
                                        "words by ",
                                        "escrito por ",
                                        "\u00E9crit par ",
                                        "geschrieben von ",
                                        "scritto da ",
                                        "geschreven door ",
                                        "skrevet av ",
                                        "skriven av ",
                                        "napisa\u0142 ",
                                        "بقلم ",
                                        "מאת ",
                                        "作者：",
                                        "作者:",
                                        "撰文：",
                                        "文／",
                                        "記者",
                                        "记者",
                                        "โดย "};

void add_signature(Tree const& tree, NodeId headline, People& people) {
    constexpr std::size_t kLongestSignature = 80;
    for (NodeId i = 1; i < tree.size() && people.empty(); ++i) {
        auto const& node = tree[i];
        if (node.kind != Node::Kind::text || node.source.size() > kLongestSignature) {
            continue;
        }
        auto const start = trim(node.source);
        for (auto const phrase : kSigned) {
            if (!starts_with_ignoring_case(start, trim(phrase)) || belongs_to_comment(tree, i, headline)) {
                continue;
            }
            auto const block = tree[i].parent;
            auto line =
                start.size() > phrase.size() ? std::string{start} : tree.text(block, kLongestSignature + 1);
            if (starts_with_ignoring_case(line, phrase) && line.size() <= kLongestSignature) {
                people.add(std::string_view{line}.substr(phrase.size()));
            }
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
    for (auto* const add : {&add_named, &add_byline, &add_beside_headline, &add_signature}) {
        if (people.empty()) {
            (*add)(sources.tree, headline, people);
        }
    }
    // A site may be called after the person who writes it.
    if (people.empty() && sources.json_ld.authors_are_persons) {
        People persons{{}};
        for (auto const& author : sources.json_ld.authors) {
            persons.add(author.name, author.url);
        }
        return persons.take();
    }
    return people.take();
}

}  // namespace newswired::articles::page

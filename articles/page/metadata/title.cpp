// The title without the site's name: what the page's headline, its <title> and its metadata agree upon.

#include "articles/body/sanitize.hpp"
#include "articles/page/addresses.hpp"
#include "articles/page/metadata/metadata.hpp"
#include "articles/page/tree/headline.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <optional>

namespace newswired::articles::page {

using namespace html;

namespace {

std::string plain(std::string_view text) {
    return to_plain({.value = text, .kind = feeds::TextKind::html, .may_be_escaped_twice = true});
}

constexpr std::string_view kSeparators[] = {
    " | ", " - ", " \u2013 ", " \u2014 ", " \u00BB ", " \u00AB ", " :: ",   " \u00B7 ", " / ", " \u2022 ",
    " > ", " < ", " * ",      " ~ ",      " \u2039 ", " \u203A ", "\uFF5C", " : ",      "|",   "_"};

struct Cut {
    std::string_view left;
    std::string_view right;
};

std::optional<Cut> cut_last(std::string_view text, std::size_t separators = std::size(kSeparators)) {
    std::optional<Cut> best;
    for (std::size_t i = 0; i < separators; ++i) {
        auto const at = text.rfind(kSeparators[i]);
        if (at != std::string_view::npos && at > 0 && (!best || at > best->left.size())) {
            best = Cut{trim(text.substr(0, at)), trim(text.substr(at + kSeparators[i].size()))};
        }
    }
    return best;
}

std::optional<Cut> cut_first(std::string_view text) {
    std::optional<Cut> best;
    for (std::size_t i = 0; i + 3 < std::size(kSeparators); ++i) {
        auto const at = text.find(kSeparators[i]);
        if (at != std::string_view::npos && at > 0 && (!best || at < best->left.size())) {
            best = Cut{trim(text.substr(0, at)), trim(text.substr(at + kSeparators[i].size()))};
        }
    }
    return best;
}

// Whether `part` names the site: its stated name, or the host's.
bool names_site(std::string_view part, std::string_view site_name, std::string_view url) {
    auto const name = bare(part);
    if (name.empty()) {
        return true;
    }
    auto const site = bare(site_name);
    if (!site.empty() &&
        (site == name || (name.size() > 3 && site.find(name) != std::string::npos) ||
         (site.size() > 3 && name.find(site) != std::string::npos && name.size() < site.size() * 3))) {
        return true;
    }
    auto const host =
        bare(url.substr(0, url.find('/', url.find("//") == std::string_view::npos ? 0 : url.find("//") + 2)));
    return name.size() > 2 && host.find(name) != std::string::npos;
}

std::string without_site(std::string title, std::string_view site_name, std::string_view url) {
    for (auto round = 0; round < 3; ++round) {
        auto const last = cut_last(title);
        if (last && !last->left.empty() && names_site(last->right, site_name, url)) {
            title = std::string{last->left};
            continue;
        }
        auto const first = cut_first(title);
        if (first && !first->right.empty() && names_site(first->left, site_name, url)) {
            title = std::string{first->right};
            continue;
        }
        break;
    }
    return title;
}

// How much of `headline` stands in `title`: 1 and more when all of it does, the longer the better.
double agrees(std::string_view headline, std::string_view title) {
    auto const whole = bare(headline);
    auto const other = bare(title);
    if (whole.size() < 3 || other.empty()) {
        return 0;
    }
    if (other.find(whole) != std::string::npos) {
        // A small part of a title is more likely the site's name or the section's.
        auto const part = double(whole.size()) / double(other.size());
        return part >= 0.35 ? 1.0 + part : part;
    }
    auto all = 0;
    auto found = 0;
    for (auto const word : split(headline, ' ')) {
        auto const one = bare(word);
        all += one.size() > 3 ? 1 : 0;
        found += one.size() > 3 && other.find(one) != std::string::npos ? 1 : 0;
    }
    return all < 2 ? 0.0 : double(found) / double(all);
}

bool is_small(Node const& node) {
    return (node.words &
            (word_navigation | word_sidebar | word_footer | word_related | word_comments | word_popup)) != 0;
}

// The page's own headlines: h1, or what is marked as one.
std::vector<std::string> headlines(Tree const& tree) {
    std::vector<std::string> found;
    for (NodeId i = 1; i < tree.size() && found.size() < 12; ++i) {
        auto const& node = tree[i];
        if (!node.is(tag_h1) || is_small(node)) {
            continue;
        }
        if (auto text = tree.text(i, 600); !text.empty()) {
            found.push_back(to_nfc(std::move(text)));
        }
    }
    return found;
}

}  // namespace

std::string find_title(Sources const& sources, std::string_view site_name) {
    auto const document = document_title(sources.tree);
    auto const open_graph = plain(sources.meta({"og:title", "twitter:title", "dc.title", "dcterms.title",
                                                "parsely-title", "sailthru.title", "title"}));
    auto const linked = sources.json_ld.is_article ? plain(sources.json_ld.headline) : std::string{};
    auto const stated = open_graph.empty() ? linked : open_graph;
    auto const all = headlines(sources.tree);

    // A headline that the page's other titles repeat, in whole or in most of its words.
    std::string const* best = nullptr;
    auto most = 0.0;
    for (auto const& one : all) {
        if (names_site(one, site_name, sources.url)) {
            continue;
        }
        auto const agreement = std::max({agrees(one, document), agrees(one, stated), agrees(one, linked)});
        if (agreement > most) {
            most = agreement;
            best = &one;
        }
    }
    if (best != nullptr && (most >= 0.5 || (all.size() == 1 && most > 0.3))) {
        return *best;
    }
    if (stated.empty() && all.size() == 1 && all.front().size() > 20 &&
        !names_site(all.front(), site_name, {})) {
        return all.front();
    }
    auto const chosen = !stated.empty() && !names_site(stated, site_name, {}) ? stated
                        : !linked.empty()                                     ? linked
                                                                              : document;
    auto title = without_site(chosen, site_name, sources.url);
    if (title == chosen) {
        // An unknown last part that is much shorter is the site's name.
        if (auto const last = cut_last(title, 8); last && last->left.size() > 2 * last->right.size() &&
                                                  last->left.find(' ') != std::string_view::npos) {
            title = std::string{last->left};
        }
    }
    if (title.empty() && !all.empty()) {
        return all.front();
    }
    return title;
}

std::string site_in_title(Sources const& sources) {
    auto const site = bare(site_of(sources.url));
    constexpr std::size_t kShortest = 4;
    auto const title = document_title(sources.tree);
    if (site.size() < kShortest) {
        return {};
    }
    auto const is_site = [&](std::string_view part) {
        auto const name = bare(part);
        return name.size() >= kShortest &&
               (site.find(name) != std::string::npos ||
                (name.find(site) != std::string::npos && name.size() < 2 * site.size()));
    };
    if (auto const last = cut_last(title); last && is_site(last->right)) {
        return std::string{last->right};
    }
    if (auto const first = cut_first(title); first && is_site(first->left)) {
        return std::string{first->left};
    }
    return {};
}

}  // namespace newswired::articles::page

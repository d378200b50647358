#include "articles/page/extract.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/page/body/captions.hpp"
#include "articles/page/body/choose.hpp"
#include "articles/page/body/copies.hpp"
#include "articles/page/body/lead.hpp"
#include "articles/page/body/measure.hpp"
#include "articles/page/body/opening.hpp"
#include "articles/page/body/pitches.hpp"
#include "articles/page/body/prune.hpp"
#include "articles/page/body/teasers.hpp"
#include "articles/page/body/write.hpp"
#include "articles/page/metadata/language.hpp"
#include "articles/page/tree/tree.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"
#include "feeds/charset/charset.hpp"

#include <algorithm>

namespace newswired::articles::page {
namespace {

// Less than this is taken for a failure of the stricter look, if the laxer one finds more.
constexpr std::uint32_t kTooShort = 250;

// Plain text or HTML; lines are paragraphs.
std::string paragraphs_of(std::string_view text) {
    if (text.find("<p") != std::string_view::npos || text.find("<br") != std::string_view::npos) {
        return std::string{text};
    }
    std::string html;
    for (auto const line : split(text, '\n')) {
        if (!trim(line).empty()) {
            html += "<p>";
            append_escaped_source(html, trim(line));
            html += "</p>";
        }
    }
    return html;
}

struct Found {
    std::string html{};
    std::uint32_t prose = 0;
};

Found find(Tree tree, Strictness strictness, Metadata const& about) {
    drop_machinery(tree, strictness);
    drop_surroundings(tree, strictness);
    auto const measures = measure(tree);
    auto const article = choose_article(tree, measures);
    auto const leads = find_lead(tree, measures, article);
    drop_inside(tree, article, strictness, about.url);
    drop_opening_lines(tree, measures, article, about);
    drop_closing_pitches(tree, measures, article);
    drop_copies(tree, measures, article);
    drop_closing_teasers(tree, measures, article);
    Found found{.prose = measure(tree)[article].text};
    for (auto const lead : leads) {
        write_html(tree, lead, found.html);
    }
    write_html(tree, article, found.html);
    return found;
}

// All that can be read, whatever it is.
Found whole_page(Tree tree) {
    drop_machinery(tree, Strictness::bare);
    Found found{.prose = measure(tree)[kRoot].text};
    write_html(tree, kRoot, found.html);
    return found;
}

Found find(Tree const& tree, Metadata const& about) {
    auto best = find(tree, Strictness::strict, about);
    for (auto const strictness : {Strictness::lenient, Strictness::bare}) {
        if (best.prose >= kTooShort) {
            break;
        }
        auto again = find(tree, strictness, about);
        if (again.prose > best.prose * 2) {
            best = std::move(again);
        }
    }
    return best.prose > 0 ? best : whole_page(tree);
}

// Paragraphs without the blanks that some scripts indent them by: those are for the eye, like margins.
std::string without_indents(std::string text) {
    constexpr std::string_view kIdeographicSpace = "\u3000";
    for (std::size_t line = 0; line < text.size();) {
        auto end = line;
        while (text.compare(end, kIdeographicSpace.size(), kIdeographicSpace) == 0) {
            end += kIdeographicSpace.size();
        }
        text.erase(line, end - line);
        auto const next = text.find('\n', line);
        line = next == std::string::npos ? text.size() : next + 1;
    }
    return text;
}

}  // namespace

Page extract(std::string bytes, std::string_view url, std::string_view content_type) {
    std::vector<feeds::Problem> problems;
    auto const document = feeds::to_utf8(std::move(bytes), content_type, problems);
    Tree const tree{document};
    Page page;
    page.about = read_metadata(tree, url);
    auto const found = find(tree, page.about);
    page.content_html = sanitize(found.html, page.about.base, Policy::article);
    if (found.prose < kTooShort &&
        page.about.article_body.size() > 2 * std::max<std::size_t>(found.prose, 60)) {
        // A page that a script would have filled: its text is only in what it tells machines.
        page.content_html =
            sanitize(paragraphs_of(page.about.article_body), page.about.base, Policy::article);
    }
    page.content_text = without_indents(to_readable_text(without_captions(page.content_html)));
    if (page.content_text.empty()) {
        page.content_text = to_readable_text(page.content_html);
    }
    if (page.about.language.empty()) {
        page.about.language = detect_language(page.content_text);
    }
    return page;
}

}  // namespace newswired::articles::page

#include "articles/page/extract.hpp"

#include "articles/page/choose.hpp"
#include "articles/page/lead.hpp"
#include "articles/page/measure.hpp"
#include "articles/page/prune.hpp"
#include "articles/page/tree.hpp"
#include "articles/page/write.hpp"
#include "articles/sanitize.hpp"
#include "feeds/charset.hpp"

namespace newswired::articles::page {
namespace {

// Less than this is taken for a failure of the stricter look, if the laxer one finds more.
constexpr std::uint32_t kTooShort = 250;

// A caption is a picture's, and the text has no pictures.
std::string without_captions(std::string_view html) {
    constexpr std::string_view kStart = "<figcaption";
    constexpr std::string_view kEnd = "</figcaption>";
    std::string out;
    for (;;) {
        auto const start = html.find(kStart);
        out += html.substr(0, start);
        auto const end = start == std::string_view::npos ? start : html.find(kEnd, start);
        if (end == std::string_view::npos) {
            return out;
        }
        out += "<br>";
        html.remove_prefix(end + kEnd.size());
    }
}

struct Found {
    std::string html{};
    std::uint32_t prose = 0;
};

Found find(Tree tree, Strictness strictness) {
    drop_machinery(tree, strictness);
    drop_surroundings(tree, strictness);
    auto const measures = measure(tree);
    auto const article = choose_article(tree, measures);
    auto const leads = find_lead(tree, measures, article);
    drop_inside(tree, article, strictness);
    Found found{.prose = measure(tree)[article].text};
    for (auto const lead : leads) {
        write_html(tree, lead, found.html);
    }
    write_html(tree, article, found.html);
    return found;
}

Found find(Tree const& tree) {
    auto best = find(tree, Strictness::strict);
    for (auto const strictness : {Strictness::lenient, Strictness::bare}) {
        if (best.prose >= kTooShort) {
            break;
        }
        auto again = find(tree, strictness);
        if (again.prose > best.prose * 2) {
            best = std::move(again);
        }
    }
    return best;
}

}  // namespace

Page extract(std::string bytes, std::string_view url, std::string_view content_type) {
    std::vector<feeds::Problem> problems;
    auto const document = feeds::to_utf8(std::move(bytes), content_type, problems);
    Tree const tree{document};
    Page page;
    page.about = read_metadata(tree, url);
    auto const found = find(tree);
    page.content_html = sanitize(found.html, page.about.base, Policy::article);
    page.content_text = to_readable_text(without_captions(page.content_html));
    if (page.content_text.empty()) {
        page.content_text = to_readable_text(page.content_html);
    }
    return page;
}

}  // namespace newswired::articles::page

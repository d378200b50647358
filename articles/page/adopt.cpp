#include "articles/page/adopt.hpp"

#include "articles/body/first_image.hpp"
#include "articles/identity/registered_name.hpp"
#include "articles/identity/tracking.hpp"
#include "articles/unicode.hpp"
#include "core/text.hpp"
#include "feeds/dates/date.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace newswired::articles::page {
namespace {

constexpr std::size_t kNumber = 4;   // digits that name one article
constexpr std::size_t kOwnName = 8;  // a shorter segment may name a section or a script

// "story.html" and "story" name the same.
std::string_view without_suffix(std::string_view segment) {
    auto const dot = segment.rfind('.');
    return dot == std::string_view::npos || segment.size() - dot > 6 ? segment : segment.substr(0, dot);
}

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    for (auto const part : split(path, '/')) {
        if (!part.empty()) {
            segments.push_back(without_suffix(part));
        }
    }
    return segments;
}

// The last number in `text` that may name an article; empty when there is none.
std::string number_in(std::string_view text) {
    std::string_view found;
    for (std::size_t i = 0; i < text.size();) {
        auto end = i;
        while (end < text.size() && is_digit(text[end])) {
            ++end;
        }
        // Years and dates name no article.
        if (end - i > kNumber ||
            (end - i == kNumber && !text.substr(i).starts_with("20") && !text.substr(i).starts_with("19"))) {
            found = text.substr(i, end - i);
        }
        i = end + 1;
    }
    return std::string{found};
}

bool is_same_article(http::Url const& one, http::Url const& other) {
    auto const ours = segments_of(one.path);
    auto const theirs = segments_of(other.path);
    if (theirs.empty()) {
        return false;  // an entrance; an article in the query alone is told by its number
    }
    if (std::find(ours.begin(), ours.end(), theirs.back()) != ours.end() &&
        theirs.back().size() >= kOwnName) {
        return true;
    }
    if (!ours.empty() && ours.back() == theirs.back()) {
        // "view?id=7" is another article than "view".
        auto const may_name_it = one.query && std::any_of(one.query->begin(), one.query->end(), is_digit);
        return !may_name_it || one.query == other.query || theirs.back().size() >= kOwnName;
    }
    auto const number = number_in(one.target());
    return !number.empty() && number == number_in(other.target());
}

std::string tidy(http::Url url) {
    url.fragment.reset();
    url.username.clear();
    url.password.clear();
    return without_tracking(url.text());
}

}  // namespace

std::string address_of(std::string_view effective, std::string_view canonical) {
    auto const own = http::parse_url(effective);
    auto const stated = http::parse_url(canonical);
    if (!own) {
        return std::string{effective};
    }
    auto const trusted = stated && stated->is_http() &&
                         registered_name(canonical) == registered_name(effective) &&
                         !(own->scheme == "https" && stated->scheme == "http" && own->host == stated->host) &&
                         is_same_article(*own, *stated);
    return tidy(trusted ? *stated : *own);
}

void adopt(Article& article, Page page, std::string_view effective) {
    auto& about = page.about;
    article.url = address_of(effective, about.canonical_url);
    if (article.summary.empty()) {
        article.summary = collapse_space(article.content_text);
    }
    article.content_html = std::move(page.content_html);
    article.content_text = std::move(page.content_text);
    article.body_from = "page";
    if (article.title.empty()) {
        article.title = std::move(about.title);
    }
    if (article.image.empty()) {
        article.image = about.image.empty() ? first_image(article.content_html) : std::move(about.image);
    }
    if (article.authors.empty()) {
        article.authors = std::move(about.authors);
    }
    if (article.language.empty()) {
        article.language = std::move(about.language);
    }
    if (!article.date_published) {
        article.date_published = feeds::parse_date(about.date_published);
    }
}

}  // namespace newswired::articles::page

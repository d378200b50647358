// Who wrote it, and what it is about.

#include "articles/body/sanitize.hpp"
#include "articles/steps.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles {
namespace {

std::string plain(std::string_view text) {
    return to_plain({.value = text, .kind = feeds::TextKind::html});
}

}  // namespace

void step_people(Draft& draft) {
    auto& article = draft.article;
    auto const& people = draft.item.authors.empty() ? draft.feed.authors : draft.item.authors;
    for (auto const& person : people) {
        Author author{.name = plain(person.name.empty() ? person.email : person.name),
                      .url = std::string{person.url}};
        auto const again = std::any_of(article.authors.begin(), article.authors.end(),
                                       [&](Author const& other) { return other.name == author.name; });
        if (!author.name.empty() && !again) {
            article.authors.push_back(std::move(author));
        }
    }
    for (auto const tag : draft.item.tags) {
        auto text = plain(tag);
        if (!text.empty() &&
            std::find(article.tags.begin(), article.tags.end(), text) == article.tags.end()) {
            article.tags.push_back(std::move(text));
        }
    }
}

}  // namespace newswired::articles

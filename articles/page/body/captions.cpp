#include "articles/page/body/captions.hpp"

#include <cstddef>

namespace newswired::articles::page {
namespace {

// A figure with more in it is a layout.
constexpr std::size_t kLargestFigure = 8000;
// An article has tens of pictures; behind so many, captions stay.
constexpr int kMaxFigures = 4000;

// Where the element that begins at `from` ends, counting those of its name inside; npos when it does not.
std::size_t end_of(std::string_view html, std::size_t from, std::string_view start, std::string_view end) {
    auto depth = 0;
    for (auto at = from; at != std::string_view::npos;) {
        auto const opens = html.find(start, at);
        auto const closes = html.find(end, at);
        if (closes == std::string_view::npos) {
            return closes;
        }
        if (opens < closes) {
            ++depth;
            at = opens + start.size();
        } else {
            at = closes + end.size();
            if (--depth == 0) {
                return at;
            }
        }
    }
    return std::string_view::npos;
}

}  // namespace

std::string without_captions(std::string_view html) {
    std::string out;
    for (auto figures = 0;; ++figures) {
        auto const start = figures < kMaxFigures ? html.find("<fig") : std::string_view::npos;
        out += html.substr(0, start);
        if (start == std::string_view::npos) {
            return out;
        }
        html.remove_prefix(start);
        auto const caption = html.starts_with("<figcaption");
        auto const near = html.substr(0, kLargestFigure);
        auto const end = caption ? end_of(near, 0, "<figcaption", "</figcaption>")
                                 : end_of(near, 0, "<figure", "</figure>");
        auto const inner = html.substr(0, end);
        auto const picture = inner.find("<img") != std::string_view::npos ||
                             inner.find("<video") != std::string_view::npos ||
                             inner.starts_with("<figure><a ");  // a link to what a frame would play
        auto const more = inner.find("<table") != std::string_view::npos ||
                          inner.find("<pre") != std::string_view::npos ||
                          inner.find("<blockquote") != std::string_view::npos;
        if (end == std::string_view::npos || (!caption && (!picture || more))) {
            out += html.substr(0, 4);  // looked at from the inside
            html.remove_prefix(4);
            continue;
        }
        out += "<br>";
        html.remove_prefix(end);
    }
}

}  // namespace newswired::articles::page

#include "articles/identity/tracking.hpp"

#include "core/name_table.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace newswired::articles {
namespace {

constexpr std::string_view kParameters[] = {
#define NEWSWIRED_TRACKING(name) name,
#include "articles/identity/tracking.inc"
#undef NEWSWIRED_TRACKING
};

// Parameters that h1 knows: what is appended to the table later must not change the hash of any known
// article.
constexpr std::size_t kTrackingOfH1 = 55;
static_assert(kTrackingOfH1 <= std::size(kParameters));

// Every link of every body comes here, so names are looked up and not gone through; those that end with '*'
// and stand for all that begin so are few.
constexpr NameTable kNames{std::to_array(kParameters)};

constexpr auto kIsBegin = [](std::string_view name) { return name.ends_with('*'); };
constexpr auto kBegins = [] {
    std::array<std::size_t, std::count_if(std::begin(kParameters), std::end(kParameters), kIsBegin)> places{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < std::size(kParameters); ++i) {
        if (kIsBegin(kParameters[i])) {
            places[count++] = i;
        }
    }
    return places;
}();

/// The first so many rows of the table.
using Names = std::size_t;

bool is_tracking(Names names, std::string_view name) {
    if (kNames.find(name) < names) {
        return true;
    }
    auto const first = name.empty() ? '*' : to_lower(name[0]);
    return std::any_of(kBegins.begin(), kBegins.end(), [&](std::size_t place) {
        auto const begin = kParameters[place].substr(0, kParameters[place].size() - 1);
        return begin[0] == first && place < names && starts_with_ignoring_case(name, begin);
    });
}

// The parameters of `query` that stay, and what parts them, as they were.
std::string kept(Names names, std::string_view query) {
    std::string rest;
    std::string_view separator;  // before the parameter at hand
    while (!query.empty()) {
        auto const end = find_any<0, '&', ';'>(query, 0);
        auto const whole = query.substr(0, end);
        query.remove_prefix(end);
        if (!is_tracking(names, whole.substr(0, whole.find('=')))) {
            rest += rest.empty() ? std::string_view{} : separator;
            rest += whole;
        }
        // "&amp;" in a URL is a feed that was escaped twice; the parameter's name begins behind it.
        separator = query.substr(0, 1);
        query.remove_prefix(query.starts_with("&amp;") ? 5 : separator.size());
    }
    return rest;
}

bool has_any(Names names, std::string_view query) {
    for (auto rest = query; !rest.empty();) {
        auto const end = find_any<0, '&', ';'>(rest, 0);
        if (is_tracking(names, rest.substr(0, std::min(rest.find('='), end)))) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

std::string without(Names names, std::string_view url) {
    if (has_no_tracking(url)) {
        return std::string{url};
    }
    auto const hash = std::min(url.find('#'), url.size());
    auto const question = std::min(url.find('?'), hash);
    auto const query = question < hash ? url.substr(question + 1, hash - question - 1) : std::string_view{};
    auto const fragment = url.substr(hash);
    std::string clean{url.substr(0, question)};
    if (!has_any(names, query)) {
        clean += url.substr(question, hash - question);
    } else if (auto const rest = kept(names, query); !rest.empty()) {
        clean += '?';
        clean += rest;
    }
    if (fragment.size() > 1 && has_any(names, fragment.substr(1))) {
        auto const rest = kept(names, fragment.substr(1));
        clean += rest.empty() ? "" : "#" + rest;
    } else {
        clean += fragment;
    }
    return clean;
}

}  // namespace

bool has_no_tracking(std::string_view url) {
    // Not find_first_of: it looks at each byte by itself, and every link of every body comes here.
    auto const start = std::min(url.find('?'), url.find('#'));
    return start == std::string_view::npos || url.find('=', start) == std::string_view::npos;
}

std::string without_tracking(std::string_view url) {
    return without(std::size(kParameters), url);
}

std::string without_tracking_of_h1(std::string_view url) {
    return without(kTrackingOfH1, url);
}

bool is_tracking_pixel(std::string_view url, std::string_view width, std::string_view height) {
    auto const tiny = [](std::string_view size) {
        size = trim(size);
        return size == "0" || size == "1" || size == "0px" || size == "1px";
    };
    if (tiny(width) && tiny(height)) {
        return true;
    }
    constexpr std::string_view kMarks[] = {"feeds.feedburner.com/~r/",
                                           "feedsportal.com/",
                                           "pixel.wp.com/",
                                           "stats.wordpress.com/",
                                           "/b.gif?",
                                           "feedproxy.google.com/~r/",
                                           "feedads.g.doubleclick.net",
                                           "pixel.quantserve.com",
                                           "sb.scorecardresearch.com",
                                           "b.scorecardresearch.com",
                                           "www.google-analytics.com",
                                           "rss-pixel",
                                           "analytics.rss",
                                           "/counter.gif?",
                                           "pi.feedsportal.com",
                                           "res.feedsportal.com"};
    return std::any_of(std::begin(kMarks), std::end(kMarks),
                       [&](std::string_view mark) { return url.find(mark) != std::string_view::npos; });
}

}  // namespace newswired::articles

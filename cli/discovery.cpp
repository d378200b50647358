#include "cli/discovery.hpp"

#include "articles/body/sanitize.hpp"
#include "articles/page/feed_links.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"
#include "feeds/known_sites.hpp"
#include "feeds/parse.hpp"
#include "http/url/url.hpp"

#include <optional>
#include <set>
#include <utility>

namespace newswired::cli {
namespace {

constexpr milliseconds kPause{100};  // between two requests

constexpr char const* kPageTypes =
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, "
    "application/feed+json, application/xml;q=0.9, */*;q=0.5";

std::string in_one_line(std::string const& text) {
    return collapse_space(text);
}

class Search {
  public:
    Search(http::Client& client, Clock& clock) : client_{client}, clock_{clock} {}

    Task<Result<std::vector<FoundFeed>>> run(std::string typed);

  private:
    Task<Result<http::Response>> ask(std::string url);
    Task<Result<http::Response>> ask_page(std::string typed);
    bool take(http::Response& response, std::string const& title);
    Task<void> try_all(std::vector<articles::FeedLink> candidates, bool until_first);

    http::Client& client_;
    Clock& clock_;
    std::vector<FoundFeed> found_;
    std::set<std::string> asked_;
    std::set<std::uint64_t> known_documents_;
};

Task<Result<http::Response>> Search::ask(std::string url) {
    if (!asked_.empty()) {
        co_await clock_.sleep_for(kPause);
    }
    asked_.insert(url);
    http::Request request{.url = std::move(url)};
    request.fields.set("Accept", kPageTypes);
    co_return co_await client_.send(std::move(request));
}

Task<Result<http::Response>> Search::ask_page(std::string typed) {
    if (typed.find("://") != std::string::npos) {
        co_return co_await ask(std::move(typed));
    }
    auto response = co_await ask("https://" + typed);
    if (response) {
        co_return std::move(response);
    }
    co_return co_await ask("http://" + typed);
}

// True when the response is a feed that was not known yet.
bool Search::take(http::Response& response, std::string const& title) {
    if (response.status != 200) {
        return false;
    }
    auto const digest = xxh3(response.body);
    auto feed = feeds::parse({.bytes = std::move(response.body),
                              .url = response.effective_url,
                              .content_type = std::string{response.fields["Content-Type"]}});
    if (!feed || feed->format.starts_with("sitemap")) {
        return false;
    }
    asked_.insert(response.effective_url);
    if (known_documents_.insert(digest).second) {
        auto const own = in_one_line(articles::to_plain(feed->title));
        found_.push_back({.url = response.effective_url,
                          .type = std::string{feed->format},
                          .title = own.empty() ? in_one_line(title) : own});
    }
    return true;
}

Task<void> Search::try_all(std::vector<articles::FeedLink> candidates, bool until_first) {
    for (auto const& candidate : candidates) {
        if (asked_.size() >= kMaxAsked) {
            co_return;
        }
        if (asked_.contains(candidate.url)) {
            continue;
        }
        auto response = co_await ask(candidate.url);
        if (response && take(*response, candidate.title) && until_first) {
            co_return;
        }
    }
}

std::vector<articles::FeedLink> without_titles(std::vector<std::string> const& urls) {
    std::vector<articles::FeedLink> links;
    for (auto const& url : urls) {
        links.push_back({.url = url});
    }
    return links;
}

Task<Result<std::vector<FoundFeed>>> Search::run(std::string typed) {
    auto page = co_await ask_page(typed);
    auto address = http::parse_url(typed.find("://") == std::string::npos ? "https://" + typed : typed);
    if (!address || !address->is_http()) {
        co_return http::errc::bad_url;
    }
    std::vector<articles::FeedLink> candidates;
    if (page) {
        auto const html = page->body;
        if (take(*page, {})) {
            co_return std::move(found_);
        }
        candidates = articles::feed_links(html, page->effective_url);
        for (auto const& url : feeds::feeds_in_known_page(*address, html)) {
            candidates.insert(candidates.begin(), articles::FeedLink{.url = url});
        }
        if (auto const effective = http::parse_url(page->effective_url)) {
            address = effective;
        }
    }
    auto const typed_address =
        http::parse_url(typed.find("://") == std::string::npos ? "https://" + typed : typed);
    auto known = without_titles(feeds::feeds_of_known_site(*typed_address));
    co_await try_all(std::move(known), false);
    co_await try_all(std::move(candidates), false);
    if (found_.empty() && page) {
        auto places = without_titles(feeds::usual_places(*address));
        co_await try_all(std::move(places), true);
    }
    if (found_.empty() && !page) {
        co_return page.error();
    }
    co_return std::move(found_);
}

}  // namespace

Task<Result<std::vector<FoundFeed>>> discover(http::Client& client, Clock& clock, std::string url) {
    Search search{client, clock};
    co_return co_await search.run(std::move(url));
}

}  // namespace newswired::cli

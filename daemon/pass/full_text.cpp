#include "daemon/pass/full_text.hpp"

#include "articles/identity/fingerprint.hpp"
#include "articles/page/adopt.hpp"
#include "articles/page/verdict/verdict.hpp"
#include "daemon/pass/write_up.hpp"
#include "http/redirect.hpp"
#include "http/url/url.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr int kMaxHops = 5;      // redirects and signposts to one page
constexpr int kMaxFailures = 3;  // of a host in a row, before it is left in peace for this poll
constexpr std::size_t kFetchers =
    4;  // pages of one poll that are under way at a time: a slow host holds up one

constexpr std::string_view kFromFeed = "from the feed: ";

void keep_feeds_body(Finding& finding, std::string_view reason) {
    finding.candidate.note = std::string{kFromFeed} + std::string{reason};
}

std::string_view reason_of(articles::PageWish wish) {
    switch (wish) {
        case articles::PageWish::body_is_whole:
            return "it is whole, though the feed has teasers";
        case articles::PageWish::in_vain:
            return "pages of this feed were no better lately";
        case articles::PageWish::wanted:
        case articles::PageWish::feed_is_whole:
            break;
    }
    return {};
}

bool has_page(articles::Article const& article) {
    return article.url.starts_with("http://") || article.url.starts_with("https://");
}

// Credentials and headers that the operator gave for the feed go to the feed's own origin only.
http::Request page_request(Plan const& plan, std::size_t feed, http::Url const& url) {
    http::Request request{.url = url.text()};
    request.fields.set("Accept", "text/html, application/xhtml+xml;q=0.9, */*;q=0.1");
    auto const& options = plan.feeds().options(feed);
    if (!options.user_agent.empty()) {
        request.fields.set("User-Agent", options.user_agent);
    }
    auto const own = http::parse_url(plan.feeds().url(feed));
    auto const route = plan.http_route(feed);
    request.route = own && own->host == url.host ? route : http::route_to_another_host(route);
    if (own && own->origin() == url.origin()) {
        request.username = options.username;
        request.password = options.password;
        for (auto const& [name, value] : options.headers) {
            request.fields.set(name, value);
            request.secret_fields.push_back(name);
        }
    }
    return request;
}

bool asks_for_peace(PageAnswer const& answer) {
    return answer.kind == PageAnswer::Kind::answered &&
           (answer.response.status == 429 || answer.response.status == 503);
}

// One article's page, from its link to its text.
class PageFetch {
  public:
    PageFetch(PageRound& round, Finding& finding) : round_{round}, finding_{finding} {}

    Task<void> run();

  private:
    Task<bool> follow(http::Url url);
    Task<articles::page::Judgement> judge(http::Response response);
    void note_failure(std::string const& host, PageAnswer const& answer);
    void conclude(articles::page::Judgement judgement, std::uint16_t status, std::string const& url);

    PageRound& round_;
    Finding& finding_;
    int hops_ = 0;
    std::string next_{};  // where a redirect or a signpost leads
};

void PageFetch::note_failure(std::string const& host, PageAnswer const& answer) {
    auto& failures = round_.failures[host];
    failures = asks_for_peace(answer) ? kMaxFailures : failures + 1;
}

Task<articles::page::Judgement> PageFetch::judge(http::Response response) {
    articles::page::Answer answer{.status = response.status,
                                  .url = std::move(response.effective_url),
                                  .content_type = std::string{response.fields["Content-Type"]},
                                  .bytes = std::move(response.body)};
    articles::page::Announced const announced{
        .url = finding_.article.url, .title = finding_.article.title, .text = finding_.article.content_text};
    auto work = [&answer, &announced] { return articles::page::judge(std::move(answer), announced); };
    co_return co_await round_.workers.run(work);
}

void PageFetch::conclude(articles::page::Judgement judgement, std::uint16_t status, std::string const& url) {
    auto const better = judgement.verdict == articles::page::Verdict::article;
    if (status < 500) {
        articles::learn_from_page(round_.memory, better);
    }
    auto const answered = " (status " + std::to_string(status) + ")";
    if (!better) {
        keep_feeds_body(finding_, "its page is " + std::string{in_words(judgement.verdict)} + answered);
        return;
    }
    auto& candidate = finding_.candidate;
    articles::page::adopt(finding_.article, std::move(judgement.page), url);
    candidate.note = "from its page " + url + answered;
    candidate.url = finding_.article.url;
    auto const hash = articles::url_hash(finding_.article.url);
    candidate.page_hash = hash == candidate.url_hash ? 0 : hash;
}

// One request and what it led to; true when there is somewhere to go on.
Task<bool> PageFetch::follow(http::Url url) {
    if (round_.failures[url.host] >= kMaxFailures) {
        keep_feeds_body(finding_, "its host did not give other pages of this poll");
        co_return false;
    }
    auto request = page_request(*round_.plan, round_.feed, url);
    auto answer = co_await round_.pages.ask(std::move(request));
    switch (answer.kind) {
        case PageAnswer::Kind::stopping:
            round_.stopping = true;
            co_return false;
        case PageAnswer::Kind::disallowed:
            keep_feeds_body(finding_, "robots.txt does not allow its page " + url.text());
            co_return false;
        case PageAnswer::Kind::resting:
            round_.failures[url.host] = kMaxFailures;
            keep_feeds_body(finding_, "its host had asked for peace (status 429 or 503)");
            co_return false;
        case PageAnswer::Kind::failed:
            note_failure(url.host, answer);
            keep_feeds_body(finding_, "its page did not come: " + answer.error.message());
            co_return false;
        case PageAnswer::Kind::answered:
            break;
    }
    auto const status = answer.response.status;
    if (http::is_redirect(status)) {
        auto const target = http::redirect_target(url, answer.response);
        next_ = target ? target->text() : std::string{};
        if (next_.empty()) {
            keep_feeds_body(finding_, "its page leads nowhere");
        }
        co_return !next_.empty();
    }
    if (asks_for_peace(answer) || status >= 500) {
        note_failure(url.host, answer);
    } else {
        round_.failures[url.host] = 0;
    }
    auto judgement = co_await judge(std::move(answer.response));
    if (judgement.verdict == articles::page::Verdict::moved && hops_ + 1 < kMaxHops) {
        next_ = std::move(judgement.moved_to);
        co_return true;
    }
    conclude(std::move(judgement), status, url.text());
    co_return false;
}

Task<void> PageFetch::run() {
    next_ = finding_.article.url;
    for (hops_ = 0; hops_ <= kMaxHops; ++hops_) {
        auto url = http::parse_url(next_);
        if (!url || !url->is_http()) {
            keep_feeds_body(finding_, "its page leads nowhere");
            co_return;
        }
        url->fragment.reset();
        auto const goes_on = co_await follow(std::move(*url));
        if (!goes_on) {
            co_return;
        }
    }
    keep_feeds_body(finding_, "its page sends one on too often");
}

// Several fetchers share one line of articles.
class Fetchers {
  public:
    Fetchers(PageRound& round, std::span<Finding> findings, std::vector<std::size_t> which)
        : round_{round}, findings_{findings}, which_{std::move(which)} {}

    Task<void> run();

  private:
    Task<void> work();
    Task<void> fetch(Finding& finding);

    PageRound& round_;
    std::span<Finding> findings_;
    std::vector<std::size_t> which_;
    std::size_t next_ = 0;
};

Task<void> Fetchers::fetch(Finding& finding) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto const until = std::min(round_.deadline, round_.clock.steady_now() + kOnePage);
    if (until <= round_.clock.steady_now()) {
        keep_feeds_body(finding, "the poll's pages took too long");
        co_return;
    }
    PageFetch one{round_, finding};
    auto const first = co_await (one.run() || round_.clock.sleep_until(until));
    if (first.index() == 1) {
        keep_feeds_body(finding, "its page did not come in time");
    }
}

Task<void> Fetchers::work() {
    while (next_ < which_.size() && !round_.stopping) {
        auto& finding = findings_[which_[next_++]];
        co_await fetch(finding);
    }
}

Task<void> Fetchers::run() {
    using namespace boost::asio::experimental::awaitable_operators;
    static_assert(kFetchers == 4);
    co_await (work() && work() && work() && work());
}

}  // namespace

bool may_want_pages(Plan const& plan, std::size_t feed) {
    return plan.feeds().options(feed).full_text != config::FullText::never;
}

std::vector<bool> choose_pages(Plan const& plan, std::size_t feed, std::string_view home,
                               std::vector<Finding>& findings, articles::TeaserMemory& memory) {
    auto const always = plan.feeds().options(feed).full_text == config::FullText::always;
    std::vector<articles::BodyLook> looks;
    for (auto const& finding : findings) {
        if (!always && finding.candidate.withheld == storage::Withheld::no) {
            looks.push_back(articles::look_at_body(finding.article, home));
        }
    }
    articles::learn_from_bodies(memory, looks);
    std::vector<bool> wanted(findings.size(), false);
    std::size_t look = 0;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        auto& finding = findings[i];
        if (finding.candidate.withheld != storage::Withheld::no) {
            continue;
        }
        auto const wish =
            always ? articles::PageWish::wanted : articles::wish_for_page(looks[look++], memory);
        if (wish == articles::PageWish::in_vain) {
            articles::learn_from_page(memory, false);
        }
        if (wish != articles::PageWish::wanted) {
            finding.candidate.note.assign(reason_of(wish).empty() ? "" : kFromFeed).append(reason_of(wish));
        } else if (!has_page(finding.article)) {
            keep_feeds_body(finding, "it has no page");
        } else if (!drop_early(plan, feed, finding)) {
            wanted[i] = true;
        }
    }
    return wanted;
}

void keep_news(storage::Receipt const& preview, milliseconds delay, std::vector<Finding>& findings,
               std::vector<bool>& wanted) {
    auto const in_time = delay.count() > 0 ? std::size_t(milliseconds{kAllPages} / delay) : kMaxPages;
    auto room = std::min(kMaxPages, std::max<std::size_t>(in_time, 1));
    for (auto i = std::min(findings.size(), preview.verdicts.size()); i-- > 0;) {
        auto const outcome = preview.verdicts[i].outcome;
        auto const is_news = outcome == storage::Outcome::fresh || outcome == storage::Outcome::update;
        if (wanted[i] && is_news && room == 0) {
            keep_feeds_body(findings[i], "there were too many new articles at once");
        }
        wanted[i] = wanted[i] && is_news && room > 0;
        room -= wanted[i] ? 1 : 0;
    }
}

Task<bool> add_pages(PageRound& round, std::span<Finding> findings, std::vector<std::size_t> which) {
    Fetchers fetchers{round, findings, std::move(which)};
    co_await fetchers.run();
    co_return !round.stopping;
}

}  // namespace newswired::daemon

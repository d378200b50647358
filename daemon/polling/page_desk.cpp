#include "daemon/polling/page_desk.hpp"

#include "core/hash.hpp"
#include "daemon/plan.hpp"
#include "daemon/polling/assignments.hpp"
#include "http/retry_after.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr std::chrono::hours kRobotsHold{24};      // RFC 9309, 2.4
constexpr std::chrono::minutes kSilenceHolds{15};  // a robots.txt that could not be read is asked for again
constexpr seconds kPeace{60};                      // after a 429 or 503 that does not say how long
constexpr seconds kLongestPeace{86'400};
constexpr std::chrono::minutes kRecent{5};  // as long as the pages of one poll may take
constexpr std::size_t kMaxRecent = 64;
constexpr std::size_t kMaxRecentBytes = 8'000'000;
constexpr std::size_t kMaxSites = 4096;        // whose robots.txt is remembered
constexpr std::size_t kMaxPage = 4'000'000;    // bytes; articles are a tenth of that
constexpr std::size_t kMaxRobots = 1'000'000;  // bytes; half of it is looked at

Schedule::HostId lane_of(http::Url const& url) {
    return host_hash(url.text());
}

}  // namespace

PageDesk::PageDesk(Executor executor, http::Client& client, Clock& clock, Turns& turns, std::string agent)
    : executor_{executor},
      client_{client},
      clock_{clock},
      turns_{turns},
      agent_{std::move(agent)},
      visits_{executor} {}

// One reads the file; whoever wants to know meanwhile is woken when it has, or has given up.
struct PageDesk::Reading {
    Site& site;

    explicit Reading(Site& s) : site{s} { site.being_read = true; }
    ~Reading() {
        site.being_read = false;
        for (auto* const alarm : site.waiting) {
            alarm->ring();
        }
    }
    Reading(Reading const&) = delete;
    Reading& operator=(Reading const&) = delete;
};

PageDesk::Site& PageDesk::site(std::string const& origin) {
    if (auto const known = sites_.find(origin); known != sites_.end()) {
        return *known->second;
    }
    for (auto place = order_.begin(); sites_.size() >= kMaxSites && place != order_.end();) {
        auto const& oldest = *sites_.at(*place);
        if (oldest.being_read || !oldest.waiting.empty()) {
            ++place;
            continue;
        }
        sites_.erase(*place);
        place = order_.erase(place);
    }
    order_.push_back(origin);
    return *(sites_[origin] = std::make_unique<Site>());
}

Task<void> PageDesk::read_robots(Site& site, std::string url, Schedule::HostId host) {
    Reading const reading{site};
    auto const turn = co_await turns_.take(host);
    if (!turn) {
        co_return;
    }
    Turn const held{turns_, host};
    http::Request request{.url = std::move(url), .max_body = kMaxRobots};
    request.fields.set("Accept", "text/plain, */*;q=0.5");
    auto const response = co_await client_.send(std::move(request));
    auto meaning = http::RobotsAnswer::unreachable;
    if (response) {
        meaning = http::meaning_of_robots_status(response->status);
    } else if (response.error() == http::errc::too_many_redirects ||
               response.error() == http::errc::bad_redirect) {
        meaning = http::RobotsAnswer::none;  // RFC 9309, 2.3.1.2
    }
    auto const now = clock_.steady_now();
    if (meaning != http::RobotsAnswer::unreachable) {
        site.until = now + kRobotsHold;
        site.robots = http::Robots{};
        site.unreadable = false;
        if (meaning == http::RobotsAnswer::file) {
            site.robots = http::Robots{response->body, agent_};
        }
        co_return;
    }
    // What it said before holds on; of a site never heard, nothing is asked.
    if (site.until == SteadyTime{}) {
        site.robots = http::Robots::nothing();
        site.unreadable = true;
    }
    site.until = now + kSilenceHolds;
}

Permission PageDesk::said_by(Site const& site, http::Url const& url) {
    if (site.until == SteadyTime{}) {
        return Permission::stopping;  // nobody got a turn to read it
    }
    if (site.unreadable) {
        return Permission::unreadable;
    }
    return site.robots.allows(url.target()) ? Permission::allowed : Permission::disallowed;
}

Task<Permission> PageDesk::permission(std::string text, RobotsReading reading) {
    auto const url = http::parse_url(text);
    if (!url || !url->is_http()) {
        co_return Permission::allowed;  // what is wrong with it shows when it is asked
    }
    if (reading == RobotsReading::never) {
        auto const place = sites_.find(url->origin());
        auto const known = place != sites_.end() && place->second->until > clock_.steady_now();
        co_return known ? said_by(*place->second, *url) : Permission::not_known;
    }
    co_return co_await allows(*url);
}

Task<Permission> PageDesk::allows(http::Url const& url) {
    auto& known = site(url.origin());
    while (known.being_read) {
        auto const alarm = clock_.alarm(co_await boost::asio::this_coro::executor);
        struct Waiting {
            Site& site;
            Alarm* alarm;
            ~Waiting() { std::erase(site.waiting, alarm); }
        } const waiting{known, alarm.get()};
        known.waiting.push_back(alarm.get());
        co_await alarm->wait_until(SteadyTime::max());
    }
    if (known.until <= clock_.steady_now()) {
        auto file = url.origin() + "/robots.txt";
        co_await read_robots(known, std::move(file), lane_of(url));
    }
    co_return said_by(known, url);
}

// A server in need is left alone by the pages of all feeds, for as long as it asks.
void PageDesk::note_answer(std::string const& origin, http::Response const& response) {
    if (response.status != 429 && response.status != 503) {
        return;
    }
    auto const asked_for = http::retry_after(response.fields, clock_.now()).value_or(kPeace);
    site(origin).quiet_until = clock_.steady_now() + std::clamp<seconds>(asked_for, kPeace, kLongestPeace);
}

http::Response const* PageDesk::recent(std::string const& url) {
    auto const now = clock_.steady_now();
    while (!recent_.empty() && recent_.front().at + kRecent <= now) {
        recent_bytes_ -= recent_.front().response.body.size();
        recent_.pop_front();
    }
    auto const place =
        std::find_if(recent_.begin(), recent_.end(), [&url](Recent const& one) { return one.url == url; });
    return place == recent_.end() ? nullptr : &place->response;
}

void PageDesk::remember(std::string const& url, http::Response const& response) {
    auto const makes_too_many = [&] {
        return recent_.size() >= kMaxRecent || recent_bytes_ + response.body.size() > kMaxRecentBytes;
    };
    while (!recent_.empty() && makes_too_many()) {
        recent_bytes_ -= recent_.front().response.body.size();
        recent_.pop_front();
    }
    recent_.push_back({.url = url, .at = clock_.steady_now(), .response = response});
    recent_bytes_ += response.body.size();
}

Task<PageAnswer> PageDesk::ask(http::Request request) {
    auto const url = http::parse_url(request.url);
    if (!url || !url->is_http()) {
        co_return PageAnswer{.error = http::errc::bad_url};
    }
    auto const allowed = co_await allows(*url);
    if (allowed != Permission::allowed) {
        co_return PageAnswer{.kind = PageAnswer::Kind::disallowed};
    }
    auto const is_public =
        request.username.empty() && request.password.empty() && request.secret_fields.empty();
    auto const key = url->text();
    if (auto const* const known = is_public ? recent(key) : nullptr) {
        co_return PageAnswer{.kind = PageAnswer::Kind::answered, .response = *known};
    }
    auto const host = lane_of(*url);
    auto const turn = co_await turns_.take(host);
    if (!turn) {
        co_return PageAnswer{.kind = PageAnswer::Kind::stopping};
    }
    Turn const held{turns_, host};
    if (site(url->origin()).quiet_until > clock_.steady_now()) {
        co_return PageAnswer{.kind = PageAnswer::Kind::resting};
    }
    if (auto const* const known = is_public ? recent(key) : nullptr) {
        // Somebody else was first in the line.
        co_return PageAnswer{.kind = PageAnswer::Kind::answered, .response = *known};
    }
    request.redirects = http::Redirects::refuse;
    request.max_body = kMaxPage;
    auto response = co_await client_.send(std::move(request));
    PageAnswer answer;
    if (response) {
        note_answer(url->origin(), *response);
        if (is_public) {
            remember(key, *response);
        }
        answer.kind = PageAnswer::Kind::answered;
        answer.response = std::move(*response);
    } else {
        answer.error = response.error();
    }
    co_return std::move(answer);
}

// Whoever waits for the answer may be gone when it comes; then it is dropped.
Task<void> PageDesk::visit(http::Request request, Completion<PageAnswer> answer) {
    auto found = co_await ask(std::move(request));
    answer.fulfil(std::move(found));
}

void PageDesk::ask_for_another_thread(http::Request request, Completion<PageAnswer> answer) {
    boost::asio::post(executor_, [this, request = std::move(request), answer]() mutable {
        visits_.spawn(visit(std::move(request), answer));
    });
}

Task<void> PageDesk::permit(std::string url, Completion<Permission> answer) {
    answer.fulfil(co_await permission(std::move(url), RobotsReading::if_need_be));
}

void PageDesk::permit_for_another_thread(std::string url, Completion<Permission> answer) {
    boost::asio::post(executor_, [this, url = std::move(url), answer]() mutable {
        visits_.spawn(permit(std::move(url), answer));
    });
}

Task<Permission> PageDesks::permission(std::string url, RobotsReading reading) {
    auto const place = thread_for(url, desks_.size());
    auto const& [executor, desk] = desks_[place];
    auto const here = co_await boost::asio::this_coro::executor;
    if (executor == here) {
        co_return co_await desk->permission(std::move(url), reading);
    }
    if (reading == RobotsReading::never) {
        co_return Permission::not_known;
    }
    Completion<Permission> answer;
    desk->permit_for_another_thread(std::move(url), answer);
    co_return co_await answer.wait();
}

Task<PageAnswer> PageDesks::ask(http::Request request) {
    auto const place = thread_for(request.url, desks_.size());
    auto const& [executor, desk] = desks_[place];
    auto const here = co_await boost::asio::this_coro::executor;
    if (executor == here) {
        co_return co_await desk->ask(std::move(request));
    }
    Completion<PageAnswer> answer;
    desk->ask_for_another_thread(std::move(request), answer);
    co_return co_await answer.wait();
}

}  // namespace newswired::daemon

#include "daemon/pass/archives.hpp"

#include "core/hash.hpp"
#include "daemon/pass/permission.hpp"
#include "feeds/parse.hpp"
#include "feeds/poll.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace newswired::daemon {
namespace {

struct Archive {
    std::vector<Finding> missed{};  // oldest first
    std::string previous{};
    bool reaches_known = false;
};

bool is_newer(Finding const& finding, feeds::FeedState const& before) {
    auto const& date = finding.article.date_published;
    return !date || *date > before.rhythm.newest;
}

// What of an archive was missed: not what was known, nor what is older than that.
std::optional<Archive> read_archive(Pass const& pass, feeds::Document document) {
    auto parsed = feeds::parse(std::move(document));
    if (!parsed) {
        return {};
    }
    auto harvest = daemon::harvest(*pass.plan, pass.feed, *parsed, pass.state, pass.window, pass.now);
    auto const unknown = harvest.window.missing_in(pass.window);
    auto& findings = harvest.findings;
    std::erase_if(findings, [&](Finding const& finding) {
        return !std::binary_search(unknown.begin(), unknown.end(), finding.candidate.key) ||
               !is_newer(finding, pass.state);
    });
    auto const reaches_known = findings.size() < harvest.window.size();
    for (auto& finding : findings) {
        finding.candidate.backlog = true;
    }
    return Archive{.missed = std::move(findings),
                   .previous = std::string{parsed->next_url},
                   .reaches_known = reaches_known};
}

enum class Fetched : std::uint8_t { answered, too_late, disallowed, stopping };

// The chain from one archive to the one before it.
class Archives {
  public:
    Archives(Pass& pass, std::string first) : pass_{pass}, next_{std::move(first)} {}

    Task<Filling> run();

  private:
    Task<Fetched> ask();
    Task<Fetched> ask_in_time();
    Task<bool> read();

    Pass& pass_;
    std::string next_;
    feeds::PollAnswer answer_{};
    Filling filling_{};
};

// A host of another thread is asked in a turn of this one: there are few requests, and they have its delay.
Task<Fetched> Archives::ask() {
    auto const& services = pass_.services;
    auto const host = host_hash(next_);
    std::optional<Turn> held;
    if (needs_permission(pass_)) {
        auto const said = co_await services.pages->permission(next_, RobotsReading::if_need_be);
        if (said != Permission::allowed) {
            co_return said == Permission::stopping ? Fetched::stopping : Fetched::disallowed;
        }
    }
    if (services.turns != nullptr) {
        auto const turn = co_await services.turns->take(host);
        if (!turn) {
            co_return Fetched::stopping;
        }
        held.emplace(*services.turns, host);
    } else {
        co_await services.clock.sleep_for(pass_.plan->settings().fetch.host_delay);
    }
    auto options = pass_.request_to(next_);
    auto url = next_;
    feeds::Validators none;
    RedirectPermission redirects{pass_, held};
    options.redirect_judge = redirects.if_needed();
    auto answer =
        co_await feeds::poll(services.client, std::move(url), std::move(none), std::move(options), pass_.now);
    answer_ = std::move(answer);
    co_return redirects.said() == Permission::stopping ? Fetched::stopping : Fetched::answered;
}

Task<Fetched> Archives::ask_in_time() {
    using namespace boost::asio::experimental::awaitable_operators;
    auto const& clock = pass_.services.clock;
    auto const until = pass_.began + kAllArchives;
    auto const first =
        co_await (ask() || pass_.services.clock.sleep_until(std::max(until, clock.steady_now())));
    co_return first.index() == 0 ? std::get<0>(first) : Fetched::too_late;
}

// False when the chain ends here.
Task<bool> Archives::read() {
    feeds::Document document{
        .bytes = std::move(answer_.body), .url = answer_.effective_url, .content_type = answer_.content_type};
    auto work = [&] { return read_archive(pass_, std::move(document)); };
    auto one = co_await pass_.services.workers.run(work);
    if (!one) {
        co_return false;
    }
    auto& all = filling_.findings;
    one->missed.insert(one->missed.end(), std::make_move_iterator(all.begin()),
                       std::make_move_iterator(all.end()));
    all = std::move(one->missed);
    filling_.complete = one->reaches_known;
    auto const leads_on = !one->previous.empty() && one->previous != next_;
    next_ = std::move(one->previous);
    co_return leads_on && !filling_.complete;
}

Task<Filling> Archives::run() {
    for (std::size_t i = 0; i < kMaxArchives; ++i) {
        auto const fetched = co_await ask_in_time();
        filling_.stopped = fetched == Fetched::stopping;
        if (fetched != Fetched::answered || answer_.outcome != feeds::PollOutcome::document) {
            break;
        }
        auto const goes_on = co_await read();
        if (!goes_on) {
            break;
        }
    }
    co_return std::move(filling_);
}

}  // namespace

Task<Filling> read_archives(Pass& pass, std::string archive) {
    Archives archives{pass, std::move(archive)};
    co_return co_await archives.run();
}

}  // namespace newswired::daemon

#include "daemon/pass_pages.hpp"

#include "daemon/full_text.hpp"
#include "daemon/pass_commit.hpp"

#include <iterator>
#include <span>
#include <utility>

namespace newswired::daemon {
namespace {

// Behind the last finding of the part that begins at `first`: it holds kPagesAPart pages, and all that comes
// before the next one.
std::size_t end_of_part(std::vector<bool> const& wanted, std::size_t first) {
    std::size_t pages = 0;
    auto end = first;
    while (end < wanted.size() && pages + (wanted[end] ? 1 : 0) <= kPagesAPart) {
        pages += wanted[end] ? 1 : 0;
        ++end;
    }
    return end;
}

std::vector<std::size_t> numbers_wanted(std::vector<bool> const& wanted, std::size_t first, std::size_t end) {
    std::vector<std::size_t> numbers;
    for (auto i = first; i < end; ++i) {
        if (wanted[i]) {
            numbers.push_back(i - first);
        }
    }
    return numbers;
}

// What the store would say of the findings; false when it closes.
Task<bool> preview(Pass& pass, std::span<Finding const> findings, storage::Receipt& receipt) {
    constexpr milliseconds kPause{2'000};
    for (;;) {
        auto question = frame_of(pass);
        for (auto const& finding : findings) {
            question.items.push_back(finding.candidate);
        }
        auto answer = co_await pass.services.store.preview(std::move(question));
        if (answer) {
            receipt = std::move(*answer);
            co_return true;
        }
        if (answer.error() == storage::errc::closed) {
            co_return false;
        }
        co_await pass.services.clock.sleep_for(kPause);  // what can't be read can't be written either
    }
}

// What of the findings is done goes out.
Task<void> write_part(Pass& pass, std::span<Finding> findings, bool is_last) {
    std::vector<Finding> part{std::make_move_iterator(findings.begin()),
                              std::make_move_iterator(findings.end())};
    for (auto const& finding : part) {
        pass.report.pages += finding.article.body_from == "page" ? 1 : 0;
    }
    auto finished = co_await finish(pass, std::move(part), pass.state.title, true);
    pass.titles = std::move(finished.write_up.titles);
    if (is_last) {
        pass.commit.items = std::move(finished.write_up.candidates);
        pass.commit.sites = std::move(finished.sites);
        co_return;
    }
    auto rest = std::exchange(pass.commit, frame_of(pass));
    pass.commit.state = pass.state_before;
    pass.commit.next_poll = pass.now;
    pass.commit.items = std::move(finished.write_up.candidates);
    pass.commit.sites = std::move(finished.sites);
    co_await write(pass);
    pass.commit = std::move(rest);
}

}  // namespace

Task<bool> fetch_pages(Pass& pass, Reading& reading) {
    auto& findings = reading.harvest.findings;
    if (findings.empty()) {
        co_return true;
    }
    auto const& services = pass.services;
    if (services.pages == nullptr) {
        co_await write_part(pass, findings, true);
        co_return true;
    }
    storage::Receipt receipt;
    auto const known = co_await preview(pass, findings, receipt);
    if (!known) {
        co_return false;
    }
    keep_news(receipt, pass.plan->settings().fetch.host_delay, findings, reading.wanted);
    PageRound round{.pages = *services.pages,
                    .workers = services.workers,
                    .clock = services.clock,
                    .plan = pass.plan,
                    .feed = pass.feed,
                    .memory = reading.bodies,
                    .deadline = services.clock.steady_now() + kAllPages};
    for (std::size_t first = 0; first < findings.size();) {
        auto const end = end_of_part(reading.wanted, first);
        std::span<Finding> const part{findings.data() + first, end - first};
        auto which = numbers_wanted(reading.wanted, first, end);
        auto const goes_on = co_await add_pages(round, part, std::move(which));
        if (!goes_on) {
            co_return false;
        }
        co_await write_part(pass, part, end == findings.size());
        first = end;
    }
    pass.state.bodies = articles::encode(reading.bodies);
    co_return true;
}

}  // namespace newswired::daemon

// A pass over what a hub pushed (WebSub): read as if a poll had brought it, but for what belongs to polls.

#include "daemon/pass/articles.hpp"
#include "daemon/pass/commit.hpp"
#include "daemon/pass/feed_pass.hpp"
#include "daemon/pass/pass.hpp"
#include "daemon/pass/reading.hpp"

#include <utility>

namespace newswired::daemon {
namespace {

feeds::PollAnswer as_answer(PushedDocument document, std::string url) {
    feeds::PollAnswer answer;
    answer.body = std::move(document.bytes);
    answer.content_type = std::move(document.content_type);
    answer.effective_url = std::move(url);
    return answer;
}

Task<void> run(Pass& pass, PushedDocument document) {
    auto& report = pass.report;
    report.bytes = document.bytes.size();
    auto answer = as_answer(std::move(document), pass.url());
    auto reading = co_await read_answer(pass, answer);
    report.outcome = reading.error ? feeds::PollOutcome::unreadable : feeds::PollOutcome::document;
    report.next_poll = pass.state.next_poll;
    report.items = reading.harvest.items;
    if (reading.error) {
        report.error = reading.error.message();
        co_return;
    }
    if (reading.harvest.findings.empty()) {
        co_return;
    }
    auto const done = co_await write_articles(pass, reading);
    if (!done) {
        report.error = make_error_code(storage::errc::closed).message();
        co_return;
    }
    complete_commit(pass);
    // It may hold only what is new: what else the feed held is still there.
    reading.harvest.window.add_missing_from(pass.window);
    pass.commit.window = feeds::encode(reading.harvest.window);
    pass.state.changed = pass.now;
    pass.commit.state = feeds::encode(pass.state);
    co_await write(pass);
}

}  // namespace

Task<PassReport> pushed_pass(PassServices services, SharedPlan plan, std::size_t feed,
                             storage::FeedRecord record, PushedDocument document) {
    Pass one{services, std::move(plan), feed, std::move(record)};
    one.open_window();
    one.now = services.clock.now();
    co_await run(one, std::move(document));
    one.report.taken = std::chrono::ceil<milliseconds>(services.clock.steady_now() - one.began);
    co_return std::move(one.report);
}

}  // namespace newswired::daemon

#include "daemon/pass/feed_pass.hpp"

#include "core/hash.hpp"
#include "core/log.hpp"
#include "daemon/pass/articles.hpp"
#include "daemon/pass/commit.hpp"
#include "daemon/pass/full_text.hpp"
#include "daemon/pass/gap.hpp"
#include "daemon/pass/pass.hpp"
#include "daemon/pass/permission.hpp"
#include "daemon/pass/reading.hpp"
#include "feeds/address.hpp"
#include "feeds/interval.hpp"
#include "feeds/long_failure.hpp"
#include "feeds/poll.hpp"
#include "feeds/websub/pace.hpp"

#include <iterator>
#include <random>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

double random_fraction() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution{0.0, 1.0}(generator);
}

// The story of one poll, from the question to the commit.
class Poll {
  public:
    explicit Poll(Pass& pass) : pass_{pass} {}

    Task<void> run();

  private:
    Task<bool> ask();
    void note_refusal(Permission said);
    Task<bool> take_in();
    void take_over(Reading& reading);
    bool is_read_already();
    bool is_spared() const;
    void learn_pace(Reading& reading);
    void settle();
    void note_failure();
    void tell_of_long_failure(feeds::Tidings tidings) const;
    void renew();
    void plan_next_poll();
    void write_history();
    Task<void> report_to_hub();

    Pass& pass_;
    feeds::PollAnswer answer_{};
    std::optional<Turn> turn_{};  // of its own, when it had to give up the poller's
    bool robots_unreadable_ = false;
    bool redirect_refused_ = false;  // by robots.txt
    std::uint64_t document_ = 0;     // its digest
};

// False when the daemon stops before that.
Task<bool> Poll::ask() {
    auto address = pass_.url();
    auto said = Permission::allowed;
    RedirectPermission redirects{pass_, turn_};
    if (needs_permission(pass_)) {
        said = co_await permission_to_ask(pass_, address, turn_);
    }
    if (said == Permission::allowed) {
        auto request = pass_.request_to(address);
        request.redirect_judge = redirects.if_needed();
        answer_ = co_await feeds::poll(pass_.services.client, std::move(address), pass_.state.validators,
                                       std::move(request), pass_.services.clock.now());
        said = redirects.said();
        redirect_refused_ = said != Permission::allowed;
    }
    turn_.reset();
    pass_.now = pass_.services.clock.now();
    if (said != Permission::allowed) {
        note_refusal(said);
    }
    co_return said != Permission::stopping;
}

void Poll::note_refusal(Permission said) {
    answer_.outcome = feeds::PollOutcome::disallowed;
    robots_unreadable_ = said == Permission::unreadable;
    pass_.report.error =
        redirect_refused_ ? "the robots.txt of where it redirects to" : "the site's robots.txt";
    pass_.report.error +=
        robots_unreadable_ ? " can't be read, and until then nothing is asked" : " does not allow it";
}

// Many servers send the whole document at every poll, whatever is asked.  The bytes that were read the last
// time have nothing to tell that is not known.
bool Poll::is_read_already() {
    auto& state = pass_.state;
    document_ = feeds::document_digest(answer_);
    if (document_ != state.document || !state.read_before) {
        return false;
    }
    state.validators = std::move(answer_.validators);
    pass_.report.items = state.history.newest().value_or(feeds::PastPoll{}).items;
    feeds::note_novelty(state, {.whole_document = !is_spared(), .items = pass_.report.items}, pass_.now);
    return true;
}

bool Poll::is_spared() const {
    return !pass_.state.validators.empty() || answer_.fresh_for.value_or(seconds{0}) > seconds{0};
}

void Poll::learn_pace(Reading& reading) {
    feeds::note_pace(pass_.state, reading.pace);
    feeds::note_novelty(pass_.state,
                        {.whole_document = !is_spared(),
                         .items = reading.is_delta ? 0 : reading.harvest.items,
                         .unknown = pass_.unknown,
                         .arrivals = reading.arrivals.items},
                        pass_.now);
    if (reading.is_gap) {
        feeds::note_gap(pass_.state);
    }
}

// A readable document: only now do its validators count, else an unreadable one would be "not modified" for
// ever.
void Poll::take_over(Reading& reading) {
    auto& state = pass_.state;
    auto& commit = pass_.commit;
    auto& harvest = reading.harvest;
    // Half a document is read as far as it goes, and asked for again.
    state.validators = reading.breaks_off ? feeds::Validators{} : std::move(answer_.validators);
    state.document = reading.breaks_off ? 0 : document_;
    state.title = std::move(reading.title);
    if (!reading.breaks_off) {
        state.links = std::move(reading.links);
    }
    pass_.unknown = reading.unknown;
    learn_pace(reading);
    state.read_before = true;
    pass_.report.items = harvest.items;
    if (may_want_pages(*pass_.plan, pass_.feed)) {
        state.bodies = articles::encode(reading.bodies);
    }
    commit.seen_again = std::move(harvest.left);
    if (!(harvest.window == pass_.window)) {
        commit.window = feeds::encode(harvest.window);
        pass_.window = std::move(harvest.window);
    }
}

// False when the daemon stops before all is done.
Task<bool> Poll::take_in() {
    pass_.open_window();
    auto reading = co_await read_answer(pass_, answer_);
    if (reading.error) {
        answer_.outcome = feeds::PollOutcome::unreadable;
        pass_.report.error = reading.error.message();
        co_return true;
    }
    auto const gap_is_read = co_await look_for_gap(pass_, reading);
    if (!gap_is_read) {
        co_return false;
    }
    take_over(reading);
    co_return co_await write_articles(pass_, reading);
}

// An item that stays in a document is not looked at again, and must not be forgotten for that: now and then
// the store is told that it is still there.
void Poll::renew() {
    if (pass_.now - pass_.state.renewed < pass_.plan->settings().dedup.keep / 4) {
        return;
    }
    auto const first_time = std::exchange(pass_.state.renewed, pass_.now) == SystemTime{};
    if (first_time) {
        return;  // what is in the window was told a moment ago
    }
    pass_.open_window();
    auto const present = pass_.window.missing_in(feeds::Window{});
    auto& seen_again = pass_.commit.seen_again;
    seen_again.insert(seen_again.end(), present.begin(), present.end());
}

void Poll::note_failure() {
    auto& state = pass_.state;
    auto& error = pass_.report.error;
    ++state.errors;
    if (answer_.outcome == feeds::PollOutcome::refused) {
        error = "the server answered with status " + std::to_string(answer_.status);
    } else if (answer_.outcome == feeds::PollOutcome::no_answer) {
        error = answer_.error.message();
    }
    state.last_error = error;
    feeds::note_failure(state.address);
}

void Poll::settle() {
    auto& state = pass_.state;
    switch (answer_.outcome) {
        case feeds::PollOutcome::document:
        case feeds::PollOutcome::not_modified:
            if (answer_.outcome == feeds::PollOutcome::not_modified) {
                state.validators = answer_.validators;
                feeds::note_novelty(state, {}, pass_.now);
            }
            state.errors = 0;
            state.last_error.clear();
            state.succeeded = pass_.now;
            renew();
            feeds::note_redirects(state.address, pass_.configured_url, answer_.hops,
                                  pass_.plan->settings().fetch.redirects_learn_after);
            return;
        case feeds::PollOutcome::gone:
            state.gone = true;
            state.last_error = pass_.report.error = "the server says that the feed is gone for good (410)";
            return;
        case feeds::PollOutcome::postponed:
            return;
        case feeds::PollOutcome::disallowed:
            state.last_error = pass_.report.error;
            return;
        case feeds::PollOutcome::refused:
        case feeds::PollOutcome::unreadable:
        case feeds::PollOutcome::no_answer:
            note_failure();
            return;
    }
}

void Poll::plan_next_poll() {
    auto& state = pass_.state;
    auto const rules = pass_.plan->interval_rules(pass_.feed);
    feeds::PollEvidence evidence{.now = pass_.now,
                                 .outcome = answer_.outcome,
                                 .fresh_for = answer_.fresh_for,
                                 .retry_after = answer_.retry_after,
                                 .too_many = answer_.status == 429,
                                 .name_is_unknown = answer_.name_is_unknown(),
                                 .robots_unreadable = robots_unreadable_,
                                 .jitter = random_fraction()};
    auto* const budget = rules.interval ? nullptr : pass_.services.budget;
    if (budget != nullptr) {
        evidence.price = budget->price();
    }
    auto next = feeds::next_poll(rules, state, evidence);
    auto const went_well = answer_.outcome == feeds::PollOutcome::document ||
                           answer_.outcome == feeds::PollOutcome::not_modified;
    if (budget != nullptr && went_well) {
        using Days = std::chrono::duration<double, std::ratio<86400>>;
        budget->count(state.share, feeds::budget_claim(rules, state, evidence),
                      Days{next.at - pass_.now}.count());
    }
    state.usual_poll = next.at;
    if (went_well && pass_.wants_pushes() &&
        pass_.services.pushes->live(pass_.plan->feeds().id(pass_.feed))) {
        next = feeds::websub::next_poll_while_pushed(next, rules, pass_.now);
    }
    pass_.report.next_poll = next.at;
    state.next_poll = next.at;
    state.why = next.why;
}

// What `explain` tells of this poll, and what the report does.
void Poll::write_history() {
    auto& report = pass_.report;
    auto& state = pass_.state;
    report.outcome = answer_.outcome;
    report.status = answer_.status;
    report.bytes = answer_.wire_bytes;
    report.host_asked_to_wait = state.host_waits = answer_.status == 429 && answer_.retry_after.has_value();
    report.taken = std::chrono::ceil<milliseconds>(pass_.services.clock.steady_now() - pass_.began);
    state.polled = pass_.now;
    state.asked_for = xxh3(pass_.configured_url);
    if (pass_.unknown > 0) {
        state.changed = pass_.now;
    }
    state.history.add({.at = pass_.now,
                       .outcome = report.outcome,
                       .status = report.status,
                       .items = std::uint32_t(report.items),
                       .unknown = std::uint32_t(pass_.unknown),
                       .bytes = report.bytes,
                       .milliseconds_taken = std::uint32_t(report.taken.count())});
}

void Poll::tell_of_long_failure(feeds::Tidings tidings) const {
    if (tidings == feeds::Tidings::fails_for_long) {
        log::warn("A feed has failed for a week; it is still asked, rarely",
                  {{"feed", pass_.identity()},
                   {"since", rfc3339(feeds::fails_since(pass_.state))},
                   {"reason", pass_.report.error}});
    } else if (tidings == feeds::Tidings::is_back) {
        log::warn("A feed that had failed for long is back", {{"feed", pass_.identity()}});
    }
}

Task<void> Poll::run() {
    auto const goes_on = co_await ask();
    give(pass_.signals.answered);
    if (!goes_on) {
        pass_.report.next_poll = pass_.now;
        co_return;
    }
    if (answer_.outcome == feeds::PollOutcome::document && !is_read_already()) {
        auto const done = co_await take_in();
        if (!done) {
            pass_.report.next_poll = pass_.now;
            co_return;
        }
    }
    settle();
    plan_next_poll();
    complete_commit(pass_);
    write_history();
    auto const tidings = feeds::note_long_failure(pass_.state, pass_.now);
    pass_.commit.state = feeds::encode(pass_.state);
    co_await write(pass_);
    tell_of_long_failure(tidings);
    if (pass_.wants_pushes()) {
        co_await report_to_hub();
    }
}

// What a poll found first, the hub should have told: then the usual pace is back at once.
Task<void> Poll::report_to_hub() {
    auto& report = pass_.report;
    auto& state = pass_.state;
    auto const went_well =
        report.outcome == feeds::PollOutcome::document || report.outcome == feeds::PollOutcome::not_modified;
    if (!went_well) {
        co_return;
    }
    // Not updates: publishers correct an article without telling a hub, and hubs push shorter ones than feeds
    // hold.
    auto const news = report.fresh > 0;
    auto const id = pass_.plan->feeds().id(pass_.feed);
    if (news && state.why == feeds::WhyThen::pushed) {
        state.next_poll = report.next_poll = state.usual_poll;
        state.why = feeds::WhyThen::interval;
        pass_.commit = {
            .feed = id, .at = pass_.now, .next_poll = state.next_poll, .state = feeds::encode(state)};
        co_await write(pass_);
    }
    pass_.services.pushes->polled({.feed = id, .links = state.links, .news = news, .at = pass_.now});
}

}  // namespace

Task<PassReport> pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord record,
                      PassSignals signals) {
    Pass one{services, std::move(plan), feed, std::move(record)};
    one.signals = std::move(signals);
    Poll poll{one};
    co_await poll.run();
    one.report.record = std::move(one.record);
    co_return std::move(one.report);
}

}  // namespace newswired::daemon

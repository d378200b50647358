#include "daemon/feed_pass.hpp"

#include "articles/sanitize.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "daemon/arrivals.hpp"
#include "daemon/gap.hpp"
#include "daemon/harvest.hpp"
#include "daemon/write_up.hpp"
#include "feeds/address.hpp"
#include "feeds/interval.hpp"
#include "feeds/parse.hpp"
#include "feeds/poll.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <utility>

namespace newswired::daemon {
namespace {

// Reading a document of this size takes about a millisecond: longer would hold up the thread's other feeds.
constexpr std::size_t kReadOnWorkerFrom = 256 * 1024;

double random_fraction() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution{0.0, 1.0}(generator);
}

// A document on its way from bytes to candidates.
struct Reading {
    Error error{};
    Harvest harvest{};
    WriteUp write_up{};
    feeds::Pace pace{};
    std::string title{};
    Arrivals arrivals{};
    std::string archive{};  ///< where older items are (RFC 5005)
    bool breaks_off = false;
};

Reading read_document(Plan const& plan, std::size_t feed, feeds::Document document,
                      feeds::FeedState const& state, feeds::Window const& window, SystemTime now) {
    Reading reading;
    auto parsed = feeds::parse(std::move(document));
    if (!parsed) {
        reading.error = parsed.error();
        return reading;
    }
    reading.harvest = harvest(plan, feed, *parsed, state, window, now);
    reading.pace = parsed->pace;
    reading.breaks_off = parsed->breaks_off;
    reading.title = articles::to_plain(parsed->title);
    reading.arrivals = arrivals_of(reading.harvest, *parsed, state, window, now);
    reading.archive = std::string{parsed->next_url};
    reading.write_up = write_up(plan, feed, reading.title, std::exchange(reading.harvest.findings, {}));
    return reading;
}

class Pass {
  public:
    Pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord const& record)
        : services_{services},
          plan_{std::move(plan)},
          feed_{feed},
          state_{feeds::decode_feed_state(record.state)},
          window_{feeds::decode_window(record.window)},
          began_{services.clock.steady_now()} {}

    Task<PassReport> run(std::function<void()> answered);

  private:
    Task<feeds::PollAnswer> ask();
    Task<Reading> read(feeds::PollAnswer& answer);
    Task<void> look_for_gap(Reading& reading);
    void take_over(Reading& reading, feeds::PollAnswer& answer);
    void learn_pace(Reading& reading, feeds::PollAnswer const& answer);
    void renew();
    void settle(feeds::PollAnswer& answer);
    void note_failure(feeds::PollAnswer const& answer);
    void finish_state(feeds::PollAnswer const& answer);
    void plan_next_poll(feeds::PollAnswer const& answer);
    void prepare_commit();
    Task<void> commit();
    Task<void> hasten(feeds::PollAnswer const& answer);
    void note_receipt(storage::Receipt const& receipt);
    std::string url() const { return feeds::address_to_ask(state_.address, plan_->feeds().url(feed_)); }

    PassServices services_;
    SharedPlan plan_;
    std::size_t feed_;
    feeds::FeedState state_;
    feeds::Window window_;
    SteadyTime began_;
    SystemTime now_{};
    PassReport report_{};
    storage::PollCommit commit_{};
    std::vector<std::string> titles_{};
    std::vector<feeds::Arrival> unsure_arrivals_{};  // of a document that moved on: only if it is a gap
    std::uint64_t gap_seq_ = 0;
    SystemTime gap_since_{};
};

Task<feeds::PollAnswer> Pass::ask() {
    auto const& options = plan_->feeds().options(feed_);
    feeds::RequestOptions request{.user_agent = options.user_agent,
                                  .username = options.username,
                                  .password = options.password,
                                  .headers = options.headers};
    auto answer = co_await feeds::poll(services_.client, url(), state_.validators, std::move(request),
                                       services_.clock.now());
    co_return answer;
}

Task<Reading> Pass::read(feeds::PollAnswer& answer) {
    feeds::Document document{
        .bytes = std::move(answer.body), .url = answer.effective_url, .content_type = answer.content_type};
    auto const heavy = document.bytes.size() >= kReadOnWorkerFrom;
    auto work = [&, this] {
        return read_document(*plan_, feed_, std::move(document), state_, window_, now_);
    };
    if (!heavy) {
        co_return work();
    }
    co_return co_await services_.workers.run(work);
}

// Before anything of the document is taken over: what was known counts here.
Task<void> Pass::look_for_gap(Reading& reading) {
    auto& arrivals = reading.arrivals;
    auto const same_feed = state_.asked_for == xxh3(plan_->feeds().url(feed_));
    if (!arrivals.moved_on || !same_feed) {
        co_return;
    }
    unsure_arrivals_ = std::exchange(arrivals.items, {});
    BeforeGap const before{.state = state_, .window = window_};
    auto filling = co_await fill_gap(services_, plan_, feed_, before, reading.archive, now_);
    gap_since_ = state_.succeeded;
    commit_.gap = gap_notice(*plan_, feed_, state_, filling);
    auto& [candidates, titles] = reading.write_up;
    std::move(candidates.begin(), candidates.end(), std::back_inserter(filling.candidates));
    std::move(titles.begin(), titles.end(), std::back_inserter(filling.titles));
    candidates = std::move(filling.candidates);
    titles = std::move(filling.titles);
}

void Pass::learn_pace(Reading& reading, feeds::PollAnswer const& answer) {
    feeds::note_pace(state_, reading.pace);
    auto const spared = !state_.validators.empty() || answer.fresh_for.value_or(seconds{0}) > seconds{0};
    feeds::note_novelty(state_,
                        {.whole_document = !spared,
                         .items = reading.harvest.items,
                         .unknown = reading.write_up.candidates.size(),
                         .arrivals = reading.arrivals.items},
                        now_);
}

// A readable document: only now do its validators count, else an unreadable one would be "not modified" for
// ever.
void Pass::take_over(Reading& reading, feeds::PollAnswer& answer) {
    auto& harvest = reading.harvest;
    // Half a document is read as far as it goes, and asked for again.
    state_.validators = reading.breaks_off ? feeds::Validators{} : std::move(answer.validators);
    state_.title = std::move(reading.title);
    learn_pace(reading, answer);
    state_.read_before = true;
    report_.items = harvest.items;
    commit_.items = std::move(reading.write_up.candidates);
    titles_ = std::move(reading.write_up.titles);
    commit_.seen_again = std::move(harvest.left);
    if (!(harvest.window == window_)) {
        commit_.window = feeds::encode(harvest.window);
        window_ = std::move(harvest.window);
    }
}

// An item that stays in a document is not looked at again, and must not be forgotten for that: now and then
// the store is told that it is still there.
void Pass::renew() {
    if (now_ - state_.renewed < plan_->settings().dedup.keep / 4) {
        return;
    }
    auto const first_time = std::exchange(state_.renewed, now_) == SystemTime{};
    if (first_time) {
        return;  // what is in the window was told a moment ago
    }
    auto const present = window_.missing_in(feeds::Window{});
    commit_.seen_again.insert(commit_.seen_again.end(), present.begin(), present.end());
}

void Pass::note_failure(feeds::PollAnswer const& answer) {
    ++state_.errors;
    if (answer.outcome == feeds::PollOutcome::refused) {
        report_.error = "the server answered with status " + std::to_string(answer.status);
    } else if (answer.outcome == feeds::PollOutcome::no_answer) {
        report_.error = answer.error.message();
    }
    state_.last_error = report_.error;
    feeds::note_failure(state_.address);
}

void Pass::settle(feeds::PollAnswer& answer) {
    switch (answer.outcome) {
        case feeds::PollOutcome::document:
        case feeds::PollOutcome::not_modified:
            if (answer.outcome == feeds::PollOutcome::not_modified) {
                state_.validators = answer.validators;
                feeds::note_novelty(state_, {}, now_);
            }
            state_.errors = 0;
            state_.last_error.clear();
            state_.succeeded = now_;
            renew();
            feeds::note_redirects(state_.address, plan_->feeds().url(feed_), answer.hops,
                                  plan_->settings().fetch.redirects_learn_after);
            return;
        case feeds::PollOutcome::gone:
            state_.gone = true;
            state_.last_error = report_.error = "the server says that the feed is gone for good (410)";
            return;
        case feeds::PollOutcome::refused:
        case feeds::PollOutcome::unreadable:
        case feeds::PollOutcome::no_answer:
            note_failure(answer);
            return;
    }
}

void Pass::plan_next_poll(feeds::PollAnswer const& answer) {
    auto const rules = plan_->interval_rules(feed_);
    feeds::PollEvidence evidence{.now = now_,
                                 .outcome = answer.outcome,
                                 .fresh_for = answer.fresh_for,
                                 .retry_after = answer.retry_after,
                                 .jitter = random_fraction()};
    auto* const budget = rules.interval ? nullptr : services_.budget;
    if (budget != nullptr) {
        evidence.price = budget->price();
    }
    auto const next = feeds::next_poll(rules, state_, evidence);
    if (budget != nullptr && state_.errors == 0 && !state_.gone) {
        using Days = std::chrono::duration<double, std::ratio<86400>>;
        budget->count(state_.share, feeds::budget_claim(rules, state_, evidence),
                      Days{next.at - now_}.count());
    }
    report_.next_poll = next.at;
    state_.next_poll = next.at;
    state_.why = next.why;
}

void Pass::finish_state(feeds::PollAnswer const& answer) {
    plan_next_poll(answer);
    report_.outcome = answer.outcome;
    report_.status = answer.status;
    report_.bytes = answer.wire_bytes;
    report_.host_asked_to_wait = answer.status == 429 && answer.retry_after.has_value();
    report_.taken = std::chrono::ceil<milliseconds>(services_.clock.steady_now() - began_);
    state_.polled = now_;
    state_.asked_for = xxh3(plan_->feeds().url(feed_));
}

void Pass::note_receipt(storage::Receipt const& receipt) {
    gap_seq_ = receipt.gap_seq;
    if (gap_seq_ != 0) {
        log::warn(
            "A feed moved on faster than it was asked: articles may be missing",
            {{"feed", plan_->feeds().identity(feed_)}, {"since", rfc3339(gap_since_)}, {"seq", gap_seq_}});
    }
    for (std::size_t i = 0; i < receipt.verdicts.size(); ++i) {
        auto const outcome = receipt.verdicts[i].outcome;
        report_.fresh += outcome == storage::Outcome::fresh;
        report_.updates += outcome == storage::Outcome::update;
        report_.duplicates += outcome == storage::Outcome::duplicate;
        auto const emitted = outcome == storage::Outcome::fresh || outcome == storage::Outcome::update;
        if (emitted && i < titles_.size()) {
            log::info(outcome == storage::Outcome::fresh ? "New article" : "Updated article",
                      {{"feed", plan_->feeds().identity(feed_)},
                       {"title", titles_[i]},
                       {"url", commit_.items[i].url},
                       {"seq", receipt.verdicts[i].seq}});
        }
    }
}

// Repeats the same batch until it is written or surely never will be; dedup makes a repetition harmless.
Task<void> Pass::commit() {
    constexpr milliseconds kFirstPause{500};
    constexpr milliseconds kLongestPause{30'000};
    auto pause = kFirstPause;
    bool told = false;
    for (;;) {
        auto batch = commit_;
        auto receipt = co_await services_.store.commit(std::move(batch));
        if (receipt) {
            note_receipt(*receipt);
            co_return;
        }
        if (receipt.error() == storage::errc::closed) {
            report_.error = receipt.error().message();
            co_return;
        }
        if (!std::exchange(told, true)) {
            log::debug("A poll waits to be stored",
                       {{"feed", plan_->feeds().identity(feed_)}, {"reason", receipt.error().message()}});
        }
        co_await services_.clock.sleep_for(pause);
        pause = std::min(pause * 2, kLongestPause);
    }
}

Task<PassReport> Pass::run(std::function<void()> answered) {
    auto answer = co_await ask();
    now_ = services_.clock.now();
    answered();
    if (answer.outcome == feeds::PollOutcome::document) {
        auto reading = co_await read(answer);
        if (reading.error) {
            answer.outcome = feeds::PollOutcome::unreadable;
            report_.error = reading.error.message();
        } else {
            co_await look_for_gap(reading);
            take_over(reading, answer);
        }
    }
    settle(answer);
    finish_state(answer);
    prepare_commit();
    if (!commit_.items.empty()) {
        state_.changed = now_;
    }
    state_.remember({.at = now_,
                     .outcome = report_.outcome,
                     .status = report_.status,
                     .items = std::uint32_t(report_.items),
                     .unknown = std::uint32_t(commit_.items.size()),
                     .bytes = report_.bytes,
                     .milliseconds_taken = std::uint32_t(report_.taken.count())});
    commit_.state = feeds::encode(state_);
    co_await commit();
    if (gap_seq_ != 0) {
        co_await hasten(answer);
    }
    co_return std::move(report_);
}

void Pass::prepare_commit() {
    auto const& settings = plan_->settings();
    commit_.feed = plan_->feeds().id(feed_);
    commit_.site = xxh3(host_of(plan_->feeds().url(feed_)));
    commit_.at = now_;
    commit_.next_poll = report_.next_poll;
    commit_.scope = static_cast<storage::Scope>(settings.dedup.scope);
    commit_.on_duplicate = static_cast<storage::OnDuplicate>(settings.dedup.match);
    commit_.emit_updates = plan_->feeds().options(feed_).updates == config::Updates::emit;
    commit_.keep = settings.dedup.keep;
    commit_.route = plan_->route(feed_);
}

// Only now is it known that something was missed.  The feed's state alone is written again: if that fails,
// the next gap will tell.
Task<void> Pass::hasten(feeds::PollAnswer const& answer) {
    feeds::note_arrivals(state_.rhythm, unsure_arrivals_, now_);
    feeds::note_gap(state_);
    plan_next_poll(answer);
    commit_ = {};
    prepare_commit();
    commit_.state = feeds::encode(state_);
    co_await services_.store.commit(std::exchange(commit_, {}));
}

}  // namespace

Task<PassReport> pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord record,
                      std::function<void()> answered) {
    Pass one{services, std::move(plan), feed, record};
    co_return co_await one.run(std::move(answered));
}

}  // namespace newswired::daemon

#include "daemon/feed_pass.hpp"

#include "articles/sanitize.hpp"
#include "articles/teaser.hpp"
#include "core/hash.hpp"
#include "core/log.hpp"
#include "daemon/arrivals.hpp"
#include "daemon/boilerplate.hpp"
#include "daemon/full_text.hpp"
#include "daemon/gap.hpp"
#include "daemon/harvest.hpp"
#include "daemon/write_up.hpp"
#include "feeds/address.hpp"
#include "feeds/interval.hpp"
#include "feeds/parse.hpp"
#include "feeds/poll.hpp"
#include "feeds/websub/discovery.hpp"
#include "feeds/websub/pace.hpp"

#include <algorithm>
#include <iterator>
#include <random>
#include <span>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

// Reading a document of this size takes about a millisecond: longer would hold up the thread's other feeds.
constexpr std::size_t kReadOnWorkerFrom = 256 * 1024;

double random_fraction() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    return std::uniform_real_distribution{0.0, 1.0}(generator);
}

// Findings that are ready for the commit.
struct Finished {
    std::vector<storage::SiteRecord> sites{};
    WriteUp write_up{};
};

// A document on its way from bytes to candidates.
struct Reading {
    Error error{};
    Harvest harvest{};
    Finished finished{};  // unless pages are to be fetched first
    feeds::Pace pace{};
    std::string title{};
    Arrivals arrivals{};
    std::string archive{};  ///< where older items are (RFC 5005)
    feeds::websub::Links links{};
    bool breaks_off = false;
    // With `full_text`, pages come between harvest and write-up.
    std::vector<bool> wanted{};
    articles::TeaserMemory bodies{};

    bool wants_pages() const { return std::find(wanted.begin(), wanted.end(), true) != wanted.end(); }
};

void plan_pages(Plan const& plan, std::size_t feed, feeds::ParsedFeed const& parsed,
                feeds::FeedState const& state, Reading& reading) {
    reading.bodies = articles::decode_teaser_memory(state.bodies);
    auto const home = parsed.home_page_url.empty() ? plan.feeds().url(feed) : parsed.home_page_url;
    reading.wanted = choose_pages(plan, feed, home, reading.harvest.findings, reading.bodies);
}

// `header`: what came with the document says of hubs.
Reading read_document(Plan const& plan, std::size_t feed, feeds::Document document,
                      feeds::websub::Links const& header, feeds::FeedState const& state,
                      feeds::Window const& window, SystemTime now) {
    Reading reading;
    auto const url = feeds::address_to_ask(state.address, plan.feeds().url(feed));
    auto parsed = feeds::parse(std::move(document));
    if (!parsed) {
        reading.error = parsed.error();
        return reading;
    }
    reading.harvest = harvest(plan, feed, *parsed, state, window, now);
    reading.pace = parsed->pace;
    reading.breaks_off = parsed->breaks_off;
    reading.links = feeds::websub::links_of(header, *parsed, url);
    reading.title = articles::to_plain(parsed->title);
    reading.arrivals = arrivals_of(reading.harvest, *parsed, state, window, now);
    reading.archive = std::string{parsed->next_url};
    if (may_want_pages(plan, feed)) {
        plan_pages(plan, feed, *parsed, state, reading);
    }
    return reading;
}

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

class Pass {
  public:
    Pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord const& record)
        : services_{services},
          plan_{std::move(plan)},
          feed_{feed},
          state_{feeds::decode_feed_state(record.state)},
          window_{feeds::decode_window(record.window)},
          state_before_{record.state},
          began_{services.clock.steady_now()} {}

    Task<PassReport> run(std::function<void()> answered);
    Task<PassReport> run_pushed(PushedDocument document);

  private:
    Task<feeds::PollAnswer> ask();
    Task<Reading> read(feeds::PollAnswer& answer);
    Task<void> look_for_gap(Reading& reading);
    Task<std::vector<storage::SiteRecord>> drop_boilerplate(std::vector<Finding>& findings, bool heavy);
    Task<Finished> finish(std::vector<Finding> findings, std::string_view title, bool heavy);
    void take_over(Reading& reading, feeds::PollAnswer& answer);
    bool is_read_already(feeds::PollAnswer& answer);
    void learn_pace(Reading& reading, feeds::PollAnswer const& answer);
    bool is_spared(feeds::PollAnswer const& answer) const;
    void renew();
    void settle(feeds::PollAnswer& answer);
    void note_failure(feeds::PollAnswer const& answer);
    void finish_state(feeds::PollAnswer const& answer);
    void plan_next_poll(feeds::PollAnswer const& answer);
    storage::PollCommit frame() const;
    void complete_commit();
    Task<bool> fetch_pages(Reading& reading);
    Task<bool> preview(std::span<Finding const> findings, storage::Receipt& receipt);
    Task<void> write_part(std::span<Finding> findings, bool is_last);
    Task<void> commit();
    Task<void> hasten(feeds::PollAnswer const& answer);
    Task<void> report_to_hub();
    bool wants_pushes() const { return services_.pushes != nullptr && plan_->feeds().options(feed_).websub; }
    void note_receipt(storage::Receipt const& receipt);
    std::string url() const { return feeds::address_to_ask(state_.address, plan_->feeds().url(feed_)); }

    PassServices services_;
    SharedPlan plan_;
    std::size_t feed_;
    feeds::FeedState state_;
    feeds::Window window_;
    std::string state_before_;
    SteadyTime began_;
    SystemTime now_{};
    PassReport report_{};
    storage::PollCommit commit_{};
    std::vector<std::string> titles_{};
    std::vector<feeds::Arrival> unsure_arrivals_{};  // of a document that moved on: only if it is a gap
    std::uint64_t gap_seq_ = 0;
    SystemTime gap_since_{};
    std::size_t unknown_ = 0;  // items that were not known to be unchanged
    std::uint64_t document_ = 0;
};

Task<feeds::PollAnswer> Pass::ask() {
    auto const& options = plan_->feeds().options(feed_);
    feeds::RequestOptions request{.user_agent = options.user_agent,
                                  .username = options.username,
                                  .password = options.password,
                                  .headers = options.headers,
                                  .route = plan_->http_route(feed_)};
    auto address = url();
    if (address != plan_->feeds().url(feed_)) {
        feeds::keep_secrets_at_home(request, plan_->feeds().url(feed_), address);
    }
    auto answer = co_await feeds::poll(services_.client, std::move(address), state_.validators,
                                       std::move(request), services_.clock.now());
    co_return answer;
}

Task<Reading> Pass::read(feeds::PollAnswer& answer) {
    feeds::Document document{
        .bytes = std::move(answer.body), .url = answer.effective_url, .content_type = answer.content_type};
    auto const heavy = document.bytes.size() >= kReadOnWorkerFrom;
    auto work = [&, this] {
        return read_document(*plan_, feed_, std::move(document), answer.links, state_, window_, now_);
    };
    Reading reading;
    if (heavy) {
        reading = co_await services_.workers.run(work);
    } else {
        reading = work();
    }
    if (!reading.error && !reading.wants_pages()) {
        auto findings = std::exchange(reading.harvest.findings, {});
        reading.finished = co_await finish(std::move(findings), reading.title, heavy);
    }
    co_return std::move(reading);
}

// Without the memories of the sites the articles stay as they are, and nothing is learnt.
Task<std::vector<storage::SiteRecord>> Pass::drop_boilerplate(std::vector<Finding>& findings, bool heavy) {
    if (plan_->feeds().options(feed_).boilerplate == config::Boilerplate::off) {
        co_return std::vector<storage::SiteRecord>{};
    }
    auto const groups = sites_of(findings, plan_->feeds().url(feed_));
    if (groups.empty()) {
        co_return std::vector<storage::SiteRecord>{};
    }
    auto ids = ids_of(groups);
    auto const memories = co_await services_.store.sites(std::move(ids));
    if (!memories) {
        co_return std::vector<storage::SiteRecord>{};
    }
    state_.site = groups.front().name;
    auto work = [&, this] { return daemon::drop_boilerplate(findings, groups, *memories, now_); };
    if (heavy) {
        co_return co_await services_.workers.run(work);
    }
    co_return work();
}

// The last steps before the commit, once the findings' texts are what they will be.
Task<Finished> Pass::finish(std::vector<Finding> findings, std::string_view title, bool heavy) {
    Finished finished;
    finished.sites = co_await drop_boilerplate(findings, heavy);
    auto work = [&, this] { return write_up(*plan_, feed_, title, std::move(findings)); };
    if (heavy) {
        finished.write_up = co_await services_.workers.run(work);
    } else {
        finished.write_up = work();
    }
    co_return std::move(finished);
}

// Before anything of the document is taken over: what was known counts here.
Task<void> Pass::look_for_gap(Reading& reading) {
    auto& arrivals = reading.arrivals;
    auto const same_feed = state_.asked_for == xxh3(plan_->feeds().url(feed_));
    // With pages to fetch, items go out in parts: which of them a gap depends on is not known then.
    if (!arrivals.moved_on || !same_feed || reading.wants_pages()) {
        co_return;
    }
    unsure_arrivals_ = std::exchange(arrivals.items, {});
    BeforeGap const before{.state = state_, .window = window_};
    auto filling = co_await fill_gap(services_, plan_, feed_, before, reading.archive, now_);
    gap_since_ = state_.succeeded;
    commit_.gap = gap_notice(*plan_, feed_, state_, filling);
    auto& [candidates, titles] = reading.finished.write_up;
    std::move(candidates.begin(), candidates.end(), std::back_inserter(filling.candidates));
    std::move(titles.begin(), titles.end(), std::back_inserter(filling.titles));
    candidates = std::move(filling.candidates);
    titles = std::move(filling.titles);
}

bool Pass::is_spared(feeds::PollAnswer const& answer) const {
    return !state_.validators.empty() || answer.fresh_for.value_or(seconds{0}) > seconds{0};
}

void Pass::learn_pace(Reading& reading, feeds::PollAnswer const& answer) {
    feeds::note_pace(state_, reading.pace);
    feeds::note_novelty(
        state_,
        {.whole_document = !is_spared(answer),
         .items = reading.harvest.items,
         .unknown = reading.finished.write_up.candidates.size() + reading.harvest.findings.size(),
         .arrivals = reading.arrivals.items},
        now_);
}

// A readable document: only now do its validators count, else an unreadable one would be "not modified" for
// ever.
void Pass::take_over(Reading& reading, feeds::PollAnswer& answer) {
    auto& harvest = reading.harvest;
    // Half a document is read as far as it goes, and asked for again.
    state_.validators = reading.breaks_off ? feeds::Validators{} : std::move(answer.validators);
    state_.document = reading.breaks_off ? 0 : document_;
    state_.title = std::move(reading.title);
    if (!reading.breaks_off) {
        state_.links = std::move(reading.links);
    }
    learn_pace(reading, answer);
    state_.read_before = true;
    report_.items = harvest.items;
    if (may_want_pages(*plan_, feed_)) {
        state_.bodies = articles::encode(reading.bodies);
    }
    unknown_ = reading.finished.write_up.candidates.size() + harvest.findings.size();
    commit_.items = std::move(reading.finished.write_up.candidates);
    titles_ = std::move(reading.finished.write_up.titles);
    commit_.seen_again = std::move(harvest.left);
    commit_.sites = std::move(reading.finished.sites);
    if (!(harvest.window == window_)) {
        commit_.window = feeds::encode(harvest.window);
        window_ = std::move(harvest.window);
    }
}

// Many servers send the whole document at every poll, whatever is asked.  The bytes that were read the last
// time have nothing to tell that is not known.
bool Pass::is_read_already(feeds::PollAnswer& answer) {
    document_ = feeds::document_digest(answer);
    if (document_ != state_.document || !state_.read_before) {
        return false;
    }
    state_.validators = std::move(answer.validators);
    report_.items = state_.history.empty() ? 0 : state_.history.back().items;
    feeds::note_novelty(state_, {.whole_document = !is_spared(answer), .items = report_.items}, now_);
    return true;
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
    auto next = feeds::next_poll(rules, state_, evidence);
    if (budget != nullptr && state_.errors == 0 && !state_.gone) {
        using Days = std::chrono::duration<double, std::ratio<86400>>;
        budget->count(state_.share, feeds::budget_claim(rules, state_, evidence),
                      Days{next.at - now_}.count());
    }
    state_.usual_poll = next.at;
    if (wants_pushes() && services_.pushes->live(plan_->feeds().id(feed_))) {
        next = feeds::websub::next_poll_while_pushed(next, rules, now_);
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

// What the commit and its parts have in common.
storage::PollCommit Pass::frame() const {
    auto const& settings = plan_->settings();
    storage::PollCommit frame;
    frame.feed = plan_->feeds().id(feed_);
    frame.site = xxh3(host_of(plan_->feeds().url(feed_)));
    frame.at = now_;
    frame.scope = static_cast<storage::Scope>(settings.dedup.scope);
    frame.on_duplicate = static_cast<storage::OnDuplicate>(settings.dedup.match);
    frame.emit_updates = plan_->feeds().options(feed_).updates == config::Updates::emit;
    frame.keep = settings.dedup.keep;
    frame.near_window = settings.dedup.near_window;
    frame.route = plan_->route(feed_);
    return frame;
}

// What only this commit has, within what the parts had as well.
void Pass::complete_commit() {
    auto whole = frame();
    whole.items = std::move(commit_.items);
    whole.seen_again = std::move(commit_.seen_again);
    whole.window = std::move(commit_.window);
    whole.sites = std::move(commit_.sites);
    whole.gap = std::move(commit_.gap);
    whole.next_poll = report_.next_poll;
    commit_ = std::move(whole);
}

// What the store would say of the findings; false when it closes.
Task<bool> Pass::preview(std::span<Finding const> findings, storage::Receipt& receipt) {
    constexpr milliseconds kPause{2'000};
    for (;;) {
        auto question = frame();
        for (auto const& finding : findings) {
            question.items.push_back(finding.candidate);
        }
        auto answer = co_await services_.store.preview(std::move(question));
        if (answer) {
            receipt = std::move(*answer);
            co_return true;
        }
        if (answer.error() == storage::errc::closed) {
            co_return false;
        }
        co_await services_.clock.sleep_for(kPause);  // what can't be read can't be written either
    }
}

// What of the findings is done goes out.  Until the last part is in, the poll is not over: the store keeps
// the feed's old state, and a poll that breaks off is repeated, with what was told known by then.
Task<void> Pass::write_part(std::span<Finding> findings, bool is_last) {
    std::vector<Finding> part{std::make_move_iterator(findings.begin()),
                              std::make_move_iterator(findings.end())};
    for (auto const& finding : part) {
        report_.pages += finding.article.body_from == "page" ? 1 : 0;
    }
    auto finished = co_await finish(std::move(part), state_.title, true);
    titles_ = std::move(finished.write_up.titles);
    if (is_last) {
        commit_.items = std::move(finished.write_up.candidates);
        commit_.sites = std::move(finished.sites);
        co_return;
    }
    auto rest = std::exchange(commit_, frame());
    commit_.state = state_before_;
    commit_.next_poll = now_;
    commit_.items = std::move(finished.write_up.candidates);
    commit_.sites = std::move(finished.sites);
    co_await commit();
    commit_ = std::move(rest);
}

// Part by part: pages, write-up, commit.  The last part is left for the pass's own commit.  False when the
// daemon stops before all is done.
Task<bool> Pass::fetch_pages(Reading& reading) {
    auto& findings = reading.harvest.findings;
    if (findings.empty()) {
        co_return true;
    }
    if (services_.pages == nullptr) {
        co_await write_part(findings, true);
        co_return true;
    }
    storage::Receipt receipt;
    auto const known = co_await preview(findings, receipt);
    if (!known) {
        co_return false;
    }
    keep_news(receipt, plan_->settings().fetch.host_delay, findings, reading.wanted);
    PageRound round{.pages = *services_.pages,
                    .workers = services_.workers,
                    .clock = services_.clock,
                    .plan = plan_,
                    .feed = feed_,
                    .memory = reading.bodies,
                    .deadline = services_.clock.steady_now() + kAllPages};
    for (std::size_t first = 0; first < findings.size();) {
        auto const end = end_of_part(reading.wanted, first);
        std::span<Finding> const part{findings.data() + first, end - first};
        auto which = numbers_wanted(reading.wanted, first, end);
        auto const goes_on = co_await add_pages(round, part, std::move(which));
        if (!goes_on) {
            co_return false;
        }
        co_await write_part(part, end == findings.size());
        first = end;
    }
    state_.bodies = articles::encode(reading.bodies);
    co_return true;
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
    if (answer.outcome == feeds::PollOutcome::document && !is_read_already(answer)) {
        auto reading = co_await read(answer);
        if (reading.error) {
            answer.outcome = feeds::PollOutcome::unreadable;
            report_.error = reading.error.message();
        } else {
            co_await look_for_gap(reading);
            take_over(reading, answer);
            auto const done = co_await fetch_pages(reading);
            if (!done) {
                report_.next_poll = now_;
                co_return std::move(report_);
            }
        }
    }
    settle(answer);
    finish_state(answer);
    complete_commit();
    if (unknown_ > 0) {
        state_.changed = now_;
    }
    state_.remember({.at = now_,
                     .outcome = report_.outcome,
                     .status = report_.status,
                     .items = std::uint32_t(report_.items),
                     .unknown = std::uint32_t(unknown_),
                     .bytes = report_.bytes,
                     .milliseconds_taken = std::uint32_t(report_.taken.count())});
    commit_.state = feeds::encode(state_);
    co_await commit();
    if (gap_seq_ != 0) {
        co_await hasten(answer);
    }
    co_await report_to_hub();
    co_return std::move(report_);
}

// What a poll found first, the hub should have told: then the usual pace is back at once.
Task<void> Pass::report_to_hub() {
    auto const went_well = report_.outcome == feeds::PollOutcome::document ||
                           report_.outcome == feeds::PollOutcome::not_modified;
    if (!wants_pushes() || !went_well) {
        co_return;
    }
    // Not updates: publishers correct an article without telling a hub, and hubs push shorter ones than feeds
    // hold.
    auto const news = report_.fresh > 0;
    if (news && state_.why == feeds::WhyThen::pushed) {
        state_.next_poll = report_.next_poll = state_.usual_poll;
        state_.why = feeds::WhyThen::interval;
        auto const id = commit_.feed;
        commit_ = {.feed = id, .at = now_, .next_poll = state_.next_poll, .state = feeds::encode(state_)};
        co_await commit();
    }
    services_.pushes->polled({.feed = commit_.feed, .links = state_.links, .news = news, .at = now_});
}

Task<PassReport> Pass::run_pushed(PushedDocument document) {
    now_ = services_.clock.now();
    report_.bytes = document.bytes.size();
    feeds::PollAnswer answer;
    answer.body = std::move(document.bytes);
    answer.content_type = std::move(document.content_type);
    answer.effective_url = url();
    auto reading = co_await read(answer);
    report_.outcome = reading.error ? feeds::PollOutcome::unreadable : feeds::PollOutcome::document;
    report_.next_poll = state_.next_poll;
    report_.items = reading.harvest.items;
    if (reading.error) {
        report_.error = reading.error.message();
        co_return std::move(report_);
    }
    if (!reading.finished.write_up.candidates.empty() || !reading.harvest.findings.empty()) {
        commit_.items = std::move(reading.finished.write_up.candidates);
        commit_.sites = std::move(reading.finished.sites);
        titles_ = std::move(reading.finished.write_up.titles);
        auto const done = co_await fetch_pages(reading);
        if (!done) {
            report_.error = make_error_code(storage::errc::closed).message();
            co_return std::move(report_);
        }
        complete_commit();
        // It may hold only what is new: what else the feed held is still there.
        reading.harvest.window.add_missing_from(window_);
        commit_.window = feeds::encode(reading.harvest.window);
        state_.changed = now_;
        commit_.state = feeds::encode(state_);
        co_await commit();
    }
    report_.taken = std::chrono::ceil<milliseconds>(services_.clock.steady_now() - began_);
    co_return std::move(report_);
}

// Only now is it known that something was missed.  The feed's state alone is written again: if that fails,
// the next gap will tell.
Task<void> Pass::hasten(feeds::PollAnswer const& answer) {
    feeds::note_arrivals(state_.rhythm, unsure_arrivals_, now_);
    feeds::note_gap(state_);
    plan_next_poll(answer);
    commit_ = {};
    complete_commit();
    commit_.state = feeds::encode(state_);
    auto batch = commit_;
    co_await services_.store.commit(std::move(batch));
}

}  // namespace

Task<PassReport> pass(PassServices services, SharedPlan plan, std::size_t feed, storage::FeedRecord record,
                      std::function<void()> answered) {
    Pass one{services, std::move(plan), feed, record};
    co_return co_await one.run(std::move(answered));
}

Task<PassReport> pushed_pass(PassServices services, SharedPlan plan, std::size_t feed,
                             storage::FeedRecord record, PushedDocument document) {
    Pass one{services, std::move(plan), feed, record};
    co_return co_await one.run_pushed(std::move(document));
}

}  // namespace newswired::daemon

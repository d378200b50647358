#include "daemon/explain.hpp"

#include "articles/identity/fingerprint.hpp"
#include "articles/teaser.hpp"
#include "core/hash.hpp"
#include "daemon/pass/boilerplate.hpp"
#include "feeds/feed_state.hpp"
#include "feeds/interval.hpp"
#include "feeds/pace/forecast.hpp"

#include <algorithm>
#include <optional>

namespace newswired::daemon {
namespace {

std::string in(SystemTime time, SystemTime now) {
    auto const distance = std::chrono::floor<milliseconds>(time - now);
    if (distance < milliseconds{0}) {
        return in_words(-distance) + " ago";
    }
    return "in " + in_words(distance);
}

std::string at(SystemTime time, SystemTime now) {
    return rfc3339(time) + " (" + in(time, now) + ")";
}

char const* why_in_words(feeds::WhyThen why, bool is_auto) {
    switch (why) {
        case feeds::WhyThen::interval:
            return is_auto ? "when it publishes, and what the other feeds need" : "its interval";
        case feeds::WhyThen::freshness:
            return "the server's Cache-Control or Expires";
        case feeds::WhyThen::feed_pace:
            return "the feed's own ttl or sy:updatePeriod";
        case feeds::WhyThen::skipped_hours:
            return "the feed's skipHours or skipDays";
        case feeds::WhyThen::retry_after:
            return "the server's Retry-After";
        case feeds::WhyThen::backoff:
            return "back-off after errors";
        case feeds::WhyThen::pushed:
            return "a hub that tells of its news (WebSub): it is polled rarely";
        case feeds::WhyThen::robots:
            return "the site's robots.txt, which is read again then";
        case feeds::WhyThen::gone:
            break;
    }
    return "the server's 410: it is gone and is not asked again";
}

// Of a feed with `interval: auto`: what its interval is learnt from.
void tell_rhythm(std::string& text, feeds::FeedState const& state, SystemTime now) {
    auto const rhythm = feeds::in_words(state.rhythm, now);
    if (rhythm.empty()) {
        text += "  publishes: nothing is known yet, so it is asked hourly\n";
        return;
    }
    text += "  publishes: " + rhythm;
    if (state.rhythm.newest != SystemTime{}) {
        text += "; the last came " + at(state.rhythm.newest, now);
    }
    if (auto const next = feeds::next_likely(state.rhythm, now)) {
        text += "; the next is likely by " + at(*next, now);
    }
    text += "\n";
}

void tell_restraints(std::string& text, feeds::FeedState const& state) {
    if (state.haste > 0) {
        text += "  asked more often for a while, because items were missed\n";
    }
    if (state.blind_polls > feeds::kBlindPollsBorne) {
        text += "  asked less, because the server sent the whole document " +
                std::to_string(state.blind_polls) +
                " times for nothing, with neither ETag, Last-Modified nor max-age\n";
    }
}

void tell_history(std::string& text, feeds::FeedState const& state) {
    text += "  last polls, newest first:\n";
    auto const polls = state.history.all();
    for (auto poll = polls.rbegin(); poll != polls.rend(); ++poll) {
        text += "    " + rfc3339(poll->at) + "  " + std::string{feeds::in_words(poll->outcome)};
        if (poll->status != 0) {
            text += " (" + std::to_string(poll->status) + ")";
        }
        if (poll->outcome == feeds::PollOutcome::document) {
            text += ", " + std::to_string(poll->items) + " items, " + std::to_string(poll->unknown) +
                    " not seen before";
        }
        text += ", " + std::to_string(poll->bytes) + " bytes, " +
                in_words(milliseconds{poll->milliseconds_taken}) + "\n";
    }
}

std::optional<std::size_t> find_feed(Plan const& plan, std::string const& what) {
    if (auto const by_identity = plan.feeds().find(feed_id(what))) {
        return by_identity;
    }
    for (std::size_t feed = 0; feed < plan.feeds().size(); ++feed) {
        if (plan.feeds().url(feed) == what) {
            return feed;
        }
    }
    return {};
}

std::string feed_name(Plan const& plan, FeedId id) {
    auto const feed = plan.feeds().find(id);
    return feed ? std::string{plan.feeds().identity(*feed)} : "a feed that is no longer configured";
}

// Without a note the feed's body was taken as it is.
void tell_body(std::string& text, Plan const& plan, storage::ItemRecord const& item) {
    auto const feed = plan.feeds().find(item.feed);
    if (!item.note.empty()) {
        text += "  body: " + item.note + "\n";
    } else if (feed && plan.feeds().options(*feed).full_text == config::FullText::when_teaser) {
        text += "  body: from the feed, which was taken for one with whole articles\n";
    } else {
        text += "  body: from the feed\n";
    }
}

std::string explain_now(Plan const& plan, feeds::FeedState const& state, FeedNow const& feed,
                        SystemTime now) {
    std::string text;
    // A host is never asked twice at once, and what a feed was told itself its own next poll tells.
    auto const usual = now + plan.settings().fetch.host_delay;
    auto const own = state.next_poll + std::chrono::minutes{1};
    if (!state.gone && feed.host_rests_until > std::max(usual, own)) {
        text += "  its host: is left alone until " + at(feed.host_rests_until, now) +
                ", because it told another feed that it has too many requests (429)\n";
    }
    return text + (feed.push.empty() ? "" : "  pushes: " + feed.push + "\n");
}

}  // namespace

std::string explain_feed(Plan const& plan, std::size_t feed, storage::FeedRecord const& record,
                         SystemTime now) {
    auto const state = feeds::decode_feed_state(record.state);
    auto const is_auto = !plan.interval_rules(feed).interval;
    std::string text = "feed " + std::string{plan.feeds().identity(feed)} + "\n";
    text += "  address: " + std::string{plan.feeds().url(feed)} + "\n";
    if (state.polled == SystemTime{}) {
        return text + "  not asked yet\n";
    }
    if (state.address.learnt) {
        text += "  asked at: " + state.address.target + " (learnt from permanent redirects)\n";
    }
    if (!state.title.empty()) {
        text += "  title: " + state.title + "\n";
    }
    text += "  last asked: " + at(state.polled, now) + "\n";
    if (state.succeeded != SystemTime{}) {
        text += "  last answered well: " + at(state.succeeded, now) + "\n";
    }
    if (state.changed != SystemTime{}) {
        text += "  last had something new: " + at(state.changed, now) + "\n";
    }
    if (!state.last_error.empty()) {
        text += "  error: " + state.last_error +
                (state.errors > 0 ? " (" + std::to_string(state.errors) + " in a row)\n" : "\n");
    }
    if (plan.feeds().options(feed).full_text == config::FullText::when_teaser) {
        text += "  full text: " + in_words(articles::decode_teaser_memory(state.bodies)) + "\n";
    }
    if (state.gone) {
        text += "  next poll: never, because the server said that it is gone (410)\n";
    } else {
        text += "  next poll: " + at(state.next_poll, now) + ", because of " +
                why_in_words(state.why, is_auto) + "\n";
        if (is_auto) {
            tell_rhythm(text, state, now);
        }
        tell_restraints(text, state);
    }
    tell_history(text, state);
    return text;
}

std::string explain_item(Plan const& plan, storage::ItemRecord const& item) {
    std::string text = "article " + item.url + "\n";
    text += "  in feed: " + feed_name(plan, item.feed) + "\n";
    text += "  key: " + to_string(item.key) + "\n";
    text += "  first seen: " + rfc3339(item.first_seen) + "\n";
    switch (item.outcome) {
        case storage::Outcome::fresh:
        case storage::Outcome::update:
        case storage::Outcome::unchanged:
            text += "  emitted: as number " + std::to_string(item.seq) + " of the log, revision " +
                    std::to_string(item.revision) + "\n";
            tell_body(text, plan, item);
            if (item.duplicate_of) {
                text += "  the same, or nearly the same, as: " + to_string(*item.duplicate_of) + " (" +
                        item.duplicate_url + ")\n";
            }
            if (item.story) {
                text += "  story: " + to_string(*item.story) + "\n";
            }
            break;
        case storage::Outcome::duplicate:
            text += "  not emitted: its content is the same as that of " +
                    (item.duplicate_of ? to_string(*item.duplicate_of) : std::string{"another article"});
            text += item.duplicate_url.empty() ? "\n" : " (" + item.duplicate_url + ")\n";
            break;
        case storage::Outcome::withheld:
            if (item.withheld == storage::Withheld::rule) {
                auto const& rules = plan.settings().rules;
                text += "  not emitted: dropped by rule " + std::to_string(item.rule);
                text += item.rule >= 1 && item.rule <= rules.size() ? ": " + rules[item.rule - 1u].text + "\n"
                                                                    : "\n";
                if (item.duplicate_of) {
                    text += "  nearly the same as: " + to_string(*item.duplicate_of) + " (" +
                            item.duplicate_url + ")\n";
                }
            } else {
                text +=
                    "  not emitted: it was there when the feed was first read, and first_poll leaves it "
                    "out\n";
            }
            break;
    }
    if (!item.note.empty()) {
        text += "  body: " + item.note + "\n";
    }
    return text;
}

Task<ControlAnswer> explain(storage::Store& store, SharedPlan plan, std::string what, SystemTime now,
                            AskNow ask_now) {
    ControlAnswer answer;
    if (auto const feed = find_feed(*plan, what)) {
        std::vector<FeedId> const ids{plan->feeds().id(*feed)};
        auto const records = co_await store.feeds(ids);
        if (!records) {
            co_return ControlAnswer{.exit = 1, .err = records.error().message() + "\n"};
        }
        answer.out = explain_feed(*plan, *feed, records->front(), now);
        auto const state = feeds::decode_feed_state(records->front().state);
        if (ask_now) {
            auto const feed_now = co_await ask_now(ids.front());
            answer.out += explain_now(*plan, state, feed_now, now);
        }
        auto const site = state.site;
        std::vector<std::uint64_t> const sites{xxh3(site)};
        auto const memories = co_await store.sites(sites);
        if (!site.empty() && memories && !memories->front().empty()) {
            answer.out += "  site: " + describe_site(site, memories->front(), now) + "\n";
        }
    }
    auto const items = co_await store.items_by_url(articles::url_hash(what));
    if (!items) {
        answer.exit = 1;
        answer.err = items.error().message() + "\n";
        co_return std::move(answer);
    }
    for (auto const& item : *items) {
        answer.out += explain_item(*plan, item);
    }
    if (answer.out.empty()) {
        answer.exit = 1;
        answer.err = "nothing is known of " + what +
                     ": it is neither a configured feed nor the URL of an article seen\n";
    }
    co_return std::move(answer);
}

}  // namespace newswired::daemon

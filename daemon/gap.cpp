#include "daemon/gap.hpp"

#include "core/json_writer.hpp"
#include "daemon/harvest.hpp"
#include "daemon/write_up.hpp"
#include "feeds/parse.hpp"
#include "feeds/poll.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace newswired::daemon {
namespace {

// A year of monthly archives is more than a gap needs, and a chain may be a circle.
constexpr std::size_t kMaxArchives = 10;

struct Archive {
    WriteUp write_up{};
    std::string previous{};
    bool reaches_known = false;
};

bool is_missing(Finding const& finding, feeds::FeedState const& before) {
    auto const& date = finding.article.date_published;
    return !date || *date > before.rhythm.newest;
}

// What of an archive was missed: not what was known, nor what is older than that.
std::optional<Archive> read_archive(Plan const& plan, std::size_t feed, feeds::Document document,
                                    BeforeGap before, SystemTime now) {
    auto parsed = feeds::parse(std::move(document));
    if (!parsed) {
        return {};
    }
    auto harvest = daemon::harvest(plan, feed, *parsed, before.state, before.window, now);
    auto const unknown = harvest.window.missing_in(before.window);
    auto& findings = harvest.findings;
    auto const count = harvest.window.size();
    std::erase_if(findings, [&](Finding const& finding) {
        return !std::binary_search(unknown.begin(), unknown.end(), finding.candidate.key) ||
               !is_missing(finding, before.state);
    });
    Archive archive{.previous = std::string{parsed->next_url}, .reaches_known = findings.size() < count};
    for (auto& finding : findings) {
        finding.candidate.backlog = true;
    }
    archive.write_up = write_up(plan, feed, before.state.title, std::move(findings));
    return archive;
}

std::string_view origin_of(std::string_view url) {
    auto const authority = url.find("://");
    return authority == std::string_view::npos ? std::string_view{}
                                               : url.substr(0, url.find('/', authority + 3));
}

// Credentials and the operator's headers are for the feed's own origin.
feeds::RequestOptions options_for(Plan const& plan, std::size_t feed, std::string_view url) {
    auto const& options = plan.feeds().options(feed);
    feeds::RequestOptions request{.user_agent = options.user_agent};
    if (origin_of(url) == origin_of(plan.feeds().url(feed))) {
        request.username = options.username;
        request.password = options.password;
        request.headers = options.headers;
    }
    return request;
}

template <typename Value>
void prepend(std::vector<Value>& all, std::vector<Value> older) {
    older.insert(older.end(), std::make_move_iterator(all.begin()), std::make_move_iterator(all.end()));
    all = std::move(older);
}

}  // namespace

Task<Filling> fill_gap(PassServices services, SharedPlan plan, std::size_t feed, BeforeGap before,
                       std::string archive, SystemTime now) {
    Filling filling;
    for (std::size_t i = 0; i < kMaxArchives && !archive.empty() && !filling.complete; ++i) {
        co_await services.clock.sleep_for(plan->settings().fetch.host_delay);
        auto options = options_for(*plan, feed, archive);
        auto answer = co_await feeds::poll(services.client, archive, {}, std::move(options), now);
        if (answer.outcome != feeds::PollOutcome::document) {
            break;
        }
        feeds::Document document{.bytes = std::move(answer.body),
                                 .url = answer.effective_url,
                                 .content_type = answer.content_type};
        auto work = [&] { return read_archive(*plan, feed, std::move(document), before, now); };
        auto one = co_await services.workers.run(work);
        if (!one) {
            break;
        }
        prepend(filling.candidates, std::move(one->write_up.candidates));
        prepend(filling.titles, std::move(one->write_up.titles));
        filling.complete = one->reaches_known;
        archive = one->previous == archive ? std::string{} : std::move(one->previous);
    }
    co_return filling;
}

storage::Notice gap_notice(Plan const& plan, std::size_t feed, feeds::FeedState const& before,
                           Filling const& filling) {
    auto body = articles::feed_member(describe(plan, feed, before.title));
    std::string gap;
    JsonWriter json{gap};
    json.key("gap");
    json.open_object();
    json.member("since", rfc3339_milliseconds(before.succeeded));
    json.member_number("polls", std::int64_t{before.errors} + 1);
    json.member_number("filled", std::int64_t(filling.candidates.size()));
    json.key("complete");
    json.value(filling.complete);
    json.close_object();
    return {.key = article_key(plan.feeds().identity(feed), ""),
            .body = body + ',' + gap,
            .unless_known_from = filling.candidates.size()};
}

}  // namespace newswired::daemon

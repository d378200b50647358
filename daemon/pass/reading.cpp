#include "daemon/pass/reading.hpp"

#include "articles/body/sanitize.hpp"
#include "daemon/pass/boilerplate.hpp"
#include "daemon/pass/full_text.hpp"
#include "feeds/parse.hpp"
#include "feeds/websub/discovery.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

// Reading a document of this size takes about a millisecond: longer would hold up the thread's other feeds.
constexpr std::size_t kReadOnWorkerFrom = 256 * 1024;

void plan_pages(Pass const& pass, feeds::ParsedFeed const& parsed, Reading& reading) {
    reading.bodies = articles::decode_teaser_memory(pass.state.bodies);
    auto const home = parsed.home_page_url.empty() ? pass.configured_url : parsed.home_page_url;
    reading.wanted = choose_pages(*pass.plan, pass.feed, home, reading.harvest.findings, reading.bodies);
}

// `header`: what came with the document says of hubs.
Reading read_document(Pass const& pass, feeds::Document document, feeds::websub::Links const& header) {
    auto const& plan = *pass.plan;
    Reading reading;
    auto parsed = feeds::parse(std::move(document));
    if (!parsed) {
        reading.error = parsed.error();
        return reading;
    }
    reading.harvest = harvest(plan, pass.feed, *parsed, pass.state, pass.window, pass.now);
    reading.pace = parsed->pace;
    reading.breaks_off = parsed->breaks_off;
    reading.links = feeds::websub::links_of(header, *parsed, pass.url());
    reading.title = articles::to_plain(parsed->title);
    reading.arrivals = arrivals_of(reading.harvest, *parsed, pass.state, pass.window, pass.now);
    reading.archive = std::string{parsed->next_url};
    if (may_want_pages(plan, pass.feed)) {
        plan_pages(pass, *parsed, reading);
    }
    return reading;
}

// Without the memories of the sites the articles stay as they are, and nothing is learnt.
Task<std::vector<storage::SiteRecord>> drop_boilerplate(Pass& pass, std::vector<Finding>& findings,
                                                        bool heavy) {
    if (pass.options.boilerplate == config::Boilerplate::off) {
        co_return std::vector<storage::SiteRecord>{};
    }
    auto const groups = sites_of(findings, pass.configured_url);
    if (groups.empty()) {
        co_return std::vector<storage::SiteRecord>{};
    }
    auto ids = ids_of(groups);
    auto const memories = co_await pass.services.store.sites(std::move(ids));
    if (!memories) {
        co_return std::vector<storage::SiteRecord>{};
    }
    pass.state.site = groups.front().name;
    auto work = [&] { return daemon::drop_boilerplate(findings, groups, *memories, pass.now); };
    if (heavy) {
        co_return co_await pass.services.workers.run(work);
    }
    co_return work();
}

}  // namespace

bool Reading::wants_pages() const {
    return std::find(wanted.begin(), wanted.end(), true) != wanted.end();
}

Task<Finished> finish(Pass& pass, std::vector<Finding> findings, std::string_view title, bool heavy) {
    Finished finished;
    finished.sites = co_await drop_boilerplate(pass, findings, heavy);
    auto work = [&] { return write_up(*pass.plan, pass.feed, title, std::move(findings)); };
    if (heavy) {
        finished.write_up = co_await pass.services.workers.run(work);
    } else {
        finished.write_up = work();
    }
    co_return std::move(finished);
}

Task<Reading> read_answer(Pass& pass, feeds::PollAnswer& answer) {
    feeds::Document document{
        .bytes = std::move(answer.body), .url = answer.effective_url, .content_type = answer.content_type};
    auto const heavy = document.bytes.size() >= kReadOnWorkerFrom;
    auto work = [&] { return read_document(pass, std::move(document), answer.links); };
    Reading reading;
    if (heavy) {
        reading = co_await pass.services.workers.run(work);
    } else {
        reading = work();
    }
    reading.heavy = heavy;
    reading.is_delta = answer.is_delta;
    if (answer.is_delta) {  // what it leaves out is still there
        reading.harvest.window.add_missing_from(pass.window);
        reading.harvest.left.clear();
        reading.arrivals.moved_on = false;
    }
    reading.unknown = reading.harvest.findings.size();
    co_return std::move(reading);
}

}  // namespace newswired::daemon

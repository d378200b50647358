#include "daemon/delivery/deliveries.hpp"

#include "core/log.hpp"

#include <algorithm>

namespace newswired::daemon {

namespace {

constexpr milliseconds kStorePause{500};

// Where it is stored that a sink has begun.  No sink is called so: names have no line ends.
std::string mark_of(std::string const& sink) {
    return "\nbegun\n" + sink;
}

}  // namespace

Deliveries::Deliveries(Executor executor, storage::Store& store, sinks::Services services,
                       SinkFactory make_sink)
    : executor_{executor}, store_{store}, services_{std::move(services)}, make_sink_{std::move(make_sink)} {}

Task<void> Deliveries::end(Running& running) {
    running.task.cancel();
    co_await running.task.wait();
}

// A sink that began in an empty log and has taken nothing since, because it failed or the daemon was killed,
// has the same cursor as one that was never heard of.  Only the mark keeps it from losing what waits for it.
Task<Result<void>> Deliveries::begin(std::string sink) {
    auto const mark = mark_of(sink);
    auto const begun = co_await store_.cursor(mark);
    auto const cursor = co_await store_.cursor(sink);
    auto const stats = co_await store_.stats();
    if (!begun || !cursor || !stats) {
        co_return !begun ? begun.error() : !cursor ? cursor.error() : stats.error();
    }
    if (begun->seq > 0 || cursor->seq > 0 || !cursor->position.empty()) {
        co_return Result<void>{};
    }
    storage::Cursor const nowhere{};
    if (stats->last_seq > 0) {
        storage::Cursor const end{.seq = stats->last_seq};
        auto const moved = co_await store_.advance(sink, nowhere, end);
        if (!moved) {
            co_return moved.error();
        }
        log::info("A new sink begins behind the newest article; replay delivers earlier ones",
                  {{"sink", sink}, {"seq", stats->last_seq}});
    }
    storage::Cursor const marked{.seq = 1};
    co_return co_await store_.advance(mark, nowhere, marked);
}

Task<void> Deliveries::place_cursor(std::string sink) {
    for (;;) {
        auto const begun = co_await begin(sink);
        if (begun || begun.error() == storage::errc::closed) {
            co_return;
        }
        log::warn("Where a sink stands can't be read yet",
                  {{"sink", sink}, {"reason", begun.error().message()}});
        co_await services_.clock.sleep_for(kStorePause);
    }
}

Task<void> Deliveries::start(config::Sink settings) {
    auto sink = make_sink_(settings, services_);
    if (!sink) {
        co_return;  // a type that is accepted but not built; config has warned of it
    }
    co_await place_cursor(settings.name);
    auto& running = running_.emplace_back(executor_, store_, services_.clock, settings, std::move(sink));
    running.task.spawn(running.delivery.run());
}

Task<void> Deliveries::apply(Plan const& plan) {
    auto const& wanted = plan.settings().sinks;
    for (auto place = running_.begin(); place != running_.end();) {
        auto const stays =
            std::find(wanted.begin(), wanted.end(), place->delivery.settings()) != wanted.end();
        if (stays) {
            ++place;
            continue;
        }
        co_await end(*place);
        place = running_.erase(place);
    }
    for (auto const& settings : wanted) {
        auto const runs = std::any_of(running_.begin(), running_.end(), [&](Running const& running) {
            return running.delivery.settings() == settings;
        });
        if (!runs) {
            co_await start(settings);
        }
    }
}

void Deliveries::drain() {
    for (auto& running : running_) {
        running.delivery.drain();
    }
}

void Deliveries::reopen() {
    for (auto& running : running_) {
        running.delivery.reopen();
    }
}

Task<void> Deliveries::wait() {
    for (auto& running : running_) {
        co_await running.task.wait();
    }
}

void Deliveries::cancel() {
    for (auto& running : running_) {
        running.task.cancel();
    }
}

Delivery* Deliveries::find(std::string_view sink) {
    for (auto& running : running_) {
        if (running.delivery.settings().name == sink) {
            return &running.delivery;
        }
    }
    return nullptr;
}

std::vector<DeliveryStatus> Deliveries::status() const {
    std::vector<DeliveryStatus> all;
    for (auto const& running : running_) {
        all.push_back(running.delivery.status());
    }
    return all;
}

std::vector<std::string> Deliveries::names() const {
    std::vector<std::string> names;
    for (auto const& running : running_) {
        names.push_back(running.delivery.settings().name);
    }
    return names;
}

std::string Deliveries::laggard(std::set<std::string> const& parked, std::uint64_t last_seq) const {
    std::string name;
    auto least = last_seq;
    for (auto const& running : running_) {
        if (running.delivery.cursor() < least && !parked.contains(running.delivery.settings().name)) {
            least = running.delivery.cursor();
            name = running.delivery.settings().name;
        }
    }
    return name;
}

}  // namespace newswired::daemon

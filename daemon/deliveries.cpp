#include "daemon/deliveries.hpp"

#include "core/log.hpp"

#include <algorithm>

namespace newswired::daemon {

Deliveries::Deliveries(Executor executor, storage::Store& store, sinks::Services services)
    : executor_{executor}, store_{store}, services_{std::move(services)} {}

Task<void> Deliveries::end(Running& running) {
    running.task.cancel();
    co_await running.task.wait();
}

Task<void> Deliveries::place_cursor(std::string sink) {
    auto const cursor = co_await store_.cursor(sink);
    auto const stats = co_await store_.stats();
    if (!cursor || !stats || cursor->seq > 0 || stats->last_seq == 0) {
        co_return;
    }
    storage::Cursor const old{};
    storage::Cursor const next{.seq = stats->last_seq};
    auto const moved = co_await store_.advance(sink, old, next);
    if (moved) {
        log::info("A new sink begins behind the newest article; replay delivers earlier ones",
                  {{"sink", sink}, {"seq", stats->last_seq}});
    }
}

Task<void> Deliveries::start(config::Sink settings) {
    auto sink = sinks::make_sink(settings, services_);
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

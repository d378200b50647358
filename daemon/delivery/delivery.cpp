#include "daemon/delivery/delivery.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "daemon/delivery/record.hpp"
#include "sinks/errors.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

namespace newswired::daemon {
namespace {

constexpr std::size_t kMaxBatchRecords = 1000;
constexpr std::size_t kMaxBatchBytes = 1 << 20;

}  // namespace

struct Delivery::Batch {
    std::vector<sinks::Record> records{};
    std::uint64_t last_seq = 0;
};

Delivery::Delivery(Executor executor, storage::Store& store, Clock& clock, config::Sink settings,
                   std::unique_ptr<sinks::Sink> sink)
    : store_{store},
      clock_{clock},
      settings_{std::move(settings)},
      sink_{std::move(sink)},
      alarm_{clock.alarm(executor)},
      dead_{store, clock, settings_.name},
      status_{.sink = settings_.name, .type = settings_.type} {}

void Delivery::drain() {
    draining_ = true;
    alarm_->ring();
}

void Delivery::reopen() {
    reopen_wanted_ = true;
    alarm_->ring();
}

void Delivery::replay_after(std::uint64_t seq) {
    replay_after_ = seq;
    alarm_->ring();
}

void Delivery::recount_dead() {
    dead_.forget_count();
    alarm_->ring();
}

DeliveryStatus Delivery::status() const {
    auto status = status_;
    if (status.error.empty() && refuses_all()) {
        status.error = "it refuses everything, which is kept as dead letters: " + refusal_;
    }
    status.dead = dead_.count();
    return status;
}

void Delivery::retry_dead() {
    retry_wanted_ = true;
    alarm_->ring();
}

bool Delivery::is_for_this_sink(std::string_view route) const {
    if (route.empty()) {
        return true;
    }
    auto const names = split(route, '\n');
    return std::find(names.begin(), names.end(), settings_.name) != names.end();
}

Task<void> Delivery::pause_after(Error error) {
    auto const& retry = settings_.retry;
    pause_ = pause_ == milliseconds{0} ? retry.base : std::max(std::min(pause_ * 2, retry.max), retry.base);
    if (status_.error.empty()) {
        log::error("A sink takes nothing; its articles wait for it",
                   {{"sink", settings_.name}, {"reason", error.message()}, {"next", in_words(pause_)}});
    }
    status_.error = error.message();
    co_await alarm_->wait_until(clock_.steady_now() + pause_);
}

Task<Result<void>> Delivery::move_to(storage::Cursor next) {
    auto const old = cursor_;
    auto const moved = co_await store_.advance(settings_.name, old, next);
    if (!moved) {
        co_return moved.error();
    }
    cursor_ = std::move(next);
    status_.delivered = cursor_.seq;
    co_return Result<void>{};
}

// Takes the sink back to what is stored, which may be more than we know of: a cursor that was moved though
// the store said otherwise.  A position of the sink's own that is new is stored before anything is written
// behind it, else a crash would leave lines that nobody knows of.
Task<Result<void>> Delivery::open_sink() {
    auto stored = co_await store_.cursor(settings_.name);
    if (!stored) {
        co_return stored.error();
    }
    cursor_ = std::move(*stored);
    auto position = co_await sink_->open(cursor_.position);
    if (!position) {
        co_return position.error();
    }
    if (*position != cursor_.position) {
        storage::Cursor next{.seq = cursor_.seq, .position = std::move(*position)};
        auto const moved = co_await move_to(std::move(next));
        if (!moved) {
            co_return moved.error();
        }
    }
    status_.delivered = cursor_.seq;
    in_doubt_ = false;
    co_return Result<void>{};
}

// False when draining ends before the sink can be opened.
Task<bool> Delivery::open() {
    for (;;) {
        auto const opened = co_await open_sink();
        if (opened) {
            co_return true;
        }
        co_await pause_after(opened.error());
        if (draining_) {
            co_return false;
        }
    }
}

Task<Result<Delivery::Batch>> Delivery::next_batch() {
    auto entries = co_await store_.read(cursor_.seq, kMaxBatchRecords, kMaxBatchBytes);
    if (!entries) {
        co_return entries.error();
    }
    Batch batch{.last_seq = cursor_.seq};
    if (!entries->empty() && entries->front().seq > cursor_.seq + 1) {
        auto const last = entries->front().seq - 1;
        log::error("A sink missed articles that the log no longer holds",
                   {{"sink", settings_.name}, {"first", cursor_.seq + 1}, {"last", last}});
        batch.records.push_back(
            {.seq = last, .json = gap_json(cursor_.seq + 1, last, clock_.now(), store_.log())});
    }
    auto const most = std::max<std::size_t>(sink_->batch_max(), 1);
    for (auto const& entry : *entries) {
        if (batch.records.size() >= most) {
            break;
        }
        batch.last_seq = entry.seq;
        if (is_for_this_sink(entry.route)) {
            batch.records.push_back({.seq = entry.seq, .json = record_json(entry, store_.log())});
        }
    }
    co_return std::move(batch);
}

Task<Result<void>> Delivery::hand_over(Batch batch) {
    auto const count = batch.records.size();
    storage::Cursor next{.seq = batch.last_seq, .position = cursor_.position};
    if (count > 0) {
        auto prepared = sink_->prepare(batch.records);
        if (prepared && *prepared != cursor_.position) {
            storage::Cursor here{.seq = cursor_.seq, .position = std::move(*prepared)};
            auto const stored = co_await move_to(std::move(here));
            if (!stored) {
                co_return stored.error();
            }
        }
        auto position = co_await sink_->deliver(std::move(batch.records));
        if (position) {
            take_refused(count);
        }
        dead_.add(sink_->take_refused());
        auto const stored = co_await dead_.store_all();
        if (!position || !stored) {
            co_return !position ? position.error() : stored.error();
        }
        next.position = std::move(*position);
    }
    auto const moved = co_await move_to(std::move(next));
    if (!moved) {
        co_return moved.error();
    }
    status_.count += count;
    co_return Result<void>{};
}

Task<Result<void>> Delivery::rewind() {
    auto const target = *replay_after_;
    storage::Cursor next{.seq = target, .position = cursor_.position};
    auto const moved = co_await move_to(std::move(next));
    if (!moved) {
        co_return moved.error();
    }
    replay_after_.reset();
    log::info("A sink gets articles again, from the log", {{"sink", settings_.name}, {"after", target}});
    co_return co_await open_sink();
}

// Asked to reopen while it reopens, it does so once more: the file may have been renamed in between.
Task<Result<void>> Delivery::reopen_now() {
    reopen_wanted_ = false;
    auto position = co_await sink_->reopen();
    if (!position) {
        reopen_wanted_ = true;
        co_return position.error();
    }
    storage::Cursor next{.seq = cursor_.seq, .position = std::move(*position)};
    auto const moved = co_await move_to(std::move(next));
    if (!moved) {
        reopen_wanted_ = true;
        co_return moved.error();
    }
    co_return Result<void>{};
}

// What the operator wants, in the order in which it makes sense; nothing, mostly.
Task<Result<void>> Delivery::do_what_was_asked() {
    if (in_doubt_) {
        auto const taken_back = co_await open_sink();
        if (!taken_back) {
            co_return taken_back.error();
        }
    }
    if (reopen_wanted_) {
        auto const reopened = co_await reopen_now();
        if (!reopened) {
            co_return reopened.error();
        }
    }
    if (replay_after_) {
        auto const rewound = co_await rewind();
        if (!rewound) {
            co_return rewound.error();
        }
    }
    co_return co_await dead_.recount();
}

// A receiver that is gone (410) wants no more, and asking on would be rude.  Its articles wait for it as long
// as the log holds them.
Task<void> Delivery::wait_for_the_operator() {
    status_.disabled = true;
    status_.error = sinks::make_error_code(sinks::errc::receiver_gone).message();
    log::error("A sink's receiver is gone for good (410); it is left alone until a reload or a restart",
               {{"sink", settings_.name}});
    while (!reopen_wanted_ && !draining_) {
        co_await alarm_->wait_until(SteadyTime::max());
    }
    status_.disabled = false;
}

Task<void> Delivery::wait_for_more() {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (store_.wait_for_article(cursor_.seq) || alarm_->wait_until(SteadyTime::max()));
}

Task<void> Delivery::run() {
    if (!co_await open()) {
        co_return;
    }
    for (;;) {
        Error error;
        bool nothing_left = false;
        auto const ready = co_await do_what_was_asked();
        error = ready ? Error{} : ready.error();
        if (!error) {
            auto batch = co_await next_batch();
            if (!batch) {
                error = batch.error();
            } else if (batch->last_seq == cursor_.seq) {
                nothing_left = true;
            } else {
                auto const delivered = co_await hand_over(std::move(*batch));
                error = delivered ? Error{} : delivered.error();
            }
        }
        if (error == storage::errc::closed) {
            co_return;
        }
        if (!error && nothing_left && retry_wanted_) {
            auto const retried = co_await try_dead_again();
            error = retried ? Error{} : retried.error();
        }
        if (error) {
            in_doubt_ = true;
        }
        if (error == sinks::errc::receiver_gone) {
            co_await wait_for_the_operator();
            if (draining_) {
                co_return;
            }
            continue;
        }
        if (error) {
            co_await pause_after(error);
            continue;
        }
        if (!std::exchange(status_.error, {}).empty() && !refuses_all()) {
            log::info("The sink takes articles again", {{"sink", settings_.name}});
        }
        pause_ = {};
        if (nothing_left) {
            if (draining_) {
                co_return;
            }
            co_await wait_for_more();
        }
    }
}

}  // namespace newswired::daemon

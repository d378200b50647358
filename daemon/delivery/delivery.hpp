// Delivery to one sink: reads the outbox behind the sink's cursor and hands over what is there, in order.
//
// Every sink has a delivery of its own, so that a slow or dead one holds up neither the others nor the
// polling.  What a sink does not take is tried again with growing pauses, for ever; the cursor moves only
// behind what it took.

#pragma once

#include "core/alarm.hpp"
#include "core/clock.hpp"
#include "core/task.hpp"
#include "daemon/delivery/dead_letters.hpp"
#include "sinks/sink.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace newswired::daemon {

/// What `status` shows of a sink.
struct DeliveryStatus {
    std::string sink{};
    std::string type{};
    std::uint64_t delivered = 0;  ///< last article the sink has
    std::uint64_t count = 0;      ///< articles delivered since the start
    std::string error{};          ///< why it does not get on just now; empty: it does
    bool disabled = false;        ///< its receiver is gone; tried again after a reload or a restart
    std::size_t dead = 0;         ///< articles that it refused for good and that are kept
};

class Delivery {
  public:
    /// `store` and `clock` outlive the delivery.
    Delivery(Executor executor, storage::Store& store, Clock& clock, config::Sink settings,
             std::unique_ptr<sinks::Sink> sink);

    /// Delivers until drain() was called and the sink has everything, or until the task is cancelled.
    Task<void> run();

    /// Ends run() when there is nothing left to deliver.  The sinks' articles must all be committed.
    void drain();
    /// Delivers again from behind article `seq`, in the sink's turn.
    void replay_after(std::uint64_t seq);
    /// Tries the sink's dead letters again, once it gets on.
    void retry_dead();
    /// Some dead letters were dropped.
    void recount_dead();
    /// Opens the sink's files anew before the next batch (SIGHUP).
    void reopen();

    DeliveryStatus status() const;
    std::uint64_t cursor() const { return cursor_.seq; }
    config::Sink const& settings() const { return settings_; }

  private:
    struct Batch;

    Task<bool> open();
    Task<Result<void>> open_sink();
    Task<Result<Batch>> next_batch();
    Task<Result<void>> hand_over(Batch batch);
    void take_refused(std::size_t of);
    bool refuses_all() const;
    Task<Result<void>> reopen_now();
    Task<Result<void>> do_what_was_asked();
    Task<Result<void>> rewind();
    Task<Result<void>> try_dead_again();
    Task<Result<void>> try_again(storage::DeadLetter letter);
    Task<Result<void>> move_to(storage::Cursor next);
    Task<void> wait_for_the_operator();
    Task<void> wait_for_more();
    Task<void> pause_after(Error error);
    bool is_for_this_sink(std::string_view route) const;

    storage::Store& store_;
    Clock& clock_;
    config::Sink settings_;
    std::unique_ptr<sinks::Sink> sink_;
    std::unique_ptr<Alarm> alarm_;
    DeadLetters dead_;
    storage::Cursor cursor_;
    DeliveryStatus status_;
    milliseconds pause_{};
    bool in_doubt_ = false;             // the sink may have more than is stored: to be opened anew
    std::size_t refused_in_a_row_ = 0;  // articles; what was taken ends the row
    std::string refusal_{};             // the last one's reason
    bool draining_ = false;
    bool reopen_wanted_ = false;
    std::optional<std::uint64_t> replay_after_;
    bool retry_wanted_ = false;
};

}  // namespace newswired::daemon

// The contract of a sink: a place where articles go.
//
// Delivery (daemon/delivery/delivery.hpp) reads the outbox and calls deliver() with the next records, one
// batch at a time and in order.  A sink may be given a batch twice (after a crash, or when it failed
// half-way); it never loses one in silence.  Call order:  (open (prepare deliver | reopen)*)*.  One file and
// one line in sinks.inc add a sink.

#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "core/task.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {
class Client;
}

namespace newswired {
class WorkerPool;
class Clock;
}  // namespace newswired

namespace newswired::sinks {

/// One article as a sink gets it.
struct Record {
    std::uint64_t seq = 0;
    std::string json{};  ///< one JSON object on one line, without a line end
};

/// What a sink may use; all of it outlives the sink.
struct Services {
    http::Client& client;
    WorkerPool& workers;  ///< for calls that block
    Clock& clock;
    std::string log{};  ///< name of this life of the state
};

/// An article that the receiver refused for good.
struct Refused {
    Record record{};
    std::string reason{};  ///< what it answered
};

class Sink {
  public:
    virtual ~Sink() = default;

    /// How many records the sink takes at a time, at most.
    virtual std::size_t batch_max() const { return 1000; }

    /// Called before deliver() with the same records: the position that is to be stored before they are
    /// tried, for a sink whose second try must be the same as its first, even after a crash.  None: the last
    /// one stands.
    virtual std::optional<std::string> prepare(std::span<Record const> /*records*/) { return {}; }

    /// Records that deliver() left out because they are refused for good, since the last call.  They are kept
    /// as dead letters before the position moves on.
    virtual std::vector<Refused> take_refused() { return {}; }

    /// Makes the sink ready to go on after `position`, its own part of the cursor as it was last stored
    /// (empty at first).  Whatever was written after that position is undone where the sink can.  Returns the
    /// position that is to be stored before the first deliver().  May be called again at any time, to take
    /// back what was not stored.
    virtual Task<Result<std::string>> open(std::string position) = 0;

    /// Takes all of `records` (ascending seq, not empty), durably, and returns its new position.
    /// On an error none counts as delivered: the same records come again later.
    virtual Task<Result<std::string>> deliver(std::vector<Record> records) = 0;

    /// Opens files anew (SIGHUP), for log rotation from outside.  Returns the position then, as deliver().
    virtual Task<Result<std::string>> reopen() = 0;
};

/// Makes the sink that `settings.type` names; null for a type that is not built.
std::unique_ptr<Sink> make_sink(config::Sink const& settings, Services services);

/// Whether sinks.inc has that type.
bool is_built(std::string_view type);

}  // namespace newswired::sinks

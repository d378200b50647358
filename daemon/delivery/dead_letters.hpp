// The dead letters of one sink: articles that it refused for good, kept with what its receiver answered,
// until the operator has them tried again or drops them.

#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "sinks/sink.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace newswired::daemon {

class DeadLetters {
  public:
    /// Of one sink, at most: a receiver that refuses more has a fault that more letters do not explain
    /// better.
    static constexpr std::size_t kMax = 10'000;

    /// `store` and `clock` outlive it.
    DeadLetters(storage::Store& store, Clock& clock, std::string sink)
        : store_{store}, clock_{clock}, sink_{std::move(sink)} {}

    /// Takes over what the sink refused; it is stored by the next store_all().  `earlier` counts the attempts
    /// before this one.
    void add(std::vector<sinks::Refused> refused, std::uint32_t earlier = 0);
    /// Stores what was added, loudly.  What could not be stored is kept for the next call.
    Task<Result<void>> store_all();

    /// The sink's next letter after `after`; none when there is no more.
    Task<Result<std::vector<storage::DeadLetter>>> next(std::uint64_t after) const;
    /// The sink has taken it after all.
    Task<Result<void>> remove(std::uint64_t seq);

    /// Counts those that are stored, when that is not known.
    Task<Result<void>> recount();
    void forget_count() { is_counted_ = false; }
    std::size_t count() const { return count_; }

  private:
    struct Added {
        sinks::Refused refused{};
        std::uint32_t earlier = 0;
    };

    storage::Store& store_;
    Clock& clock_;
    std::string sink_;
    std::vector<Added> added_;
    std::size_t count_ = 0;
    bool is_counted_ = false;
};

}  // namespace newswired::daemon

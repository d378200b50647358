// A sink that takes, refuses or dawdles as the test says, and remembers what it was given.

#pragma once

#include "core/clock.hpp"
#include "sinks/errors.hpp"
#include "sinks/sink.hpp"

#include <boost/system/errc.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace newswired::test {

/// What a test says to a sink and hears from it; outlives the sinks that follow it.
struct SinkScript {
    /// Deliveries that fail, from now on; kForEver: all of them.
    static constexpr std::size_t kForEver = std::size_t(-1);
    std::size_t refusals = 0;
    std::size_t refused_openings = 0;
    bool is_gone = false;              ///< says so at each delivery
    std::set<std::uint64_t> poison{};  ///< records that it refuses for good
    std::size_t batch_max = 1000;
    bool prepares = false;    ///< wants "prepared N" stored before it tries record N
    milliseconds slowness{};  ///< how long a delivery and a reopening take

    std::vector<sinks::Record> taken{};
    std::vector<SteadyTime> attempts{};  ///< when each delivery was tried
    std::vector<std::string> opened{};   ///< the positions that it was opened with
    std::size_t reopened = 0;
    std::size_t made = 0;

    std::vector<std::uint64_t> seqs() const {
        std::vector<std::uint64_t> all;
        for (auto const& record : taken) {
            all.push_back(record.seq);
        }
        return all;
    }
};

/// Its position is the number of the last record it took, and it keeps what is behind it: at least once.
class ScriptedSink final : public sinks::Sink {
  public:
    ScriptedSink(SinkScript& script, Clock& clock) : script_{script}, clock_{clock} { ++script_.made; }

    Task<Result<std::string>> open(std::string position) override {
        script_.opened.push_back(position);
        if (consume(script_.refused_openings)) {
            co_return refusal();
        }
        co_return position.empty() ? std::string{"0"} : std::move(position);
    }

    std::size_t batch_max() const override { return script_.batch_max; }
    std::optional<std::string> prepare(std::span<sinks::Record const> records) override {
        return script_.prepares ? std::optional{"prepared " + std::to_string(records.front().seq)}
                                : std::nullopt;
    }
    std::vector<sinks::Refused> take_refused() override { return std::exchange(refused_, {}); }

    Task<Result<std::string>> deliver(std::vector<sinks::Record> records) override {
        script_.attempts.push_back(clock_.steady_now());
        if (script_.slowness > milliseconds{0}) {
            co_await clock_.sleep_for(script_.slowness);
        }
        if (script_.is_gone) {
            co_return make_error_code(sinks::errc::receiver_gone);
        }
        if (consume(script_.refusals)) {
            co_return refusal();
        }
        auto position = std::to_string(records.back().seq);
        for (auto& record : records) {
            if (script_.poison.contains(record.seq)) {
                refused_.push_back({.record = std::move(record), .reason = "poison"});
            } else {
                script_.taken.push_back(std::move(record));
            }
        }
        co_return std::move(position);
    }

    Task<Result<std::string>> reopen() override {
        if (script_.slowness > milliseconds{0}) {
            co_await clock_.sleep_for(script_.slowness);
        }
        ++script_.reopened;
        co_return std::string{"reopened"};
    }

  private:
    static bool consume(std::size_t& count) {
        if (count == 0) {
            return false;
        }
        count -= count == SinkScript::kForEver ? 0 : 1;
        return true;
    }
    static Error refusal() { return make_error_code(boost::system::errc::connection_refused); }

    SinkScript& script_;
    Clock& clock_;
    std::vector<sinks::Refused> refused_;
};

}  // namespace newswired::test

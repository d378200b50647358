// What a sink needs around it: workers, a clock, a network, and a loop to run its tasks on.

#pragma once

#include "core/worker_pool.hpp"
#include "sinks/sink.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_client.hpp"
#include "tests/support/task_runner.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace newswired::test {

class SinkHost {
  public:
    std::unique_ptr<sinks::Sink> make(config::Sink const& settings) {
        return sinks::make_sink(settings,
                                {.client = client_, .workers = workers_, .clock = clock_, .log = "01jd8z"});
    }

    ScriptedClient& client() { return client_; }
    FakeClock& clock() { return clock_; }

    template <typename T>
    T run(Task<T> task) {
        return runner_.run(std::move(task));
    }

    /// Records first … last.
    static std::vector<sinks::Record> records(std::uint64_t first, std::uint64_t last) {
        std::vector<sinks::Record> all;
        for (auto seq = first; seq <= last; ++seq) {
            all.push_back({.seq = seq, .json = "{\"seq\":" + std::to_string(seq) + "}"});
        }
        return all;
    }

  private:
    ScriptedClient client_;
    WorkerPool workers_{1};
    FakeClock clock_;
    TaskRunner runner_;
};

}  // namespace newswired::test

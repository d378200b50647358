// What the tests of deliveries share: an outbox in memory, articles for it, and a clock turned by hand.

#pragma once

#include "core/spawn.hpp"
#include "core/task_group.hpp"
#include "storage/memory_store.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/scripted_sink.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace newswired::daemon {

class OutboxTest : public testing::Test {
  protected:
    using Seqs = std::vector<std::uint64_t>;

    explicit OutboxTest(storage::MemoryOptions options = {}) : options_{options} { open_store(); }

    void open_store() {
        store_.reset();
        store_ = storage::open_memory_store(options_, disk_, clock_).value();
    }

    /// first … last.
    static Seqs numbers(std::uint64_t first, std::uint64_t last) {
        Seqs all(last - first + 1);
        std::iota(all.begin(), all.end(), first);
        return all;
    }

    template <typename T>
    T run(Task<T> task) {
        std::optional<T> value;
        spawn(context_.get_executor(), keep_result(std::move(task), value), [](std::exception_ptr) {});
        let(milliseconds{0});
        if (!value) {
            throw std::logic_error{"the task never ended"};
        }
        return std::move(*value);
    }

    /// Lets everything that was spawned go on for `span`.
    void let(milliseconds span) {
        auto const end = clock_.steady_now() + span;
        clock_.run(context_, span);
        clock_.advance(std::chrono::ceil<milliseconds>(end - clock_.steady_now()));
        clock_.run(context_, milliseconds{0});
    }

    /// Commits `count` more articles; false when the outbox is full.
    bool publish(std::size_t count, std::string const& route = {}, std::string const& body = "\"feed\":{}") {
        storage::PollCommit poll{.feed = {1}, .at = clock_.now(), .route = route};
        for (std::size_t i = 0; i < count; ++i) {
            auto const name = std::to_string(++published_);
            storage::Candidate candidate{.key = article_key("feed", name), .body = body};
            candidate.hash[0] = static_cast<unsigned char>(published_);
            candidate.hash[1] = static_cast<unsigned char>(published_ >> 8);
            poll.items.push_back(std::move(candidate));
        }
        auto const receipt = run(store_->commit(std::move(poll)));
        return receipt.has_value();
    }

    storage::Cursor stored(std::string const& sink) { return run(store_->cursor(sink)).value(); }

    test::FakeClock clock_;
    storage::MemoryDisk disk_;
    storage::MemoryOptions options_;
    std::unique_ptr<storage::Store> store_;
    std::uint64_t published_ = 0;
    boost::asio::io_context context_{1};
};

}  // namespace newswired::daemon

// What the tests of every store's promises share.

#pragma once

#include "tests/storage/store_test.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace newswired::storage {

class StoreContractTest : public StoreTest {
  protected:
    /// Commits `count` articles of `bytes` each, in one poll.
    void commit_many(std::size_t count, std::size_t bytes = 10) {
        std::vector<Candidate> items;
        for (std::size_t i = 0; i < count; ++i) {
            auto const name = std::to_string(made_++);
            items.push_back(item(kFeedA, name, name + std::string(bytes - name.size(), '.')));
        }
        commit(kFeedA, std::move(items));
    }
    std::vector<std::uint64_t> numbers(std::uint64_t after = 0) {
        std::vector<std::uint64_t> found;
        for (auto const& entry : read(after)) {
            found.push_back(entry.seq);
        }
        return found;
    }

    PollCommit poll_with_gap(std::vector<Candidate> items) {
        auto batch = poll(kFeedA, std::move(items));
        batch.gap = Notice{.key = article_key("a", ""), .body = "gap"};
        return batch;
    }

  private:
    std::size_t made_ = 0;
};

inline std::vector<std::uint64_t> range(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> all(last - first + 1);
    std::iota(all.begin(), all.end(), first);
    return all;
}

}  // namespace newswired::storage

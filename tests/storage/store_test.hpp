// Tests that run on every store: where it is opened, broken, mended and opened again, and what is put into
// it.
//
//     class CursorTest : public StoreTest {};
//     INSTANTIATE_TEST_SUITE_P(Stores, CursorTest, every_store(), name_of_store);

#pragma once

#include "storage/memory_store.hpp"
#include "storage/rocks_store.hpp"
#include "storage/store.hpp"
#include "tests/storage/faulty_disk.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/task_runner.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace newswired::storage {

using test::TemporaryFolder;

/// What holds the state of a store while no store is open on it.
class Place {
  public:
    virtual ~Place() = default;
    virtual Result<std::unique_ptr<Store>> open(std::uint64_t outbox_max_bytes, Clock& clock) = 0;
    virtual void become(DiskState state) = 0;
};

class MemoryPlace final : public Place {
  public:
    Result<std::unique_ptr<Store>> open(std::uint64_t outbox_max_bytes, Clock& clock) override {
        return open_memory_store({.outbox_max_bytes = outbox_max_bytes}, disk_, clock);
    }
    void become(DiskState state) override {
        disk_.script([state](Operation operation, std::uint64_t) {
            if (operation != Operation::commit && operation != Operation::advance) {
                return Fault::none;
            }
            switch (state) {
                case DiskState::sound:
                    return Fault::none;
                case DiskState::full:
                    return Fault::no_space;
                case DiskState::cannot_sync:
                    return Fault::after;
            }
            return Fault::none;
        });
    }

  private:
    MemoryDisk disk_;
};

class RocksPlace final : public Place {
  public:
    explicit RocksPlace(std::size_t tail_bytes)
        : tail_bytes_{tail_bytes},
          disk_{std::make_shared<FaultyDisk>()},
          environment_{rocksdb::NewCompositeEnv(disk_)} {}

    Result<std::unique_ptr<Store>> open(std::uint64_t outbox_max_bytes, Clock& clock) override {
        return open_rocks_store({.path = folder_ / "state",
                                 .outbox_max_bytes = outbox_max_bytes,
                                 .tail_bytes = tail_bytes_,
                                 .environment = environment_.get()},
                                clock);
    }
    void become(DiskState state) override { disk_->become(state); }

  private:
    TemporaryFolder folder_;
    std::size_t tail_bytes_;
    std::shared_ptr<FaultyDisk> disk_;
    std::unique_ptr<rocksdb::Env> environment_;
};

enum class StoreKind { memory, rocks, rocks_without_tail };

inline std::unique_ptr<Place> make_place(StoreKind kind) {
    switch (kind) {
        case StoreKind::memory:
            return std::make_unique<MemoryPlace>();
        case StoreKind::rocks:
            return std::make_unique<RocksPlace>(std::size_t{1} << 20);
        case StoreKind::rocks_without_tail:
            return std::make_unique<RocksPlace>(std::size_t{0});
    }
    return {};
}

inline auto every_store() {
    return testing::Values(StoreKind::memory, StoreKind::rocks, StoreKind::rocks_without_tail);
}

inline std::string name_of_store(testing::TestParamInfo<StoreKind> const& info) {
    switch (info.param) {
        case StoreKind::memory:
            return "Memory";
        case StoreKind::rocks:
            return "Rocks";
        case StoreKind::rocks_without_tail:
            return "RocksWithoutTail";
    }
    return "";
}

inline constexpr FeedId kFeedA{0xA};
inline constexpr FeedId kFeedB{0xB};
inline constexpr std::uint64_t kNoLimit = 1 << 30;

/// An item of `feed` under `guid` that says `text`; `link` becomes its URL.
inline Candidate item(FeedId feed, std::string const& guid, std::string const& text,
                      std::string const& link = {}) {
    return {.key = article_key(std::to_string(feed.value), guid),
            .hash = sha256(text),
            .parts = {.text = std::uint32_t(xxh3(text))},
            .url_hash = link.empty() ? 0 : xxh3(link),
            .url = link,
            .body = text};
}

class StoreTest : public testing::TestWithParam<StoreKind> {
  protected:
    void SetUp() override { open(); }

    void open() {
        auto opened = place_->open(outbox_max_bytes_, clock_);
        ASSERT_TRUE(opened.has_value()) << opened.error().message();
        store_ = std::move(*opened);
    }
    void reopen() {
        store_.reset();
        open();
    }

    PollCommit poll(FeedId feed, std::vector<Candidate> items) const {
        return {.feed = feed,
                .site = feed.value,
                .at = clock_.now(),
                .next_poll = clock_.now() + std::chrono::hours{1},
                .state = "state",
                .items = std::move(items)};
    }

    Result<Receipt> try_commit(PollCommit poll) { return runner_.run(store_->commit(std::move(poll))); }
    Receipt commit(PollCommit poll) { return try_commit(std::move(poll)).value(); }
    Receipt commit(FeedId feed, std::vector<Candidate> items) { return commit(poll(feed, std::move(items))); }
    /// Of a poll with one item.
    Outcome outcome(PollCommit poll) { return commit(std::move(poll)).verdicts.at(0).outcome; }
    Outcome outcome(Candidate item) {
        std::vector<Candidate> items;
        items.push_back(std::move(item));
        return outcome(poll(kFeedA, std::move(items)));
    }

    std::vector<OutboxEntry> read(std::uint64_t after = 0, std::size_t max_count = 100'000,
                                  std::size_t max_bytes = kNoLimit) {
        return runner_.run(store_->read(after, max_count, max_bytes)).value();
    }
    std::vector<std::string> bodies(std::uint64_t after = 0) {
        std::vector<std::string> found;
        for (auto const& entry : read(after)) {
            found.emplace_back(entry.body.view());
        }
        return found;
    }
    Stats stats() { return runner_.run(store_->stats()).value(); }
    Cursor cursor(std::string sink) { return runner_.run(store_->cursor(std::move(sink))).value(); }
    Result<void> advance(std::string sink, std::uint64_t from, std::uint64_t to, std::string position = {}) {
        return runner_.run(
            store_->advance(std::move(sink), {.seq = from}, {.seq = to, .position = std::move(position)}));
    }
    Result<void> trim(TrimPolicy policy, std::vector<std::string> sinks) {
        return runner_.run(store_->trim(policy, std::move(sinks)));
    }

    std::uint64_t outbox_max_bytes_ = kNoLimit;
    newswired::test::FakeClock clock_;
    newswired::test::TaskRunner runner_;
    std::unique_ptr<Place> place_ = make_place(GetParam());
    std::unique_ptr<Store> store_;
};

}  // namespace newswired::storage

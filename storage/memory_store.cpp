#include "storage/memory_store.hpp"

#include "storage/keys.hpp"
#include "storage/ledger.hpp"
#include "storage/log_identity.hpp"
#include "storage/memory/state.hpp"
#include "storage/shelves/cursors.hpp"
#include "storage/shelves/dead_letters.hpp"
#include "storage/shelves/feeds.hpp"
#include "storage/shelves/known.hpp"
#include "storage/shelves/outbox.hpp"
#include "storage/tail.hpp"
#include "storage/trimming.hpp"
#include "storage/values.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::storage {
namespace {

class MemoryStore final : public Store {
  public:
    MemoryStore(MemoryOptions options, MemoryDisk& disk, Clock& clock)
        : options_{options}, disk_{disk.state()}, clock_{clock} {}
    ~MemoryStore() override;

    Result<void> open();

    std::string log() const override { return identity_.name; }
    Task<Result<std::vector<FeedRecord>>> feeds(std::vector<FeedId> ids) override;
    Task<Result<std::vector<DueTime>>> due_times(Glance glance) override;
    Task<Result<void>> remove_feeds(std::vector<FeedId> ids) override;
    Task<Result<std::vector<std::string>>> sites(std::vector<std::uint64_t> ids) override;
    Task<Result<Receipt>> commit(PollCommit poll) override;
    Task<Result<Receipt>> preview(PollCommit poll) override;
    Task<Result<std::vector<OutboxEntry>>> read(std::uint64_t after, std::size_t max_count,
                                                std::size_t max_bytes) override;
    Task<void> wait_for_article(std::uint64_t after) override;
    Task<Result<Cursor>> cursor(std::string sink) override;
    Task<Result<void>> advance(std::string sink, Cursor old, Cursor next) override;
    Task<Result<std::vector<SubscriptionRecord>>> subscriptions() override;
    Task<Result<void>> keep_subscription(SubscriptionRecord subscription) override;
    Task<Result<std::size_t>> add_dead(std::string sink, DeadLetter letter, std::size_t most) override;
    Task<Result<std::vector<DeadLetter>>> dead(std::string sink, std::uint64_t after,
                                               std::size_t max_count) override;
    Task<Result<void>> remove_dead(std::string sink, std::vector<std::uint64_t> seqs) override;
    Task<Result<std::vector<ItemRecord>>> items_by_url(std::uint64_t url_hash) override;
    Task<Result<void>> trim(TrimPolicy policy, std::vector<std::string> sinks) override;
    Task<Result<Stats>> stats() override;
    Task<Result<void>> flush() override;

  private:
    template <typename T, typename Work>
    Result<T> perform(Operation operation, Work work);
    Ledger open_ledger(LogEnds const& log) const;
    Result<Receipt> enter(PollCommit& poll);
    Result<void> drop_outlived(TrimPolicy const& policy, std::vector<std::string> const& sinks);

    MemoryOptions options_;
    MemoryDisk::State& disk_;
    Clock& clock_;
    LogIdentity identity_;
    std::optional<Tail> tail_;  // for its waiters; it holds no articles
    bool owns_disk_ = false;
};

Task<void> later() {
    auto const home = co_await boost::asio::this_coro::executor;
    boost::asio::use_awaitable_t<Executor> const token{};
    co_await boost::asio::post(home, token);
}

MemoryStore::~MemoryStore() {
    if (tail_) {
        tail_->close();
    }
    if (owns_disk_) {
        std::lock_guard const lock{disk_.mutex};
        disk_.is_open = false;
    }
}

Result<void> MemoryStore::open() {
    std::lock_guard const lock{disk_.mutex};
    if (disk_.is_open) {
        return errc::in_use;
    }
    if (auto const bytes = disk_.find(kDefault, meta_key("log"))) {
        auto identity = decode_log_identity(*bytes);
        if (!identity) {
            return identity.error();
        }
        identity_ = std::move(*identity);
    } else {
        identity_ = new_log_identity(clock_.now());
        (void)disk_.write({{.family = kDefault, .key = meta_key("log"), .value = encode(identity_)}}, true);
    }
    disk_.is_open = owns_disk_ = true;
    tail_.emplace(disk_.ends().last_seq, 0);
    return {};
}

// The work under the lock, with the fault that is planned for it.
template <typename T, typename Work>
Result<T> MemoryStore::perform(Operation operation, Work work) {
    std::lock_guard const lock{disk_.mutex};
    switch (disk_.next_fault(operation)) {
        case Fault::none:
            return work();
        case Fault::after:
            (void)work();
            return errc::unavailable;
        case Fault::before:
            return errc::unavailable;
        case Fault::full:
            return errc::full;
        case Fault::no_space:
            return errc::no_space;
    }
    return errc::unavailable;
}

Ledger MemoryStore::open_ledger(LogEnds const& log) const {
    auto const now = std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count();
    Lookup lookup = [this, now](std::string const& key) {
        auto value = disk_.find(kKnown, key);
        if (value && ends_at(*value) < now) {
            value.reset();
        }
        return value;
    };
    return {std::move(lookup), log.last_seq, log.total};
}

Result<Receipt> MemoryStore::enter(PollCommit& poll) {
    auto const before = disk_.ends();
    if (!poll.items.empty() && is_full(before, options_.outbox_max_bytes)) {
        return errc::full;
    }
    auto ledger = open_ledger(before);
    auto receipt = ledger.enter(poll);
    Batch batch;
    batch.push_back({kDefault, feed_key(poll.feed), encode_feed(poll.next_poll, poll.state)});
    if (poll.window) {
        batch.push_back({kDefault, window_key(poll.feed), *poll.window});
    }
    for (auto const& [key, value] : ledger.known()) {
        batch.push_back({kKnown, key, value});
    }
    auto& entries = ledger.entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        batch.push_back({kOutbox, outbox_key(entries[i].seq), encode(entries[i], ledger.totals()[i])});
    }
    (void)disk_.write(std::move(batch), !entries.empty());
    tail_->append(std::move(entries));
    return receipt;
}

Task<Result<Receipt>> MemoryStore::commit(PollCommit poll) {
    auto receipt = perform<Receipt>(Operation::commit, [&] { return enter(poll); });
    co_await later();
    co_return receipt;
}

Task<Result<Receipt>> MemoryStore::preview(PollCommit poll) {
    auto receipt = perform<Receipt>(Operation::preview, [&]() -> Result<Receipt> {
        auto ledger = open_ledger(disk_.ends());
        return ledger.enter(poll);
    });
    co_await later();
    co_return receipt;
}

Task<Result<std::vector<FeedRecord>>> MemoryStore::feeds(std::vector<FeedId> ids) {
    auto answer = perform<std::vector<FeedRecord>>(Operation::feeds, [&] { return read_feeds(disk_, ids); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<std::string>>> MemoryStore::sites(std::vector<std::uint64_t> ids) {
    auto answer = perform<std::vector<std::string>>(Operation::sites,
                                                    [&] { return read_sites(disk_, ids, clock_.now()); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<DueTime>>> MemoryStore::due_times(Glance glance) {
    auto answer =
        perform<std::vector<DueTime>>(Operation::due_times, [&] { return read_due_times(disk_, glance); });
    co_await later();
    co_return answer;
}

Task<Result<void>> MemoryStore::remove_feeds(std::vector<FeedId> ids) {
    auto answer = perform<void>(Operation::remove_feeds, [&] { return forget_feeds(disk_, ids); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<OutboxEntry>>> MemoryStore::read(std::uint64_t after, std::size_t max_count,
                                                         std::size_t max_bytes) {
    auto answer = perform<std::vector<OutboxEntry>>(
        Operation::read, [&] { return read_outbox(disk_, after, max_count, max_bytes); });
    co_await later();
    co_return answer;
}

Task<void> MemoryStore::wait_for_article(std::uint64_t after) {
    auto const answer = tail_->article_above(after);
    co_await answer.wait();
}

Task<Result<Cursor>> MemoryStore::cursor(std::string sink) {
    auto answer = perform<Cursor>(Operation::cursor, [&] { return read_cursor(disk_, sink); });
    co_await later();
    co_return answer;
}

Task<Result<void>> MemoryStore::advance(std::string sink, Cursor old, Cursor next) {
    auto answer = perform<void>(Operation::advance, [&] { return move_cursor(disk_, sink, old.seq, next); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<SubscriptionRecord>>> MemoryStore::subscriptions() {
    auto answer = perform<std::vector<SubscriptionRecord>>(Operation::subscriptions,
                                                           [&] { return read_subscriptions(disk_); });
    co_await later();
    co_return answer;
}

Task<Result<void>> MemoryStore::keep_subscription(SubscriptionRecord subscription) {
    auto answer = perform<void>(Operation::keep_subscription,
                                [&] { return storage::keep_subscription(disk_, std::move(subscription)); });
    co_await later();
    co_return answer;
}

Task<Result<std::size_t>> MemoryStore::add_dead(std::string sink, DeadLetter letter, std::size_t most) {
    auto answer =
        perform<std::size_t>(Operation::add_dead, [&] { return add_dead_letter(disk_, sink, letter, most); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<DeadLetter>>> MemoryStore::dead(std::string sink, std::uint64_t after,
                                                        std::size_t max_count) {
    auto answer = perform<std::vector<DeadLetter>>(
        Operation::dead, [&] { return read_dead_letters(disk_, sink, after, max_count); });
    co_await later();
    co_return answer;
}

Task<Result<void>> MemoryStore::remove_dead(std::string sink, std::vector<std::uint64_t> seqs) {
    auto answer =
        perform<void>(Operation::remove_dead, [&] { return remove_dead_letters(disk_, sink, seqs); });
    co_await later();
    co_return answer;
}

Task<Result<std::vector<ItemRecord>>> MemoryStore::items_by_url(std::uint64_t url_hash) {
    auto answer = perform<std::vector<ItemRecord>>(Operation::items_by_url,
                                                   [&] { return find_items(disk_, url_hash); });
    co_await later();
    co_return answer;
}

Result<void> MemoryStore::drop_outlived(TrimPolicy const& policy, std::vector<std::string> const& sinks) {
    auto const log = disk_.ends();
    auto const bound = read_by_all(disk_, sinks, log.last_seq);
    if (!bound) {
        return bound.error();
    }
    MarkOf const mark_of = [this](std::uint64_t seq) { return read_mark(disk_, seq); };
    auto const stay = first_to_stay(log, policy, *bound, clock_.now(), mark_of);
    if (!stay) {
        return stay.error();
    }
    Batch batch;
    for (auto seq = log.first_seq; seq < *stay; ++seq) {
        batch.push_back({.family = kOutbox, .key = outbox_key(seq)});
    }
    return disk_.write(std::move(batch), false);
}

Task<Result<void>> MemoryStore::trim(TrimPolicy policy, std::vector<std::string> sinks) {
    auto trimmed = perform<void>(Operation::trim, [&] { return drop_outlived(policy, sinks); });
    co_await later();
    co_return trimmed;
}

Task<Result<Stats>> MemoryStore::stats() {
    auto stats = perform<Stats>(Operation::stats, [&]() -> Result<Stats> {
        auto const log = disk_.ends();
        return Stats{.log = identity_.name,
                     .born = identity_.born,
                     .first_seq = log.first_seq,
                     .last_seq = log.last_seq,
                     .outbox_bytes = log.bytes};
    });
    co_await later();
    co_return stats;
}

Task<Result<void>> MemoryStore::flush() {
    auto flushed = perform<void>(Operation::flush, [&] { return disk_.write({}, true); });
    co_await later();
    co_return flushed;
}

}  // namespace

Result<std::unique_ptr<Store>> open_memory_store(MemoryOptions options, MemoryDisk& disk, Clock& clock) {
    auto store = std::make_unique<MemoryStore>(options, disk, clock);
    if (auto const opened = store->open(); !opened) {
        return opened.error();
    }
    return Result<std::unique_ptr<Store>>{std::move(store)};
}

}  // namespace newswired::storage

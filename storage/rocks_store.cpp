// Which thread does what: everything that is asked of the store is plain code elsewhere (rocks/, shelves/),
// and runs on the readers or in its turn on the commit thread.

#include "storage/rocks_store.hpp"

#include "core/worker_pool.hpp"
#include "storage/rocks/commit_thread.hpp"
#include "storage/rocks/database.hpp"
#include "storage/rocks/outbox_log.hpp"
#include "storage/rocks/writer.hpp"
#include "storage/shelves/cursors.hpp"
#include "storage/shelves/dead_letters.hpp"
#include "storage/shelves/feeds.hpp"
#include "storage/shelves/known.hpp"
#include "storage/shelves/outbox.hpp"
#include "storage/tail.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <utility>

namespace newswired::storage {
namespace {

class RocksStore final : public Store {
  public:
    RocksStore(RocksOptions const& options, Clock& clock)
        : clock_{clock},
          db_{options, clock},
          outbox_{db_},
          tail_{0, options.tail_bytes},
          writer_{db_, outbox_, tail_, clock, options.outbox_max_bytes},
          readers_{options.readers} {}
    ~RocksStore() override;

    Result<void> open();

    std::string log() const override { return outbox_.name(); }
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
    using Work = std::function<Result<void>()>;

    /// `work`, kept from a database that is being opened again meanwhile.
    template <typename Reading>
    auto reading(Reading work) const {
        return [this, work = std::move(work)] {
            std::shared_lock const lock{db_.mutex()};
            return work();
        };
    }
    /// In its turn on the commit thread, once the database takes writes.
    Task<Result<void>> write(Work work);

    Clock& clock_;
    RocksDb db_;
    OutboxLog outbox_;
    Tail tail_;
    Writer writer_;
    WorkerPool readers_;
    CommitThread commit_thread_;
};

RocksStore::~RocksStore() {
    commit_thread_.stop();
    tail_.close();
    readers_.stop();
}

Result<void> RocksStore::open() {
    if (auto const opened = db_.open(); !opened) {
        return opened;
    }
    if (auto const ready = outbox_.open(clock_.now()); !ready) {
        return ready;
    }
    if (outbox_.has_older_layout()) {
        if (auto const joined = join_states(db_); !joined) {
            return joined;
        }
        if (auto const noted = outbox_.note_layout(); !noted) {
            return noted;
        }
    }
    tail_.restart(outbox_.last_seq());
    commit_thread_.start([this](std::vector<PollCommit>& polls) { return writer_.commit(polls); });
    return {};
}

Task<Result<void>> RocksStore::write(Work work) {
    Work healed_work = [this, work = std::move(work)] {
        auto const healed = writer_.heal();
        return healed ? work() : healed;
    };
    co_return co_await commit_thread_.perform(std::move(healed_work));
}

Task<Result<Receipt>> RocksStore::commit(PollCommit poll) {
    return commit_thread_.commit(std::move(poll));
}

Task<Result<Receipt>> RocksStore::preview(PollCommit poll) {
    auto work = reading([this, &poll] { return writer_.preview(poll); });
    co_return co_await readers_.run(work);
}

Task<Result<std::vector<FeedRecord>>> RocksStore::feeds(std::vector<FeedId> ids) {
    auto work = reading([this, &ids] { return read_feeds(db_, ids); });
    co_return co_await readers_.run(work);
}

Task<Result<std::vector<DueTime>>> RocksStore::due_times(Glance glance) {
    auto work = reading([this, glance] { return read_due_times(db_, glance); });
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::remove_feeds(std::vector<FeedId> ids) {
    return write([this, ids = std::move(ids)] { return forget_feeds(db_, ids); });
}

Task<Result<std::vector<std::string>>> RocksStore::sites(std::vector<std::uint64_t> ids) {
    auto work = reading([this, &ids] { return read_sites(db_, ids, clock_.now()); });
    co_return co_await readers_.run(work);
}

Task<Result<std::vector<OutboxEntry>>> RocksStore::read(std::uint64_t after, std::size_t max_count,
                                                        std::size_t max_bytes) {
    auto from_memory = tail_.read(after, max_count, max_bytes);
    if (from_memory) {
        co_return std::move(*from_memory);
    }
    auto work = reading([=, this] { return read_outbox(db_, after, max_count, max_bytes); });
    co_return co_await readers_.run(work);
}

Task<void> RocksStore::wait_for_article(std::uint64_t after) {
    auto const answer = tail_.article_above(after);
    co_await answer.wait();
}

Task<Result<Cursor>> RocksStore::cursor(std::string sink) {
    auto work = reading([this, &sink] { return read_cursor(db_, sink); });
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::advance(std::string sink, Cursor old, Cursor next) {
    return write([this, sink = std::move(sink), old = old.seq, next = std::move(next)] {
        return move_cursor(db_, sink, old, next);
    });
}

Task<Result<std::vector<SubscriptionRecord>>> RocksStore::subscriptions() {
    auto work = reading([this] { return read_subscriptions(db_); });
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::keep_subscription(SubscriptionRecord subscription) {
    return write([this, subscription = std::move(subscription)] {
        return storage::keep_subscription(db_, subscription);
    });
}

Task<Result<std::size_t>> RocksStore::add_dead(std::string sink, DeadLetter letter, std::size_t most) {
    auto const surplus = std::make_shared<std::size_t>(0);  // the work may outlive a caller who is cancelled
    Work work = [this, surplus, sink = std::move(sink), letter = std::move(letter), most]() -> Result<void> {
        auto const added = add_dead_letter(db_, sink, letter, most);
        if (!added) {
            return added.error();
        }
        *surplus = *added;
        return {};
    };
    auto const added = co_await write(std::move(work));
    co_return added ? Result<std::size_t>{*surplus} : Result<std::size_t>{added.error()};
}

Task<Result<std::vector<DeadLetter>>> RocksStore::dead(std::string sink, std::uint64_t after,
                                                       std::size_t max_count) {
    auto work = reading([=, this, &sink] { return read_dead_letters(db_, sink, after, max_count); });
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::remove_dead(std::string sink, std::vector<std::uint64_t> seqs) {
    return write([this, sink = std::move(sink), seqs = std::move(seqs)] {
        return remove_dead_letters(db_, sink, seqs);
    });
}

Task<Result<std::vector<ItemRecord>>> RocksStore::items_by_url(std::uint64_t url_hash) {
    auto work = reading([this, url_hash] { return find_items(db_, url_hash); });
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::trim(TrimPolicy policy, std::vector<std::string> sinks) {
    return write([this, policy, sinks = std::move(sinks)]() -> Result<void> {
        auto const bound = read_by_all(db_, sinks, outbox_.last_seq());
        if (!bound) {
            return bound.error();
        }
        return outbox_.trim(policy, *bound, clock_.now());
    });
}

Task<Result<Stats>> RocksStore::stats() {
    co_return outbox_.stats();
}

Task<Result<void>> RocksStore::flush() {
    return write([this] { return db_.flush(); });
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocks_store(RocksOptions options, Clock& clock) {
    auto store = std::make_unique<RocksStore>(options, clock);
    if (auto const opened = store->open(); !opened) {
        return opened.error();
    }
    return Result<std::unique_ptr<Store>>{std::move(store)};
}

}  // namespace newswired::storage

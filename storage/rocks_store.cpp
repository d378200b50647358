#include "storage/rocks_store.hpp"

#include "core/completion.hpp"
#include "core/log.hpp"
#include "core/worker_pool.hpp"
#include "storage/keys.hpp"
#include "storage/ledger.hpp"
#include "storage/outbox_log.hpp"
#include "storage/rocks_db.hpp"
#include "storage/tail.hpp"
#include "storage/values.hpp"

#include <rocksdb/perf_level.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <utility>

namespace newswired::storage {
namespace {

constexpr std::size_t kMaxGroup = 64;  // polls in one batch: bounds what a crash makes us repeat

// A poll without articles is in no hurry: waking this thread and the poller's for each of them costs more
// than writing it, so that they are gathered for a moment.
constexpr milliseconds kGathering{3};

rocksdb::Slice slice(std::string_view bytes) {
    return {bytes.data(), bytes.size()};
}

class RocksStore final : public Store {
  public:
    RocksStore(RocksOptions options, Clock& clock)
        : options_{options}, clock_{clock}, db_{options, clock}, outbox_{db_}, readers_{options.readers} {}
    ~RocksStore() override;

    Result<void> open();

    std::string log() const override { return outbox_.name(); }
    Task<Result<std::vector<FeedRecord>>> feeds(std::vector<FeedId> ids) override;
    Task<Result<std::vector<DueTime>>> due_times() override;
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
    struct PollJob {
        PollCommit poll;
        Completion<Result<Receipt>> answer;
    };
    // Anything else that writes: runs alone on the commit thread, in its turn.
    struct OtherJob {
        std::function<Result<void>()> work;
        Completion<Result<void>> answer;
    };
    struct Queues {
        std::deque<PollJob> polls;
        std::deque<OtherJob> others;
        bool urgent = false;  // articles among the polls, or anything else
        bool empty() const { return polls.empty() && others.empty(); }
        bool can_wait() const { return !urgent && polls.size() < kMaxGroup; }
    };

    void commit_thread();
    Queues wait_for_jobs();
    void commit_group(std::deque<PollJob> polls);
    void refuse_when_full(std::deque<PollJob>& polls);
    Result<std::vector<Receipt>> write_group(std::deque<PollJob>& polls);
    Result<void> heal();
    Task<Result<void>> on_commit_thread(std::function<Result<void>()> work);
    Result<Cursor> read_cursor(std::string const& sink);
    Result<std::vector<ItemRecord>> find_items(std::uint64_t url_hash);
    Result<void> write_noting(rocksdb::WriteBatch& batch, bool sync);
    using Visit = std::function<bool(std::string_view key, std::string_view value)>;
    Result<void> visit(std::string const& from, std::string const& prefix, Visit const& visitor);

    RocksOptions options_;
    Clock& clock_;
    RocksDb db_;
    OutboxLog outbox_;
    std::unique_ptr<Tail> tail_;
    WorkerPool readers_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Queues queues_;
    bool closing_ = false;
    bool broken_ = false;  // the last write failed: reopen before the next
    std::thread thread_;
};

RocksStore::~RocksStore() {
    {
        std::lock_guard const lock{mutex_};
        closing_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
    if (tail_) {
        tail_->close();
    }
    readers_.stop();
}

Result<void> RocksStore::open() {
    if (auto const opened = db_.open(); !opened) {
        return opened;
    }
    if (auto const ready = outbox_.open(clock_.now()); !ready) {
        return ready;
    }
    tail_ = std::make_unique<Tail>(outbox_.last_seq(), options_.tail_bytes);
    thread_ = std::thread{[this] { commit_thread(); }};
    return {};
}

RocksStore::Queues RocksStore::wait_for_jobs() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return closing_ || !queues_.empty(); });
    wake_.wait_for(lock, kGathering, [&] { return closing_ || !queues_.can_wait(); });
    queues_.urgent = false;
    Queues taken;
    taken.others.swap(queues_.others);
    while (!queues_.polls.empty() && taken.polls.size() < kMaxGroup) {
        taken.polls.push_back(std::move(queues_.polls.front()));
        queues_.polls.pop_front();
    }
    return taken;
}

void RocksStore::commit_thread() {
    // Its counters of comparisons cost as much as the comparisons.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    for (;;) {
        auto jobs = wait_for_jobs();
        if (jobs.empty()) {
            return;  // closing, and everything is written
        }
        if (!jobs.polls.empty()) {
            commit_group(std::move(jobs.polls));
        }
        for (auto& job : jobs.others) {
            auto const healed = heal();
            job.answer.fulfil(healed ? job.work() : healed);
        }
    }
}

// After a full disk: RocksDB refuses every further write until it is opened again.
Result<void> RocksStore::heal() {
    if (!broken_) {
        return {};
    }
    // A database that can't be opened again can't be read either, and sinks still have articles to take.
    if (db_.is_open() && !db_.has_room_to_reopen()) {
        return errc::no_space;
    }
    if (auto const opened = db_.reopen(); !opened) {
        return errc::unavailable;
    }
    if (auto const ready = outbox_.reopen(); !ready) {
        return errc::unavailable;
    }
    // A write that failed may be on the disk nevertheless (its sync failed): the log is then longer than the
    // tail knows.
    tail_->restart(outbox_.last_seq());
    broken_ = false;
    log::info("The state can be written again");
    return {};
}

// Polls that bring articles while the outbox is full get their answer; those without go on.
void RocksStore::refuse_when_full(std::deque<PollJob>& polls) {
    if (!is_full(outbox_.ends(), options_.outbox_max_bytes)) {
        return;
    }
    std::erase_if(polls, [](PollJob const& job) {
        auto const refused = !job.poll.items.empty();
        if (refused) {
            job.answer.fulfil(errc::full);
        }
        return refused;
    });
}

void RocksStore::commit_group(std::deque<PollJob> polls) {
    refuse_when_full(polls);
    if (polls.empty()) {
        return;
    }
    auto receipts = write_group(polls);
    for (std::size_t i = 0; i < polls.size(); ++i) {
        if (receipts) {
            polls[i].answer.fulfil(std::move((*receipts)[i]));
        } else {
            polls[i].answer.fulfil(receipts.error());
        }
    }
}

// What is known, as the ledger asks for it: what a group will look up is fetched in one go.
class Known {
  public:
    Known(RocksDb& db, std::vector<std::string> keys, SystemTime now);

    std::optional<std::string> get(std::string const& key);
    /// False when something that was asked for could not be read: what was decided then is worth nothing.
    bool readable() const { return readable_; }

  private:
    RocksDb& db_;
    std::unordered_map<std::string, std::optional<std::string>> fetched_;
    std::uint32_t now_;
    bool readable_ = true;
};

// Those of the keys that could be read, with their values.
std::unordered_map<std::string, std::optional<std::string>> prefetch(RocksDb& db,
                                                                     std::vector<std::string> keys) {
    std::unordered_map<std::string, std::optional<std::string>> found;
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (auto const& key : keys) {
        slices.push_back(slice(key));
    }
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    if (!keys.empty()) {
        db.db().MultiGet(rocksdb::ReadOptions{}, db.family(kKnown), keys.size(), slices.data(), values.data(),
                         statuses.data());
    }
    found.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (statuses[i].ok()) {
            found[std::move(keys[i])] = values[i].ToString();
        } else if (statuses[i].IsNotFound()) {
            found[std::move(keys[i])] = std::nullopt;
        }
    }
    return found;
}

// About how large a group's batch gets: else it grows by copying itself, and it is megabytes of articles.
template <typename Jobs>
std::size_t room_for(Jobs const& polls) {
    constexpr std::size_t kPerPoll = 1024;
    constexpr std::size_t kPerItem = 768;
    std::size_t room = 0;
    for (auto const& job : polls) {
        room += kPerPoll + job.poll.state.size() + (job.poll.window ? job.poll.window->size() : 0);
        for (auto const& item : job.poll.items) {
            room += kPerItem + item.url.size() + item.body.size();
        }
    }
    return room;
}

using KnownEntries = std::unordered_map<std::string, std::string>;

// The entries by their keys: what is near in the memtable goes into it one after the other, and each finds
// its place a step from the last one's (RocksDb's hints) instead of from the top.
std::vector<KnownEntries::value_type const*> in_key_order(KnownEntries const& entries) {
    struct Place {
        std::array<std::uint64_t, 2> begin;  // the first bytes of the key, which part nearly all
        KnownEntries::value_type const* entry;
    };
    std::vector<Place> places;
    places.reserve(entries.size());
    for (auto const& entry : entries) {
        auto const key = std::string_view{entry.first};
        places.push_back({{number_at(key), number_at(key.substr(8))}, &entry});
    }
    std::sort(places.begin(), places.end(), [](Place const& a, Place const& b) { return a.begin < b.begin; });
    std::vector<KnownEntries::value_type const*> sorted;
    sorted.reserve(places.size());
    for (auto const& place : places) {
        sorted.push_back(place.entry);
    }
    return sorted;
}

Known::Known(RocksDb& db, std::vector<std::string> keys, SystemTime now)
    : db_{db},
      fetched_{prefetch(db, std::move(keys))},
      now_{std::uint32_t(std::chrono::floor<seconds>(now.time_since_epoch()).count())} {}

std::optional<std::string> Known::get(std::string const& key) {
    std::optional<std::string> value;
    if (auto const place = fetched_.find(key); place != fetched_.end()) {
        value = place->second;
    } else {
        std::string bytes;
        auto const status = db_.db().Get(rocksdb::ReadOptions{}, db_.family(kKnown), slice(key), &bytes);
        readable_ = readable_ && (status.ok() || status.IsNotFound());
        if (status.ok()) {
            value = std::move(bytes);
        }
    }
    if (value && ends_at(*value) < now_) {
        value.reset();
    }
    return value;
}

Result<std::vector<Receipt>> RocksStore::write_group(std::deque<PollJob>& polls) {
    if (auto const healed = heal(); !healed) {
        return healed.error();
    }
    std::vector<std::string> keys;
    for (auto const& job : polls) {
        Ledger::append_keys(job.poll, keys);
    }
    Known known{db_, std::move(keys), clock_.now()};
    Lookup const lookup = [&known](std::string const& key) { return known.get(key); };
    Ledger ledger{lookup, outbox_.last_seq(), outbox_.total()};
    std::vector<Receipt> receipts;
    rocksdb::WriteBatch batch{room_for(polls)};
    for (auto& job : polls) {
        receipts.push_back(ledger.enter(job.poll));
        batch.Put(db_.family(kDefault), state_key(job.poll.feed), job.poll.state);
        batch.Put(db_.family(kDefault), due_key(job.poll.feed), encode(job.poll.next_poll));
        if (job.poll.window) {
            batch.Put(db_.family(kDefault), window_key(job.poll.feed), *job.poll.window);
        }
    }
    if (!known.readable()) {
        return errc::unavailable;
    }
    for (auto const* const entry : in_key_order(ledger.known())) {
        batch.Put(db_.family(kKnown), entry->first, entry->second);
    }
    outbox_.append(batch, ledger.entries(), ledger.totals());
    auto const written = db_.write(batch, !ledger.entries().empty());
    if (!written) {
        broken_ = true;
        return written.error();
    }
    outbox_.wrote(ledger.last_seq(), ledger.total());
    if (!ledger.entries().empty()) {
        tail_->append(std::move(ledger.entries()));
    }
    return receipts;
}

Task<Result<Receipt>> RocksStore::commit(PollCommit poll) {
    Completion<Result<Receipt>> answer;
    bool taken = false;
    bool wake = false;
    {
        std::lock_guard const lock{mutex_};
        if (!closing_) {
            auto const was_empty = queues_.empty();
            queues_.urgent = queues_.urgent || !poll.items.empty();
            queues_.polls.push_back({std::move(poll), answer});
            wake = was_empty || !queues_.can_wait();
            taken = true;
        }
    }
    if (!taken) {
        co_return errc::closed;
    }
    if (wake) {
        wake_.notify_one();
    }
    co_return co_await answer.wait();
}

Task<Result<Receipt>> RocksStore::preview(PollCommit poll) {
    auto work = [this, &poll]() -> Result<Receipt> {
        std::shared_lock const lock{db_.mutex()};
        if (!db_.is_open()) {
            return errc::unavailable;
        }
        std::vector<std::string> keys;
        Ledger::append_keys(poll, keys);
        Known known{db_, std::move(keys), clock_.now()};
        Lookup const lookup = [&known](std::string const& key) { return known.get(key); };
        Ledger ledger{lookup, outbox_.last_seq(), outbox_.total()};
        auto receipt = ledger.enter(poll);
        if (!known.readable()) {
            return errc::unavailable;
        }
        return receipt;
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::on_commit_thread(std::function<Result<void>()> work) {
    Completion<Result<void>> answer;
    bool taken = false;
    {
        std::lock_guard const lock{mutex_};
        if (!closing_) {
            queues_.others.push_back({std::move(work), answer});
            queues_.urgent = true;
            taken = true;
        }
    }
    if (!taken) {
        co_return errc::closed;
    }
    wake_.notify_one();
    co_return co_await answer.wait();
}

Task<Result<std::vector<FeedRecord>>> RocksStore::feeds(std::vector<FeedId> ids) {
    auto work = [this, &ids]() -> Result<std::vector<FeedRecord>> {
        std::shared_lock const lock{db_.mutex()};
        std::vector<std::string> keys;
        for (auto const id : ids) {
            keys.push_back(state_key(id));
            keys.push_back(window_key(id));
        }
        std::vector<rocksdb::Slice> slices;
        for (auto const& key : keys) {
            slices.push_back(slice(key));
        }
        std::vector<rocksdb::PinnableSlice> values(keys.size());
        std::vector<rocksdb::Status> statuses(keys.size());
        if (!db_.is_open()) {
            return errc::unavailable;
        }
        db_.db().MultiGet(rocksdb::ReadOptions{}, db_.family(kDefault), keys.size(), slices.data(),
                          values.data(), statuses.data());
        std::vector<FeedRecord> records(ids.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (!statuses[i].ok() && !statuses[i].IsNotFound()) {
                return RocksDb::error_of(statuses[i]);
            }
            auto& field = i % 2 == 0 ? records[i / 2].state : records[i / 2].window;
            field.assign(values[i].data(), values[i].size());
        }
        return records;
    };
    co_return co_await readers_.run(work);
}

Task<Result<std::vector<std::string>>> RocksStore::sites(std::vector<std::uint64_t> ids) {
    auto work = [this, &ids]() -> Result<std::vector<std::string>> {
        std::shared_lock const lock{db_.mutex()};
        if (!db_.is_open()) {
            return errc::unavailable;
        }
        auto const now = std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count();
        std::vector<std::string> memories;
        for (auto const id : ids) {
            std::string bytes;
            auto const status =
                db_.db().Get(rocksdb::ReadOptions{}, db_.family(kKnown), slice(site_key(id)), &bytes);
            if (!status.ok() && !status.IsNotFound()) {
                return RocksDb::error_of(status);
            }
            auto const lives = status.ok() && ends_at(bytes) >= now;
            memories.push_back(lives ? decode_site(bytes).value_or("") : "");
        }
        return memories;
    };
    co_return co_await readers_.run(work);
}

Task<Result<std::vector<DueTime>>> RocksStore::due_times() {
    auto work = [this]() -> Result<std::vector<DueTime>> {
        std::shared_lock const lock{db_.mutex()};
        if (!db_.is_open()) {
            return errc::unavailable;
        }
        std::vector<DueTime> times;
        rocksdb::ReadOptions options;
        options.fill_cache = false;
        std::unique_ptr<rocksdb::Iterator> const place{db_.db().NewIterator(options, db_.family(kDefault))};
        for (place->Seek("d"); place->Valid() && place->key().starts_with("d"); place->Next()) {
            auto const key = place->key();
            auto const value = place->value();
            auto const due = decode_time({value.data(), value.size()});
            if (key.size() == 9 && due) {
                times.push_back({.feed = {number_at({key.data() + 1, 8})}, .next_poll = *due});
            }
        }
        if (!place->status().ok()) {
            return RocksDb::error_of(place->status());
        }
        return times;
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::remove_feeds(std::vector<FeedId> ids) {
    std::function<Result<void>()> work = [this, ids = std::move(ids)] {
        rocksdb::WriteBatch batch;
        for (auto const id : ids) {
            batch.Delete(db_.family(kDefault), state_key(id));
            batch.Delete(db_.family(kDefault), window_key(id));
            batch.Delete(db_.family(kDefault), due_key(id));
        }
        auto const written = db_.write(batch, false);
        broken_ = broken_ || !written;
        return written;
    };
    co_return co_await on_commit_thread(std::move(work));
}

Task<Result<std::vector<OutboxEntry>>> RocksStore::read(std::uint64_t after, std::size_t max_count,
                                                        std::size_t max_bytes) {
    auto from_memory = tail_->read(after, max_count, max_bytes);
    if (from_memory) {
        co_return std::move(*from_memory);
    }
    auto work = [this, after, max_count, max_bytes] {
        std::shared_lock const lock{db_.mutex()};
        return outbox_.read(after, max_count, max_bytes);
    };
    co_return co_await readers_.run(work);
}

Task<void> RocksStore::wait_for_article(std::uint64_t after) {
    auto const answer = tail_->article_above(after);
    co_await answer.wait();
}

Result<Cursor> RocksStore::read_cursor(std::string const& sink) {
    if (!db_.is_open()) {
        return errc::unavailable;
    }
    std::string bytes;
    auto const status =
        db_.db().Get(rocksdb::ReadOptions{}, db_.family(kDefault), slice(cursor_key(sink)), &bytes);
    if (status.IsNotFound()) {
        return Cursor{};
    }
    if (!status.ok()) {
        return RocksDb::error_of(status);
    }
    auto cursor = decode_cursor(bytes);
    if (!cursor) {
        return errc::corrupt;
    }
    return std::move(*cursor);
}

Task<Result<Cursor>> RocksStore::cursor(std::string sink) {
    auto work = [this, &sink] {
        std::shared_lock const lock{db_.mutex()};
        return read_cursor(sink);
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::advance(std::string sink, Cursor old, Cursor next) {
    std::function<Result<void>()> work = [this, sink = std::move(sink), old = old.seq,
                                          next = std::move(next)]() -> Result<void> {
        auto const current = read_cursor(sink);
        if (!current) {
            return current.error();
        }
        if (current->seq != old) {
            return errc::conflict;
        }
        rocksdb::WriteBatch batch;
        batch.Put(db_.family(kDefault), cursor_key(sink), encode(next));
        auto const written = db_.write(batch, false);
        broken_ = broken_ || !written;
        return written;
    };
    co_return co_await on_commit_thread(std::move(work));
}

Result<void> RocksStore::write_noting(rocksdb::WriteBatch& batch, bool sync) {
    auto const written = db_.write(batch, sync);
    broken_ = broken_ || !written;
    return written;
}

// Keys of family "default" from `from` on that begin with `prefix`, until the visitor has enough.
Result<void> RocksStore::visit(std::string const& from, std::string const& prefix, Visit const& visitor) {
    if (!db_.is_open()) {
        return errc::unavailable;
    }
    std::unique_ptr<rocksdb::Iterator> const place{
        db_.db().NewIterator(rocksdb::ReadOptions{}, db_.family(kDefault))};
    for (place->Seek(from); place->Valid() && place->key().starts_with(prefix); place->Next()) {
        auto const key = place->key();
        auto const value = place->value();
        if (!visitor({key.data(), key.size()}, {value.data(), value.size()})) {
            break;
        }
    }
    return place->status().ok() ? Result<void>{} : RocksDb::error_of(place->status());
}

Task<Result<std::vector<SubscriptionRecord>>> RocksStore::subscriptions() {
    auto work = [this]() -> Result<std::vector<SubscriptionRecord>> {
        std::shared_lock const lock{db_.mutex()};
        std::vector<SubscriptionRecord> records;
        auto const take = [&records](std::string_view key, std::string_view value) {
            if (key.size() == 9) {
                records.push_back({.feed = {number_at(key.substr(1))}, .bytes = std::string{value}});
            }
            return true;
        };
        auto const visited = visit("h", "h", take);
        return visited ? Result<std::vector<SubscriptionRecord>>{std::move(records)} : visited.error();
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::keep_subscription(SubscriptionRecord subscription) {
    std::function<Result<void>()> work = [this, subscription = std::move(subscription)] {
        rocksdb::WriteBatch batch;
        auto const key = subscription_key(subscription.feed);
        if (subscription.bytes.empty()) {
            batch.Delete(db_.family(kDefault), key);
        } else {
            batch.Put(db_.family(kDefault), key, subscription.bytes);
        }
        return write_noting(batch, false);
    };
    co_return co_await on_commit_thread(std::move(work));
}

Task<Result<std::size_t>> RocksStore::add_dead(std::string sink, DeadLetter letter, std::size_t most) {
    auto const surplus = std::make_shared<std::size_t>(0);  // the work may outlive a caller who is cancelled
    std::function<Result<void>()> work = [this, surplus, sink = std::move(sink), letter = std::move(letter),
                                          most]() -> Result<void> {
        auto const own = dead_key(sink, letter.seq);
        std::vector<std::string> keys{own};
        auto const take = [&](std::string_view key, std::string_view) {
            if (key != own) {
                keys.emplace_back(key);
            }
            return true;
        };
        auto const visited = visit(dead_prefix(sink), dead_prefix(sink), take);
        if (!visited) {
            return visited;
        }
        std::sort(keys.begin(), keys.end());
        *surplus = keys.size() - std::min(keys.size(), most);
        rocksdb::WriteBatch batch;
        batch.Put(db_.family(kDefault), own, encode(letter));
        for (std::size_t i = 0; i < *surplus; ++i) {
            batch.Delete(db_.family(kDefault), keys[i]);
        }
        return write_noting(batch, true);
    };
    auto const added = co_await on_commit_thread(std::move(work));
    co_return added ? Result<std::size_t>{*surplus} : Result<std::size_t>{added.error()};
}

Task<Result<std::vector<DeadLetter>>> RocksStore::dead(std::string sink, std::uint64_t after,
                                                       std::size_t max_count) {
    auto work = [this, &sink, after, max_count]() -> Result<std::vector<DeadLetter>> {
        std::shared_lock const lock{db_.mutex()};
        std::vector<DeadLetter> letters;
        auto const prefix = dead_prefix(sink);
        auto const take = [&](std::string_view key, std::string_view value) {
            if (letters.size() == max_count) {
                return false;
            }
            auto const seq = number_at(key.substr(prefix.size()));
            if (auto letter = decode_dead(seq, value); letter && seq > after) {
                letters.push_back(std::move(*letter));
            }
            return true;
        };
        auto const visited = visit(dead_key(sink, after), prefix, take);
        return visited ? Result<std::vector<DeadLetter>>{std::move(letters)} : visited.error();
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::remove_dead(std::string sink, std::vector<std::uint64_t> seqs) {
    std::function<Result<void>()> work = [this, sink = std::move(sink), seqs = std::move(seqs)] {
        rocksdb::WriteBatch batch;
        for (auto const seq : seqs) {
            batch.Delete(db_.family(kDefault), dead_key(sink, seq));
        }
        return write_noting(batch, false);
    };
    co_return co_await on_commit_thread(std::move(work));
}

Result<std::vector<ItemRecord>> RocksStore::find_items(std::uint64_t url_hash) {
    if (!db_.is_open()) {
        return errc::unavailable;
    }
    std::vector<ItemRecord> records;
    auto const prefix = url_key(url_hash, FeedId{}).substr(0, 9);
    std::unique_ptr<rocksdb::Iterator> const place{
        db_.db().NewIterator(rocksdb::ReadOptions{}, db_.family(kKnown))};
    for (place->Seek(prefix); place->Valid() && place->key().starts_with(prefix); place->Next()) {
        FeedId const feed{number_at({place->key().data() + 9, 8})};
        auto const link = decode_url({place->value().data(), place->value().size()});
        std::string bytes;
        if (!link || !db_.db()
                          .Get(rocksdb::ReadOptions{}, db_.family(kKnown), item_key(feed, link->key), &bytes)
                          .ok()) {
            continue;
        }
        if (auto const item = decode_item(bytes)) {
            records.push_back(record_of(feed, link->key, *item));
        }
    }
    return records;
}

Task<Result<std::vector<ItemRecord>>> RocksStore::items_by_url(std::uint64_t url_hash) {
    auto work = [this, url_hash] {
        std::shared_lock const lock{db_.mutex()};
        return find_items(url_hash);
    };
    co_return co_await readers_.run(work);
}

Task<Result<void>> RocksStore::trim(TrimPolicy policy, std::vector<std::string> sinks) {
    std::function<Result<void>()> work = [this, policy, sinks = std::move(sinks)]() -> Result<void> {
        auto bound = outbox_.last_seq();
        for (auto const& sink : sinks) {
            auto const cursor = read_cursor(sink);
            if (!cursor) {
                return cursor.error();
            }
            bound = std::min(bound, cursor->seq);
        }
        auto const trimmed = outbox_.trim(policy, bound, clock_.now());
        broken_ = broken_ || !trimmed;
        return trimmed;
    };
    co_return co_await on_commit_thread(std::move(work));
}

Task<Result<Stats>> RocksStore::stats() {
    co_return outbox_.stats();
}

Task<Result<void>> RocksStore::flush() {
    std::function<Result<void>()> work = [this] { return db_.flush(); };
    co_return co_await on_commit_thread(std::move(work));
}

}  // namespace

Result<std::unique_ptr<Store>> open_rocks_store(RocksOptions options, Clock& clock) {
    auto store = std::make_unique<RocksStore>(std::move(options), clock);
    if (auto const opened = store->open(); !opened) {
        return opened.error();
    }
    return Result<std::unique_ptr<Store>>{std::move(store)};
}

}  // namespace newswired::storage

#include "storage/memory_store.hpp"

#include "storage/keys.hpp"
#include "storage/ledger.hpp"
#include "storage/log_identity.hpp"
#include "storage/tail.hpp"
#include "storage/trimming.hpp"
#include "storage/values.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::storage {
namespace {

enum Family : std::size_t { kDefault, kKnown, kOutbox, kFamilies };

using Table = std::map<std::string, std::string>;

struct Change {
    Family family;
    std::string key;
    std::optional<std::string> value;  // none: delete
};

using Batch = std::vector<Change>;

}  // namespace

struct MemoryDisk::State {
    mutable std::mutex mutex;
    std::array<Table, kFamilies> tables;
    std::vector<Change> undo;  // newest last: what brings the last synced state back
    std::array<std::deque<Fault>, std::size_t(Operation::flush) + 1> planned;
    Script script;
    std::uint64_t operations = 0;
    bool is_open = false;

    Fault next_fault(Operation operation);
    std::optional<std::string> get(Family family, std::string const& key) const;
    void write(Batch batch, bool sync);

  private:
    std::optional<std::string> apply(Change change);
};

Fault MemoryDisk::State::next_fault(Operation operation) {
    ++operations;
    auto& queue = planned[std::size_t(operation)];
    if (!queue.empty()) {
        auto const fault = queue.front();
        queue.pop_front();
        return fault;
    }
    return script ? script(operation, operations) : Fault::none;
}

std::optional<std::string> MemoryDisk::State::get(Family family, std::string const& key) const {
    auto const place = tables[family].find(key);
    return place == tables[family].end() ? std::nullopt : std::optional{place->second};
}

// Returns what was there before.
std::optional<std::string> MemoryDisk::State::apply(Change change) {
    auto before = get(change.family, change.key);
    if (change.value) {
        tables[change.family][std::move(change.key)] = std::move(*change.value);
    } else {
        tables[change.family].erase(change.key);
    }
    return before;
}

void MemoryDisk::State::write(Batch batch, bool sync) {
    for (auto& change : batch) {
        auto const family = change.family;
        auto key = change.key;
        auto before = apply(std::move(change));
        undo.push_back({.family = family, .key = std::move(key), .value = std::move(before)});
    }
    // One log file holds everything in order: a sync takes along what was written before it.
    if (sync) {
        undo.clear();
    }
}

MemoryDisk::MemoryDisk() : state_{std::make_unique<State>()} {}
MemoryDisk::~MemoryDisk() = default;

void MemoryDisk::fail_next(Operation operation, Fault fault) {
    std::lock_guard const lock{state_->mutex};
    state_->planned[std::size_t(operation)].push_back(fault);
}

void MemoryDisk::script(Script script) {
    std::lock_guard const lock{state_->mutex};
    state_->script = std::move(script);
}

std::uint64_t MemoryDisk::operations() const {
    std::lock_guard const lock{state_->mutex};
    return state_->operations;
}

void MemoryDisk::cut_power() {
    std::lock_guard const lock{state_->mutex};
    assert(!state_->is_open);
    for (auto change = state_->undo.rbegin(); change != state_->undo.rend(); ++change) {
        auto& table = state_->tables[change->family];
        if (change->value) {
            table[change->key] = std::move(*change->value);
        } else {
            table.erase(change->key);
        }
    }
    state_->undo.clear();
}

namespace {

class MemoryStore final : public Store {
  public:
    MemoryStore(MemoryOptions options, MemoryDisk& disk, Clock& clock)
        : options_{options}, disk_{disk.state()}, clock_{clock} {}
    ~MemoryStore() override;

    Result<void> open();

    std::string log() const override { return identity_.name; }
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
    template <typename T, typename Work>
    Result<T> perform(Operation operation, Work work);
    Ledger open_ledger(LogEnds const& log) const;
    Result<Receipt> enter(PollCommit& poll);
    Result<Cursor> read_cursor(std::string const& sink) const;
    Result<Mark> mark(std::uint64_t seq) const;
    LogEnds ends() const;
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
    if (auto const bytes = disk_.get(kDefault, meta_key("log"))) {
        auto identity = decode_log_identity(*bytes);
        if (!identity) {
            return identity.error();
        }
        identity_ = std::move(*identity);
    } else {
        identity_ = new_log_identity(clock_.now());
        disk_.write({{.family = kDefault, .key = meta_key("log"), .value = encode(identity_)}}, true);
    }
    disk_.is_open = owns_disk_ = true;
    tail_.emplace(ends().last_seq, 0);
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

Result<Mark> MemoryStore::mark(std::uint64_t seq) const {
    auto const bytes = disk_.get(kOutbox, outbox_key(seq));
    auto const entry = bytes ? decode_entry(seq, *bytes) : std::nullopt;
    if (!entry) {
        return errc::corrupt;
    }
    return Mark{.time = entry->time, .total = *decode_total(*bytes), .bytes = entry->body.size()};
}

LogEnds MemoryStore::ends() const {
    auto const& log = disk_.tables[kOutbox];
    if (log.empty()) {
        return {};
    }
    auto const first = mark(number_at(log.begin()->first));
    auto const last = mark(number_at(log.rbegin()->first));
    return {.first_seq = number_at(log.begin()->first),
            .last_seq = number_at(log.rbegin()->first),
            .total = last->total,
            .bytes = last->total - first->total + first->bytes};
}

Ledger MemoryStore::open_ledger(LogEnds const& log) const {
    auto const now = std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count();
    Lookup lookup = [this, now](std::string const& key) {
        auto value = disk_.get(kKnown, key);
        if (value && ends_at(*value) < now) {
            value.reset();
        }
        return value;
    };
    return {std::move(lookup), log.last_seq, log.total};
}

Result<Receipt> MemoryStore::enter(PollCommit& poll) {
    auto const before = ends();
    if (!poll.items.empty() && is_full(before, options_.outbox_max_bytes)) {
        return errc::full;
    }
    auto ledger = open_ledger(before);
    auto receipt = ledger.enter(poll);
    Batch batch;
    batch.push_back({kDefault, state_key(poll.feed), poll.state});
    batch.push_back({kDefault, due_key(poll.feed), encode(poll.next_poll)});
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
    disk_.write(std::move(batch), !entries.empty());
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
        auto ledger = open_ledger(ends());
        return ledger.enter(poll);
    });
    co_await later();
    co_return receipt;
}

Task<Result<std::vector<FeedRecord>>> MemoryStore::feeds(std::vector<FeedId> ids) {
    using Records = std::vector<FeedRecord>;
    auto records = perform<Records>(Operation::feeds, [&]() -> Result<Records> {
        Records found;
        for (auto const id : ids) {
            found.push_back({.state = disk_.get(kDefault, state_key(id)).value_or(""),
                             .window = disk_.get(kDefault, window_key(id)).value_or("")});
        }
        return found;
    });
    co_await later();
    co_return records;
}

Task<Result<std::vector<std::string>>> MemoryStore::sites(std::vector<std::uint64_t> ids) {
    using Memories = std::vector<std::string>;
    auto memories = perform<Memories>(Operation::sites, [&]() -> Result<Memories> {
        auto const now = std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count();
        Memories found;
        for (auto const id : ids) {
            auto const bytes = disk_.get(kKnown, site_key(id));
            found.push_back(bytes && ends_at(*bytes) >= now ? decode_site(*bytes).value_or("") : "");
        }
        return found;
    });
    co_await later();
    co_return memories;
}

Task<Result<std::vector<DueTime>>> MemoryStore::due_times() {
    using Times = std::vector<DueTime>;
    auto times = perform<Times>(Operation::due_times, [&]() -> Result<Times> {
        Times found;
        auto const& table = disk_.tables[kDefault];
        for (auto place = table.lower_bound("d"); place != table.end() && place->first[0] == 'd'; ++place) {
            auto const due = decode_time(place->second);
            found.push_back({.feed = {number_at(std::string_view{place->first}.substr(1))},
                             .next_poll = due.value_or(SystemTime{})});
        }
        return found;
    });
    co_await later();
    co_return times;
}

Task<Result<void>> MemoryStore::remove_feeds(std::vector<FeedId> ids) {
    auto removed = perform<void>(Operation::remove_feeds, [&]() -> Result<void> {
        Batch batch;
        for (auto const id : ids) {
            for (auto& key : {state_key(id), window_key(id), due_key(id)}) {
                batch.push_back({kDefault, key, std::nullopt});
            }
        }
        disk_.write(std::move(batch), false);
        return {};
    });
    co_await later();
    co_return removed;
}

Task<Result<std::vector<OutboxEntry>>> MemoryStore::read(std::uint64_t after, std::size_t max_count,
                                                         std::size_t max_bytes) {
    using Entries = std::vector<OutboxEntry>;
    auto entries = perform<Entries>(Operation::read, [&]() -> Result<Entries> {
        Entries found;
        std::size_t bytes = 0;
        auto const& log = disk_.tables[kOutbox];
        for (auto place = log.upper_bound(outbox_key(after)); place != log.end() && found.size() < max_count;
             ++place) {
            auto entry = decode_entry(number_at(place->first), place->second);
            if (!entry) {
                return errc::corrupt;
            }
            bytes += entry->body.size();
            if (!found.empty() && bytes > max_bytes) {
                break;
            }
            found.push_back(std::move(*entry));
        }
        return found;
    });
    co_await later();
    co_return entries;
}

Task<void> MemoryStore::wait_for_article(std::uint64_t after) {
    auto const answer = tail_->article_above(after);
    co_await answer.wait();
}

Result<Cursor> MemoryStore::read_cursor(std::string const& sink) const {
    auto const bytes = disk_.get(kDefault, cursor_key(sink));
    if (!bytes) {
        return Cursor{};
    }
    auto cursor = decode_cursor(*bytes);
    return cursor ? Result<Cursor>{std::move(*cursor)} : Result<Cursor>{errc::corrupt};
}

Task<Result<Cursor>> MemoryStore::cursor(std::string sink) {
    auto cursor = perform<Cursor>(Operation::cursor, [&] { return read_cursor(sink); });
    co_await later();
    co_return cursor;
}

Task<Result<void>> MemoryStore::advance(std::string sink, Cursor old, Cursor next) {
    auto moved = perform<void>(Operation::advance, [&]() -> Result<void> {
        auto const current = read_cursor(sink);
        if (!current) {
            return current.error();
        }
        if (current->seq != old.seq) {
            return errc::conflict;
        }
        disk_.write({{kDefault, cursor_key(sink), encode(next)}}, false);
        return {};
    });
    co_await later();
    co_return moved;
}

Task<Result<std::vector<SubscriptionRecord>>> MemoryStore::subscriptions() {
    using Records = std::vector<SubscriptionRecord>;
    auto records = perform<Records>(Operation::subscriptions, [&]() -> Result<Records> {
        Records found;
        auto const& table = disk_.tables[kDefault];
        for (auto place = table.lower_bound("h"); place != table.end() && place->first[0] == 'h'; ++place) {
            found.push_back(
                {.feed = {number_at(std::string_view{place->first}.substr(1))}, .bytes = place->second});
        }
        return found;
    });
    co_await later();
    co_return records;
}

Task<Result<void>> MemoryStore::keep_subscription(SubscriptionRecord subscription) {
    auto kept = perform<void>(Operation::keep_subscription, [&]() -> Result<void> {
        auto value = subscription.bytes.empty() ? std::nullopt : std::optional{subscription.bytes};
        disk_.write({{kDefault, subscription_key(subscription.feed), std::move(value)}}, false);
        return {};
    });
    co_await later();
    co_return kept;
}

Task<Result<std::size_t>> MemoryStore::add_dead(std::string sink, DeadLetter letter, std::size_t most) {
    auto added = perform<std::size_t>(Operation::add_dead, [&]() -> Result<std::size_t> {
        disk_.write({{kDefault, dead_key(sink, letter.seq), encode(letter)}}, true);
        auto const& table = disk_.tables[kDefault];
        auto const prefix = dead_prefix(sink);
        std::vector<std::string> keys;
        for (auto place = table.lower_bound(prefix); place != table.end() && place->first.starts_with(prefix);
             ++place) {
            keys.push_back(place->first);
        }
        auto const surplus = keys.size() - std::min(keys.size(), most);
        for (std::size_t i = 0; i < surplus; ++i) {
            disk_.write({{kDefault, keys[i], std::nullopt}}, true);
        }
        return surplus;
    });
    co_await later();
    co_return added;
}

Task<Result<std::vector<DeadLetter>>> MemoryStore::dead(std::string sink, std::uint64_t after,
                                                        std::size_t max_count) {
    using Letters = std::vector<DeadLetter>;
    auto letters = perform<Letters>(Operation::dead, [&]() -> Result<Letters> {
        Letters found;
        auto const& table = disk_.tables[kDefault];
        auto const prefix = dead_prefix(sink);
        for (auto place = table.upper_bound(dead_key(sink, after));
             place != table.end() && place->first.starts_with(prefix) && found.size() < max_count; ++place) {
            auto letter =
                decode_dead(number_at(std::string_view{place->first}.substr(prefix.size())), place->second);
            if (letter) {
                found.push_back(std::move(*letter));
            }
        }
        return found;
    });
    co_await later();
    co_return letters;
}

Task<Result<void>> MemoryStore::remove_dead(std::string sink, std::vector<std::uint64_t> seqs) {
    auto removed = perform<void>(Operation::remove_dead, [&]() -> Result<void> {
        Batch batch;
        for (auto const seq : seqs) {
            batch.push_back({kDefault, dead_key(sink, seq), std::nullopt});
        }
        disk_.write(std::move(batch), false);
        return {};
    });
    co_await later();
    co_return removed;
}

Task<Result<std::vector<ItemRecord>>> MemoryStore::items_by_url(std::uint64_t url_hash) {
    using Records = std::vector<ItemRecord>;
    auto records = perform<Records>(Operation::items_by_url, [&]() -> Result<Records> {
        Records found;
        auto const prefix = url_key(url_hash, FeedId{}).substr(0, 9);
        auto const& known = disk_.tables[kKnown];
        for (auto place = known.lower_bound(prefix); place != known.end() && place->first.starts_with(prefix);
             ++place) {
            FeedId const feed{number_at(std::string_view{place->first}.substr(9))};
            auto const link = decode_url(place->second);
            auto const bytes = link ? disk_.get(kKnown, item_key(feed, link->key)) : std::nullopt;
            if (auto const item = bytes ? decode_item(*bytes) : std::nullopt) {
                found.push_back(record_of(feed, link->key, *item));
            }
        }
        return found;
    });
    co_await later();
    co_return records;
}

Result<void> MemoryStore::drop_outlived(TrimPolicy const& policy, std::vector<std::string> const& sinks) {
    auto const log = ends();
    auto bound = log.last_seq;
    for (auto const& sink : sinks) {
        auto const cursor = read_cursor(sink);
        if (!cursor) {
            return cursor.error();
        }
        bound = std::min(bound, cursor->seq);
    }
    auto const stay = first_to_stay(log, policy, bound, clock_.now(), [this](auto seq) { return mark(seq); });
    if (!stay) {
        return stay.error();
    }
    Batch batch;
    for (auto seq = log.first_seq; seq < *stay; ++seq) {
        batch.push_back({kOutbox, outbox_key(seq), std::nullopt});
    }
    disk_.write(std::move(batch), false);
    return {};
}

Task<Result<void>> MemoryStore::trim(TrimPolicy policy, std::vector<std::string> sinks) {
    auto trimmed = perform<void>(Operation::trim, [&] { return drop_outlived(policy, sinks); });
    co_await later();
    co_return trimmed;
}

Task<Result<Stats>> MemoryStore::stats() {
    auto stats = perform<Stats>(Operation::stats, [&]() -> Result<Stats> {
        auto const log = ends();
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
    auto flushed = perform<void>(Operation::flush, [&]() -> Result<void> {
        disk_.write({}, true);
        return {};
    });
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

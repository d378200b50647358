#include "storage/rocks/writer.hpp"

#include "core/log.hpp"
#include "storage/errors.hpp"
#include "storage/keys.hpp"
#include "storage/ledger.hpp"
#include "storage/rocks/known.hpp"
#include "storage/trimming.hpp"
#include "storage/values.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace newswired::storage {
namespace {

// About how large a group's batch gets: else it grows by copying itself, and it is megabytes of articles.
std::size_t room_for(std::vector<PollCommit*> const& polls) {
    constexpr std::size_t kPerPoll = 1024;
    constexpr std::size_t kPerItem = 768;
    std::size_t room = 0;
    for (auto const* const poll : polls) {
        room += kPerPoll + poll->state.size() + (poll->window ? poll->window->size() : 0);
        for (auto const& item : poll->items) {
            room += kPerItem + item.url.size() + item.body.size();
        }
    }
    return room;
}

// The entries by their keys: what is near in the memtable goes into it one after the other, and each finds
// its place a step from the last one's (tuning.cpp's hints) instead of from the top.
std::vector<KnownEntry const*> in_key_order(std::vector<KnownEntry> const& entries) {
    struct Place {
        std::array<std::uint64_t, 2> begin;  // the first bytes of the key, which part nearly all
        KnownEntry const* entry;
    };
    std::vector<Place> places;
    places.reserve(entries.size());
    for (auto const& entry : entries) {
        auto const key = std::string_view{entry.key};
        places.push_back({{number_at(key), number_at(key.substr(8))}, &entry});
    }
    std::sort(places.begin(), places.end(), [](Place const& a, Place const& b) { return a.begin < b.begin; });
    std::vector<KnownEntry const*> sorted;
    sorted.reserve(places.size());
    for (auto const& place : places) {
        sorted.push_back(place.entry);
    }
    return sorted;
}

Lookup asking(Known& known) {
    return [&known](std::string const& key) { return known.get(key); };
}

// Key after key, as above: of the feeds' records there are more in the memtable than of anything else.
void put_feeds(RocksDb const& db, rocksdb::WriteBatch& batch, std::vector<PollCommit*> polls) {
    auto* const family = db.family(kDefault);
    // Stable: of two commits of one feed the second counts.
    std::stable_sort(polls.begin(), polls.end(),
                     [](PollCommit const* a, PollCommit const* b) { return a->feed.value < b->feed.value; });
    for (auto const* const poll : polls) {
        batch.Put(family, feed_key(poll->feed), encode_feed(poll->next_poll, poll->state));
    }
    for (auto const* const poll : polls) {
        if (poll->window) {
            batch.Put(family, window_key(poll->feed), *poll->window);
        }
    }
}

}  // namespace

// Polls that bring articles while the outbox is full are refused; those without go on.
std::vector<Result<Receipt>> Writer::commit(std::vector<PollCommit>& polls) {
    std::vector<Result<Receipt>> answers(polls.size(), errc::full);
    auto const full = is_full(outbox_.ends(), outbox_max_bytes_);
    std::vector<PollCommit*> taken;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < polls.size(); ++i) {
        if (!full || polls[i].items.empty()) {
            taken.push_back(&polls[i]);
            places.push_back(i);
        }
    }
    if (taken.empty()) {
        return answers;
    }
    auto receipts = write(taken);
    for (std::size_t i = 0; i < places.size(); ++i) {
        answers[places[i]] =
            receipts ? Result<Receipt>{std::move((*receipts)[i])} : Result<Receipt>{receipts.error()};
    }
    return answers;
}

Result<std::vector<Receipt>> Writer::write(std::vector<PollCommit*> const& polls) {
    if (auto const healed = heal(); !healed) {
        return healed.error();
    }
    std::vector<std::string> keys;
    for (auto const* const poll : polls) {
        Ledger::append_keys(*poll, keys);
    }
    Known known{db_, std::move(keys), clock_.now()};
    Ledger ledger{asking(known), outbox_.last_seq(), outbox_.total()};
    std::vector<Receipt> receipts;
    rocksdb::WriteBatch batch{room_for(polls)};
    for (auto* const poll : polls) {
        receipts.push_back(ledger.enter(*poll));
    }
    put_feeds(db_, batch, polls);
    if (!known.readable()) {
        return errc::unavailable;
    }
    for (auto const* const entry : in_key_order(ledger.known())) {
        batch.Put(db_.family(kKnown), entry->key, entry->value);
    }
    outbox_.append(batch, ledger.entries(), ledger.totals());
    if (auto const written = db_.write(batch, !ledger.entries().empty()); !written) {
        return written.error();
    }
    outbox_.wrote(ledger.last_seq(), ledger.total());
    if (!ledger.entries().empty()) {
        tail_.append(std::move(ledger.entries()));
    }
    return receipts;
}

Result<Receipt> Writer::preview(PollCommit& poll) const {
    if (!db_.is_open()) {
        return errc::unavailable;
    }
    std::vector<std::string> keys;
    Ledger::append_keys(poll, keys);
    Known known{db_, std::move(keys), clock_.now()};
    Ledger ledger{asking(known), outbox_.last_seq(), outbox_.total()};
    auto receipt = ledger.enter(poll);
    if (!known.readable()) {
        return errc::unavailable;
    }
    return receipt;
}

Result<void> Writer::heal() {
    if (!db_.is_broken()) {
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
    tail_.restart(outbox_.last_seq());
    db_.mended();
    log::info("The state can be written again");
    return {};
}

}  // namespace newswired::storage

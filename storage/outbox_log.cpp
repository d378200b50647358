#include "storage/outbox_log.hpp"

#include "core/bytes.hpp"
#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <memory>
#include <random>
#include <utility>

namespace newswired::storage {
namespace {

constexpr std::uint64_t kVersion = 1;

// A ULID (time and 80 random bits, Crockford's base 32, lower case): names sort by birth and never meet
// again.
std::string new_name(SystemTime now) {
    constexpr char kDigits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::string name(26, '0');
    auto time = std::uint64_t(now.time_since_epoch().count());
    for (int i = 9; i >= 0; --i, time >>= 5) {
        name[std::size_t(i)] = kDigits[time & 31];
    }
    std::random_device random;
    for (std::size_t i = 10; i < name.size(); ++i) {
        name[i] = kDigits[random() & 31];
    }
    return name;
}

rocksdb::Slice slice(std::string_view bytes) {
    return {bytes.data(), bytes.size()};
}

std::string_view view(rocksdb::Slice const& bytes) {
    return {bytes.data(), bytes.size()};
}

}  // namespace

Result<void> OutboxLog::open(SystemTime now) {
    if (auto const known = read_identity(now); !known) {
        return known;
    }
    return find_ends();
}

Result<void> OutboxLog::read_identity(SystemTime now) {
    std::string bytes;
    auto const status =
        db_.db().Get(rocksdb::ReadOptions{}, db_.family(kDefault), slice(meta_key("log")), &bytes);
    if (status.ok()) {
        ByteReader in{bytes};
        auto const version = in.varint();
        name_ = in.string();
        born_ = SystemTime{milliseconds{in.signed_varint()}};
        if (in.failed()) {
            return errc::corrupt;
        }
        return version > kVersion ? Result<void>{errc::wrong_version} : Result<void>{};
    }
    if (!status.IsNotFound()) {
        return RocksDb::error_of(status);
    }
    name_ = new_name(now);
    born_ = now;
    ByteWriter out{bytes};
    out.varint(kVersion);
    out.string(name_);
    out.signed_varint(born_.time_since_epoch().count());
    rocksdb::WriteBatch batch;
    batch.Put(db_.family(kDefault), meta_key("log"), bytes);
    return db_.write(batch, true);
}

Result<void> OutboxLog::find_ends() {
    std::unique_ptr<rocksdb::Iterator> const place{
        db_.db().NewIterator(rocksdb::ReadOptions{}, db_.family(kOutbox))};
    place->SeekToLast();
    if (!place->Valid()) {
        return place->status().ok() ? Result<void>{} : Result<void>{RocksDb::error_of(place->status())};
    }
    last_seq_ = number_at(view(place->key()));
    total_ = decode_total(view(place->value())).value_or(0);
    place->SeekToFirst();
    first_seq_ = number_at(view(place->key()));
    auto const first = mark(first_seq_);
    if (!first) {
        return first.error();
    }
    trimmed_ = first->total - first->bytes;
    return {};
}

Result<OutboxLog::Mark> OutboxLog::mark(std::uint64_t seq) const {
    rocksdb::PinnableSlice value;
    auto const status =
        db_.db().Get(rocksdb::ReadOptions{}, db_.family(kOutbox), slice(outbox_key(seq)), &value);
    if (!status.ok()) {
        return RocksDb::error_of(status);
    }
    auto const entry = decode_entry(seq, view(value));
    if (!entry) {
        return errc::corrupt;
    }
    return Mark{.time = entry->time, .total = *decode_total(view(value)), .bytes = entry->body.size()};
}

Stats OutboxLog::stats() const {
    return {
        .log = name_, .born = born_, .first_seq = first_seq_, .last_seq = last_seq_, .outbox_bytes = bytes()};
}

void OutboxLog::append(rocksdb::WriteBatch& batch, std::vector<OutboxEntry> const& entries,
                       std::vector<std::uint64_t> const& totals) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        batch.Put(db_.family(kOutbox), outbox_key(entries[i].seq), encode(entries[i], totals[i]));
    }
}

void OutboxLog::wrote(std::uint64_t last_seq, std::uint64_t total) {
    last_seq_ = last_seq;
    total_ = total;
}

Result<std::vector<OutboxEntry>> OutboxLog::read(std::uint64_t after, std::size_t max_count,
                                                 std::size_t max_bytes) const {
    if (!db_.is_open()) {
        return errc::unavailable;
    }
    std::vector<OutboxEntry> entries;
    std::size_t bytes = 0;
    rocksdb::ReadOptions options;
    options.fill_cache = false;  // read once, in passing
    std::unique_ptr<rocksdb::Iterator> const place{db_.db().NewIterator(options, db_.family(kOutbox))};
    for (place->Seek(outbox_key(after + 1)); place->Valid() && entries.size() < max_count; place->Next()) {
        auto entry = decode_entry(number_at(view(place->key())), view(place->value()));
        if (!entry) {
            return errc::corrupt;
        }
        bytes += entry->body.size();
        if (!entries.empty() && bytes > max_bytes) {
            break;
        }
        entries.push_back(std::move(*entry));
    }
    if (!place->status().ok()) {
        return RocksDb::error_of(place->status());
    }
    return entries;
}

Result<std::uint64_t> OutboxLog::first_to_stay(TrimPolicy const& policy, std::uint64_t bound,
                                               SystemTime now) const {
    // Under pressure the log gives up a quarter at once, so that this is rare.
    auto const pressed = bytes() >= policy.max_bytes;
    auto const keep_bytes = policy.max_bytes - policy.max_bytes / 4;
    auto const total = total_.load();
    auto low = first_seq_.load();
    auto high = bound + 1;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        auto const found = mark(middle);
        if (!found) {
            return found.error();
        }
        auto const too_old = now - found->time > policy.retain;
        auto const too_much = pressed && total - found->total > keep_bytes;
        if (too_old || too_much) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Result<void> OutboxLog::trim(TrimPolicy const& policy, std::uint64_t bound, SystemTime now) {
    // DeleteRange leaves tombstones that every read passes over: rarely, and much at a time.
    constexpr std::uint64_t kWorthIt = 4096;
    if (last_seq_ == 0) {
        return {};
    }
    auto const first = first_seq_.load();
    bound = std::min(bound, last_seq_ - 1);
    if (bound < first) {
        return {};
    }
    auto const stay = first_to_stay(policy, bound, now);
    if (!stay) {
        return stay.error();
    }
    auto const pressed = bytes() >= policy.max_bytes;
    if (*stay <= first || (*stay - first < kWorthIt && !pressed)) {
        return {};
    }
    auto const next = mark(*stay);
    if (!next) {
        return next.error();
    }
    rocksdb::WriteBatch batch;
    batch.DeleteRange(db_.family(kOutbox), outbox_key(first), outbox_key(*stay));
    if (auto const written = db_.write(batch, false); !written) {
        return written;
    }
    first_seq_ = *stay;
    trimmed_ = next->total - next->bytes;
    return {};
}

}  // namespace newswired::storage

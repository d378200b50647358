#include "storage/rocks/outbox_log.hpp"

#include "storage/errors.hpp"
#include "storage/keys.hpp"
#include "storage/shelves/outbox.hpp"
#include "storage/values.hpp"

#include <array>
#include <memory>
#include <utility>

namespace newswired::storage {

Result<void> OutboxLog::open(SystemTime now) {
    if (auto const known = read_identity(now); !known) {
        return known;
    }
    return find_ends();
}

Result<void> OutboxLog::reopen() {
    return find_ends();
}

Result<void> OutboxLog::read_identity(SystemTime now) {
    auto const bytes = db_.get(kDefault, meta_key("log"));
    if (!bytes) {
        return bytes.error();
    }
    if (*bytes) {
        auto identity = decode_log_identity(**bytes);
        if (!identity) {
            return identity.error();
        }
        identity_ = std::move(*identity);
        return {};
    }
    identity_ = new_log_identity(now);
    return write_identity();
}

Result<void> OutboxLog::write_identity() {
    Batch batch;
    batch.push_back({.family = kDefault, .key = meta_key("log"), .value = encode(identity_)});
    return db_.write(std::move(batch), true);
}

Result<void> OutboxLog::note_layout() {
    identity_.layout = kLayoutVersion;
    return write_identity();
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
    auto const first = read_mark(db_, first_seq_);
    if (!first) {
        return first.error();
    }
    trimmed_ = first->total - first->bytes;
    return {};
}

LogEnds OutboxLog::ends() const {
    return {.first_seq = first_seq_, .last_seq = last_seq_, .total = total_, .bytes = bytes()};
}

Stats OutboxLog::stats() const {
    return {.log = identity_.name,
            .born = identity_.born,
            .first_seq = first_seq_,
            .last_seq = last_seq_,
            .outbox_bytes = bytes()};
}

void OutboxLog::append(rocksdb::WriteBatch& batch, std::vector<OutboxEntry> const& entries,
                       std::vector<std::uint64_t> const& totals) const {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        auto const key = outbox_key(entries[i].seq);
        auto const head = encode_head(entries[i], totals[i]);
        rocksdb::Slice const key_part{key};
        std::array<rocksdb::Slice, 2> const value_parts{
            rocksdb::Slice{head}, rocksdb::Slice{entries[i].body.view().data(), entries[i].body.size()}};
        batch.Put(db_.family(kOutbox), rocksdb::SliceParts{&key_part, 1},
                  rocksdb::SliceParts{value_parts.data(), int(value_parts.size())});
    }
}

void OutboxLog::wrote(std::uint64_t last_seq, std::uint64_t total) {
    last_seq_ = last_seq;
    total_ = total;
}

Result<void> OutboxLog::trim(TrimPolicy const& policy, std::uint64_t bound, SystemTime now) {
    auto const first = first_seq_.load();
    auto const stay =
        first_to_stay(ends(), policy, bound, now, [this](auto seq) { return read_mark(db_, seq); });
    if (!stay) {
        return stay.error();
    }
    if (*stay == first) {
        return {};
    }
    auto const next = read_mark(db_, *stay);
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

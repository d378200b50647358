#include "storage/outbox_log.hpp"

#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <array>
#include <memory>
#include <utility>

namespace newswired::storage {
namespace {

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

Result<void> OutboxLog::reopen() {
    return find_ends();
}

Result<void> OutboxLog::read_identity(SystemTime now) {
    std::string bytes;
    auto const status =
        db_.db().Get(rocksdb::ReadOptions{}, db_.family(kDefault), slice(meta_key("log")), &bytes);
    if (status.ok()) {
        auto identity = decode_log_identity(bytes);
        if (!identity) {
            return identity.error();
        }
        identity_ = std::move(*identity);
        return {};
    }
    if (!status.IsNotFound()) {
        return RocksDb::error_of(status);
    }
    identity_ = new_log_identity(now);
    rocksdb::WriteBatch batch;
    batch.Put(db_.family(kDefault), slice(meta_key("log")), encode(identity_));
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

Result<Mark> OutboxLog::mark(std::uint64_t seq) const {
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

Result<void> OutboxLog::trim(TrimPolicy const& policy, std::uint64_t bound, SystemTime now) {
    auto const first = first_seq_.load();
    auto const stay = first_to_stay(ends(), policy, bound, now, [this](auto seq) { return mark(seq); });
    if (!stay) {
        return stay.error();
    }
    if (*stay == first) {
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

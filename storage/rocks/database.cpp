#include "storage/rocks/database.hpp"

#include "core/log.hpp"
#include "storage/errors.hpp"

#include <filesystem>
#include <mutex>
#include <utility>

namespace newswired::storage {
namespace {

// RocksDB has no code of its own for this.  By another process, and by this one; not a LOCK that may not be
// opened, nor a folder with "lock" in its name.
bool speaks_of_a_held_lock(std::string const& reason) {
    return reason.find("While lock file") != std::string::npos ||
           reason.find("lock hold by current process") != std::string::npos;
}

}  // namespace

RocksDb::RocksDb(RocksOptions const& options, Clock& clock)
    : options_{options}, tuning_{tuning(options, clock)} {}

RocksDb::~RocksDb() {
    close();
}

Error RocksDb::error_of(rocksdb::Status const& status) {
    if (status.ok()) {
        return {};
    }
    if (status.IsNoSpace()) {
        return errc::no_space;
    }
    if (status.IsCorruption()) {
        return errc::corrupt;
    }
    if (status.IsIOError() && speaks_of_a_held_lock(status.ToString())) {
        return errc::in_use;
    }
    return errc::unavailable;
}

Result<void> RocksDb::open() {
    std::error_code ignored;
    std::filesystem::create_directories(options_.path, ignored);
    auto const& families = tuning_.families;
    std::vector<rocksdb::ColumnFamilyDescriptor> const descriptors{
        {rocksdb::kDefaultColumnFamilyName, families[kDefault]},
        {"known", families[kKnown]},
        {"outbox", families[kOutbox]}};
    rocksdb::DB* db = nullptr;
    auto const status = rocksdb::DB::Open(tuning_.database, options_.path, descriptors, &handles_, &db);
    if (!status.ok()) {
        tell_once(status.ToString());
        return error_of(status);
    }
    told_.clear();
    db_.reset(db);
    return {};
}

// What stays as it is, a full disk for hours, is tried again and again and told once.
void RocksDb::tell_once(std::string reason) {
    if (reason != told_) {
        log::error("RocksDB can't open the state", {{"path", options_.path}, {"reason", reason}});
        told_ = std::move(reason);
    }
}

void RocksDb::close() {
    if (!db_) {
        return;
    }
    for (auto* const handle : handles_) {
        (void)db_->DestroyColumnFamilyHandle(handle);
    }
    handles_.clear();
    (void)db_->Close();
    db_.reset();
}

Result<void> RocksDb::reopen() {
    std::unique_lock const alone{mutex_};
    close();
    return open();
}

bool RocksDb::has_room_to_reopen() const {
    constexpr std::uintmax_t kRoom = 16 << 20;  // one write buffer
    std::error_code failed;
    auto const space = std::filesystem::space(options_.path, failed);
    return failed || space.available >= kRoom;
}

Result<Value> RocksDb::get(Family family, std::string const& key) const {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::ReadOptions options;
    options.fill_cache = family != kOutbox;  // trimming looks at one entry here and there
    std::string bytes;
    auto const status = db_->Get(options, handles_[family], slice(key), &bytes);
    if (status.IsNotFound()) {
        return Value{};
    }
    return status.ok() ? Result<Value>{std::move(bytes)} : Result<Value>{error_of(status)};
}

Result<std::vector<Value>> RocksDb::get_all(Family family, std::vector<std::string> const& keys) const {
    if (!db_) {
        return errc::unavailable;
    }
    std::vector<Value> found(keys.size());
    if (keys.empty()) {
        return found;
    }
    std::vector<rocksdb::Slice> slices;
    slices.reserve(keys.size());
    for (auto const& key : keys) {
        slices.push_back(slice(key));
    }
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet(rocksdb::ReadOptions{}, handles_[family], keys.size(), slices.data(), values.data(),
                  statuses.data());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (statuses[i].ok()) {
            found[i].emplace(view(values[i]));
        } else if (!statuses[i].IsNotFound()) {
            return error_of(statuses[i]);
        }
    }
    return found;
}

Result<void> RocksDb::visit(Family family, std::string const& from, std::string const& prefix,
                            Visitor const& visitor) const {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::ReadOptions options;
    options.fill_cache = false;  // read once, in passing
    std::unique_ptr<rocksdb::Iterator> const place{db_->NewIterator(options, handles_[family])};
    for (place->Seek(from); place->Valid() && place->key().starts_with(prefix); place->Next()) {
        if (!visitor(view(place->key()), view(place->value()))) {
            break;
        }
    }
    return place->status().ok() ? Result<void>{} : Result<void>{error_of(place->status())};
}

Result<void> RocksDb::write(Batch batch, bool sync) {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::WriteBatch made;
    for (auto const& change : batch) {
        if (change.value) {
            made.Put(handles_[change.family], change.key, *change.value);
        } else {
            made.Delete(handles_[change.family], change.key);
        }
    }
    return write(made, sync);
}

Result<void> RocksDb::write(rocksdb::WriteBatch& batch, bool sync) {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::WriteOptions options;
    options.sync = sync;
    auto const status = db_->Write(options, &batch);
    if (!status.ok()) {
        broken_ = true;
        log::error("The state can't be written", {{"reason", status.ToString()}});
        return error_of(status);
    }
    return {};
}

Result<void> RocksDb::flush() {
    if (!db_) {
        return errc::unavailable;
    }
    rocksdb::FlushOptions options;
    auto const status = db_->Flush(options, handles_);
    return status.ok() ? Result<void>{} : Result<void>{error_of(status)};
}

}  // namespace newswired::storage

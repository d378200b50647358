// A disk for RocksDB that fails when told to: full, or unable to sync what it has written.

#pragma once

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

namespace newswired::storage {

enum class DiskState {
    sound,
    full,         ///< nothing more can be written
    cannot_sync,  ///< writes arrive, but the sync that follows fails
};

class FaultyDisk final : public rocksdb::FileSystemWrapper {
  public:
    FaultyDisk() : FileSystemWrapper{rocksdb::FileSystem::Default()} {}

    void become(DiskState state) { state_ = state; }

    char const* Name() const override { return "newswired.FaultyDisk"; }

    rocksdb::IOStatus NewWritableFile(std::string const& name, rocksdb::FileOptions const& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* file,
                                      rocksdb::IODebugContext* context) override {
        auto const status = target()->NewWritableFile(name, options, file, context);
        return wrapped(status, file);
    }
    rocksdb::IOStatus ReopenWritableFile(std::string const& name, rocksdb::FileOptions const& options,
                                         std::unique_ptr<rocksdb::FSWritableFile>* file,
                                         rocksdb::IODebugContext* context) override {
        auto const status = target()->ReopenWritableFile(name, options, file, context);
        return wrapped(status, file);
    }
    rocksdb::IOStatus ReuseWritableFile(std::string const& name, std::string const& old_name,
                                        rocksdb::FileOptions const& options,
                                        std::unique_ptr<rocksdb::FSWritableFile>* file,
                                        rocksdb::IODebugContext* context) override {
        auto const status = target()->ReuseWritableFile(name, old_name, options, file, context);
        return wrapped(status, file);
    }

  private:
    class File final : public rocksdb::FSWritableFileOwnerWrapper {
      public:
        File(std::unique_ptr<rocksdb::FSWritableFile> file, std::atomic<DiskState> const& state)
            : FSWritableFileOwnerWrapper{std::move(file)}, state_{state} {}

        rocksdb::IOStatus Append(rocksdb::Slice const& data, rocksdb::IOOptions const& options,
                                 rocksdb::IODebugContext* context) override {
            return is_full() ? no_space() : target()->Append(data, options, context);
        }
        rocksdb::IOStatus Append(rocksdb::Slice const& data, rocksdb::IOOptions const& options,
                                 rocksdb::DataVerificationInfo const& check,
                                 rocksdb::IODebugContext* context) override {
            return is_full() ? no_space() : target()->Append(data, options, check, context);
        }
        rocksdb::IOStatus Sync(rocksdb::IOOptions const& options, rocksdb::IODebugContext* context) override {
            return can_sync() ? target()->Sync(options, context) : rocksdb::IOStatus::IOError("sync failed");
        }
        rocksdb::IOStatus Fsync(rocksdb::IOOptions const& options,
                                rocksdb::IODebugContext* context) override {
            return can_sync() ? target()->Fsync(options, context) : rocksdb::IOStatus::IOError("sync failed");
        }

      private:
        bool is_full() const { return state_ == DiskState::full; }
        bool can_sync() const { return state_ == DiskState::sound; }
        static rocksdb::IOStatus no_space() { return rocksdb::IOStatus::NoSpace("No space left on device"); }

        std::atomic<DiskState> const& state_;
    };

    rocksdb::IOStatus wrapped(rocksdb::IOStatus const& status,
                              std::unique_ptr<rocksdb::FSWritableFile>* file) {
        if (status.ok()) {
            *file = std::make_unique<File>(std::move(*file), state_);
        }
        return status;
    }

    std::atomic<DiskState> state_ = DiskState::sound;
};

}  // namespace newswired::storage

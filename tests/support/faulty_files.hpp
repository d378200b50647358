// A file system whose every operation is a numbered point, at one of which it fails or the process dies.
//
// A run without a fault tells how many points there are; then one run for each of them.  One object is one
// life of the process: after a Crash only a new one on the same disk goes on.

#pragma once

#include "sinks/file/file_system.hpp"

#include <boost/system/system_error.hpp>

#include <cerrno>
#include <cstddef>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace newswired::test {

/// Thrown where the process dies.
struct Crash {};

/// What happens at a point.  Half an operation differs from none only for writes and truncations; the others
/// are atomic.
enum class Fault { crash_before, crash_half_way, crash_after, error_before, error_half_way, error_after };

inline constexpr Fault kCrashes[] = {Fault::crash_before, Fault::crash_half_way, Fault::crash_after};
inline constexpr Fault kErrors[] = {Fault::error_before, Fault::error_half_way, Fault::error_after};

inline std::string_view in_words(Fault fault) {
    switch (fault) {
        case Fault::crash_before:
            return "crash before";
        case Fault::crash_half_way:
            return "crash half-way through";
        case Fault::crash_after:
            return "crash after";
        case Fault::error_before:
            return "error before";
        case Fault::error_half_way:
            return "error half-way through";
        case Fault::error_after:
            return "error after";
    }
    return "";
}

class FaultyFiles final : public sinks::FileSystem {
  public:
    static constexpr std::size_t kNoPoint = std::numeric_limits<std::size_t>::max();

    /// `disk` outlives this.
    explicit FaultyFiles(sinks::FileSystem& disk, std::size_t point = kNoPoint, Fault fault = {})
        : disk_{disk}, struck_{point}, fault_{fault} {}

    /// A mutant: that operation ("truncate", "sync"…) does nothing from now on, and says that it was done.
    void pretend(std::string operation) { pretended_.insert(std::move(operation)); }

    /// An error that `operation` on `path` always gives.
    void always_fail(std::string operation, std::string path, int error) {
        failing_ = {std::move(operation), std::move(path)};
        failure_ = error;
    }

    /// The points passed so far, as "operation path".
    std::vector<std::string> const& points() const { return points_; }

    /// A point of the caller's own, such as storing the cursor.
    template <typename Whole>
    Result<void> step(std::string const& name, Whole whole) {
        auto work = [&]() -> Result<void> {
            whole();
            return {};
        };
        return at_point(name, "", work, [] {});
    }

    Result<std::unique_ptr<sinks::OpenFile>> open(std::string const& path, bool create) override {
        auto work = [&]() -> Result<std::unique_ptr<sinks::OpenFile>> {
            auto file = disk_.open(path, create);
            if (!file) {
                return file.error();
            }
            return Result<std::unique_ptr<sinks::OpenFile>>{
                std::make_unique<File>(*this, path, std::move(*file))};
        };
        return at_point("open", path, work, [] {});
    }

    Result<sinks::FileId> identify(std::string const& path) override {
        return at_point(
            "identify", path, [&] { return disk_.identify(path); }, [] {});
    }

    Result<void> rename(std::string const& from, std::string const& to) override {
        return at_point(
            "rename", from, [&] { return disk_.rename(from, to); }, [] {});
    }

    Result<void> remove(std::string const& path) override {
        return at_point(
            "remove", path, [&] { return disk_.remove(path); }, [] {});
    }

    Result<std::vector<std::string>> list(std::string const& folder) override {
        return at_point(
            "list", folder, [&] { return disk_.list(folder); }, [] {});
    }

    Result<void> sync_folder(std::string const& folder) override {
        return at_point(
            "sync_folder", folder, [&] { return disk_.sync_folder(folder); }, [] {});
    }

  private:
    class File final : public sinks::OpenFile {
      public:
        File(FaultyFiles& files, std::string path, std::unique_ptr<sinks::OpenFile> file)
            : files_{files}, path_{std::move(path)}, file_{std::move(file)} {}

        Result<sinks::FileInfo> info() override {
            return files_.at_point(
                "info", path_, [&] { return file_->info(); }, [] {});
        }

        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            return files_.at_point(
                "write", path_, [&] { return file_->write_at(offset, bytes); },
                [&] { (void)file_->write_at(offset, bytes.substr(0, bytes.size() / 2)); });
        }

        Result<std::string> read_at(std::uint64_t offset, std::size_t size) override {
            return files_.at_point(
                "read", path_, [&] { return file_->read_at(offset, size); }, [] {});
        }

        Result<void> truncate(std::uint64_t size) override {
            return files_.at_point(
                "truncate", path_, [&] { return file_->truncate(size); },
                [&] { (void)file_->truncate((file_->info()->size + size) / 2); });
        }

        Result<void> sync() override {
            return files_.at_point(
                "sync", path_, [&] { return file_->sync(); }, [] {});
        }

      private:
        FaultyFiles& files_;
        std::string path_;
        std::unique_ptr<sinks::OpenFile> file_;
    };

    template <typename Whole, typename Half>
    auto at_point(std::string const& operation, std::string const& path, Whole whole, Half half)
        -> decltype(whole()) {
        auto const number = points_.size();
        points_.push_back(operation + " " + path);
        if (std::pair{operation, path} == failing_) {
            return error(failure_);
        }
        if (number != struck_) {
            return perform(operation, whole);
        }
        auto const mode = int(fault_) % 3;
        if (mode == 1) {
            half();
        } else if (mode == 2) {
            (void)perform(operation, whole);
        }
        if (fault_ < Fault::error_before) {
            throw Crash{};
        }
        return error(ENOSPC);
    }

    template <typename Whole>
    auto perform(std::string const& operation, Whole& whole) -> decltype(whole()) {
        if constexpr (std::is_same_v<decltype(whole()), Result<void>>) {
            if (pretended_.contains(operation)) {
                return Result<void>{};
            }
        }
        return whole();
    }

    static Error error(int number) { return {number, boost::system::system_category()}; }

    sinks::FileSystem& disk_;
    std::size_t struck_;
    Fault fault_;
    std::set<std::string> pretended_;
    std::pair<std::string, std::string> failing_;
    int failure_ = 0;
    std::vector<std::string> points_;
};

}  // namespace newswired::test

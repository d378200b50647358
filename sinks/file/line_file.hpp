// A file of lines that is written exactly once, whatever happens in between.
//
// Lines are written at a recorded offset, synced, and only then is the new position {file, offset} handed out
// to be stored.  What stands behind the stored position when we come back was never acknowledged, and is cut
// off.  The file is known by its inode: renamed (by our own rotation or by logrotate) it is found again and
// cut under its new name.
//
// Rotation: PATH → PATH.1 → PATH.2 …, at most `files` of them, from PATH.2 on as PATH.2.zst … when they are
// to be compressed.  Every step can be the last one before a crash: a gap in the numbers is closed by the
// next rotation, and the oldest goes only when there is no gap, so that none goes before its time.
//
// Blocks; for worker threads.  Call order:  open (append | reopen)*.

#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "sinks/file/file_system.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace newswired::sinks {

class LineFile {
  public:
    LineFile(FileSystem& files, std::string path, config::Rotate rotate)
        : files_{files}, path_{std::move(path)}, rotate_{rotate} {}

    /// Goes on behind `position` (empty: at the start of a new log, behind whatever the file holds).
    Result<void> open(std::string_view position);

    /// Appends `lines` (each ending in a line feed) durably; returns the position behind them.  After an
    /// error, open() again with the position stored last.  errc::file_changed: somebody removed or shortened
    /// the file, nothing was written.
    Result<std::string> append(std::string_view lines);

    /// The position behind the last line, to be stored.
    std::string position() const { return encode(position_); }

    /// Opens the path anew; what was renamed away keeps what it has.  Returns the position then.
    Result<std::string> reopen();

  private:
    struct Position {
        FileId file{};
        std::uint64_t offset = 0;
    };

    static std::string encode(Position const& position);
    static Position decode(std::string_view bytes);

    /// A rotated file may be there plain, compressed, or both after a crash.
    struct Forms {
        bool plain = false;
        bool compressed = false;
    };
    using Rotated = std::map<std::uint32_t, Forms>;
    enum class Renamed : std::uint8_t { found, gone };

    Result<void> open_at(Position const& stored);
    Result<void> recover(Position const& stored);
    Result<void> go_on(std::unique_ptr<OpenFile> file);
    Result<void> start_new();
    Result<Renamed> cut_renamed(Position const& stored);
    Result<std::string> find(FileId id);
    Result<void> write(std::string_view lines);
    Result<void> check_unchanged();
    Result<void> rotate_now();
    Result<void> move_up(Rotated const& rotated);
    void compress(Rotated const& rotated);
    Result<Rotated> tidy();
    std::string numbered(std::uint32_t number) const;
    Error told(Error error);

    FileSystem& files_;
    std::string path_;
    config::Rotate rotate_;
    std::unique_ptr<OpenFile> file_;
    Position position_;
    Error told_;  // what the operator knows already
};

}  // namespace newswired::sinks

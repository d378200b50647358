// A file of lines that is written exactly once, whatever happens in between.
//
// Lines are written at a recorded offset, synced, and only then is the new position {file, offset} handed out
// to be stored.  What stands behind the stored position when we come back was never acknowledged, and is cut
// off.  The file is known by its inode: renamed (by our own rotation or by logrotate) it is found again and
// cut under its new name.
//
// Rotation: PATH → PATH.1 → PATH.2 …, at most `files` of them.  Every step can be the last one before a
// crash: a gap in the numbers is closed by the next rotation, and no step removes what has not been kept for
// its time.
//
// Blocks; for worker threads.  Call order:  open (append | reopen)*.

#pragma once

#include "config/settings.hpp"
#include "core/result.hpp"
#include "sinks/file/file_system.hpp"

#include <cstdint>
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

    /// Appends `lines` (each ending in a line feed) durably; returns the position behind them.
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

    Result<void> recover(Position const& position);
    Result<void> cut(OpenFile& file, Position const& position, std::string const& name);
    Result<std::unique_ptr<OpenFile>> find_renamed(FileId id, std::string& name);
    Result<void> start_new();
    Result<void> end_line(OpenFile& file);
    Result<void> rotate_now();
    Result<void> remove_doubles();
    std::string numbered(std::uint32_t number) const;
    bool exists(std::string const& path);

    FileSystem& files_;
    std::string path_;
    config::Rotate rotate_;
    std::unique_ptr<OpenFile> file_;
    Position position_;
};

}  // namespace newswired::sinks

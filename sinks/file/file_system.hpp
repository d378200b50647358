// The few calls by which the file sink touches the disk: a door, so that a test can cut it off at each of
// them.

#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::sinks {

/// A file's own number, which stays when it is renamed; 0: no file.  Only ever compared within one folder, so
/// the device, whose number may be another after the next boot, is left out.
struct FileId {
    std::uint64_t inode = 0;

    friend bool operator==(FileId const&, FileId const&) = default;
};

struct FileInfo {
    FileId id{};
    std::uint64_t size = 0;
    bool has_name = true;  ///< false: it was removed, and goes when it is closed
};

/// An open file; closed when it goes.
class OpenFile {
  public:
    virtual ~OpenFile() = default;
    virtual Result<FileInfo> info() = 0;
    virtual Result<void> write_at(std::uint64_t offset, std::string_view bytes) = 0;
    /// Less than `size` bytes only at the file's end.
    virtual Result<std::string> read_at(std::uint64_t offset, std::size_t size) = 0;
    virtual Result<void> truncate(std::uint64_t size) = 0;
    virtual Result<void> sync() = 0;
};

class FileSystem {
  public:
    virtual ~FileSystem() = default;
    /// Opens `path` for reading and writing; makes it (readable by its group), and its folder, when it is
    /// missing and `create` is set.
    virtual Result<std::unique_ptr<OpenFile>> open(std::string const& path, bool create) = 0;
    /// Which file `path` names, without opening it; none when there is none.
    virtual Result<FileId> identify(std::string const& path) = 0;
    virtual Result<void> rename(std::string const& from, std::string const& to) = 0;
    virtual Result<void> remove(std::string const& path) = 0;
    /// Names of the files in a folder, without the folder; none when there is no folder.  Here and below, no
    /// name is the working directory.
    virtual Result<std::vector<std::string>> list(std::string const& folder) = 0;
    /// Makes names in the folder durable: those made, changed and removed.
    virtual Result<void> sync_folder(std::string const& folder) = 0;
};

/// The machine's files.  All calls block.
std::unique_ptr<FileSystem> make_file_system();

}  // namespace newswired::sinks

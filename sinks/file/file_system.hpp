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

/// A file's own number, which stays when it is renamed.
struct FileId {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    friend bool operator==(FileId const&, FileId const&) = default;
};

/// An open file; closed when it goes.
class OpenFile {
  public:
    virtual ~OpenFile() = default;
    virtual Result<std::uint64_t> size() = 0;
    virtual Result<FileId> id() = 0;
    virtual Result<void> write_at(std::uint64_t offset, std::string_view bytes) = 0;
    virtual Result<std::string> read_at(std::uint64_t offset, std::size_t size) = 0;
    virtual Result<void> truncate(std::uint64_t size) = 0;
    virtual Result<void> sync() = 0;
};

class FileSystem {
  public:
    virtual ~FileSystem() = default;
    /// Opens `path` for reading and writing; makes it, and its folder, when it is missing and `create` is
    /// set.
    virtual Result<std::unique_ptr<OpenFile>> open(std::string const& path, bool create) = 0;
    virtual Result<void> rename(std::string const& from, std::string const& to) = 0;
    virtual Result<void> remove(std::string const& path) = 0;
    /// Names of the files in a folder, without the folder.
    virtual Result<std::vector<std::string>> list(std::string const& folder) = 0;
    /// Makes renames in the folder durable.
    virtual Result<void> sync_folder(std::string const& folder) = 0;
};

/// The machine's files.  All calls block.
std::unique_ptr<FileSystem> make_file_system();

}  // namespace newswired::sinks

#include "sinks/file/file_system.hpp"

#include <boost/system/system_error.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

namespace newswired::sinks {
namespace {

Error last_error() {
    return {errno, boost::system::system_category()};
}

std::string here_if_empty(std::string const& folder) {
    return folder.empty() ? "." : folder;
}

class PosixFile final : public OpenFile {
  public:
    explicit PosixFile(int descriptor) : descriptor_{descriptor} {}
    ~PosixFile() override { ::close(descriptor_); }
    PosixFile(PosixFile const&) = delete;
    PosixFile& operator=(PosixFile const&) = delete;

    Result<FileInfo> info() override {
        struct stat info {};
        if (::fstat(descriptor_, &info) != 0) {
            return last_error();
        }
        return FileInfo{
            .id = {info.st_ino}, .size = std::uint64_t(info.st_size), .has_name = info.st_nlink > 0};
    }

    Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
        while (!bytes.empty()) {
            auto const written = ::pwrite(descriptor_, bytes.data(), bytes.size(), off_t(offset));
            if (written < 0) {
                if (errno == EINTR) {
                    continue;
                }
                return last_error();
            }
            bytes.remove_prefix(std::size_t(written));
            offset += std::uint64_t(written);
        }
        return {};
    }

    Result<std::string> read_at(std::uint64_t offset, std::size_t size) override {
        std::string bytes(size, '\0');
        std::size_t filled = 0;
        while (filled < size) {
            auto const got =
                ::pread(descriptor_, bytes.data() + filled, size - filled, off_t(offset + filled));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return last_error();
            }
            if (got == 0) {
                break;
            }
            filled += std::size_t(got);
        }
        bytes.resize(filled);
        return bytes;
    }

    Result<void> truncate(std::uint64_t size) override {
        return ::ftruncate(descriptor_, off_t(size)) == 0 ? Result<void>{} : Result<void>{last_error()};
    }

    Result<void> sync() override {
        return ::fdatasync(descriptor_) == 0 ? Result<void>{} : Result<void>{last_error()};
    }

  private:
    int descriptor_;
};

class PosixFileSystem final : public FileSystem {
  public:
    Result<std::unique_ptr<OpenFile>> open(std::string const& path, bool create) override {
        if (create) {
            std::error_code ignored;  // open() tells what is wrong
            std::filesystem::create_directories(std::filesystem::path{path}.parent_path(), ignored);
        }
        constexpr mode_t kMode = 0640;  // members of the group may read
        auto const descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), kMode);
        if (descriptor < 0) {
            return last_error();
        }
        return Result<std::unique_ptr<OpenFile>>{std::make_unique<PosixFile>(descriptor)};
    }

    Result<FileId> identify(std::string const& path) override {
        struct stat info {};
        if (::stat(path.c_str(), &info) != 0) {
            auto const leads_nowhere = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
            return leads_nowhere ? Result<FileId>{FileId{}} : last_error();
        }
        return FileId{info.st_ino};
    }

    Result<void> rename(std::string const& from, std::string const& to) override {
        return ::rename(from.c_str(), to.c_str()) == 0 ? Result<void>{} : Result<void>{last_error()};
    }

    Result<void> remove(std::string const& path) override {
        return ::unlink(path.c_str()) == 0 ? Result<void>{} : Result<void>{last_error()};
    }

    Result<std::vector<std::string>> list(std::string const& folder) override {
        std::vector<std::string> names;
        std::error_code error;
        std::filesystem::directory_iterator entry{here_if_empty(folder), error};
        if (error == std::errc::no_such_file_or_directory) {
            return names;
        }
        for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
            names.push_back(entry->path().filename().string());
        }
        if (error) {
            return Error{error.value(), boost::system::system_category()};
        }
        return names;
    }

    Result<void> sync_folder(std::string const& folder) override {
        auto const descriptor = ::open(here_if_empty(folder).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) {
            return last_error();
        }
        auto const synced = ::fsync(descriptor) == 0 ? Result<void>{} : Result<void>{last_error()};
        ::close(descriptor);
        return synced;
    }
};

}  // namespace

std::unique_ptr<FileSystem> make_file_system() {
    return std::make_unique<PosixFileSystem>();
}

}  // namespace newswired::sinks

#include "config/file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

namespace newswired::config {
namespace {

FileError unreadable(int error) {
    return {"can't be read (" + std::generic_category().message(error) +
            "); is the path right, and may this user read it?"};
}

// 0 where that can't be known beforehand, as of a pipe.
std::uint64_t size_of(std::FILE& file) {
    struct stat about {};
    auto const is_known = fstat(fileno(&file), &about) == 0 && S_ISREG(about.st_mode);
    return is_known ? std::uint64_t(about.st_size) : 0;
}

}  // namespace

std::variant<std::string, FileError> read_file(std::string const& path, std::uint64_t max) {
    struct Close {
        void operator()(std::FILE* file) const {
            if (file != stdin) {
                std::fclose(file);
            }
        }
    };
    std::unique_ptr<std::FILE, Close> const file{path == "-" ? stdin : std::fopen(path.c_str(), "rbe")};
    if (!file) {
        return unreadable(errno);
    }
    constexpr std::size_t kPiece = 1 << 16;
    std::string text;
    text.reserve(std::size_t(std::min(size_of(*file), max)) + kPiece);  // not moved as it grows
    for (;;) {
        auto const before = text.size();
        text.resize(before + kPiece);
        auto const got = std::fread(text.data() + before, 1, kPiece, file.get());
        text.resize(before + got);
        if (text.size() > max) {
            return FileError{"has more than " + std::to_string(max / 1'000'000) +
                             " MB; is it the right file?"};
        }
        if (got == kPiece) {
            continue;
        }
        if (std::ferror(file.get()) != 0) {
            return unreadable(errno);
        }
        return text;
    }
}

}  // namespace newswired::config

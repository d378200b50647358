#include "config/file.hpp"

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

// A folder for what a file sink writes, and eyes to look into it.

#pragma once

#include "sinks/file/file_system.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace newswired::test {

/// A fresh folder on the real disk; removed with all that is in it.
class SinkFolder {
  public:
    SinkFolder() {
        auto name = testing::TempDir() + "newswired-sink-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error{"no temporary folder"};
        }
        folder_ = name;
    }
    ~SinkFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    SinkFolder(SinkFolder const&) = delete;
    SinkFolder& operator=(SinkFolder const&) = delete;

    std::string path(std::string const& name) const { return folder_ + "/" + name; }

  private:
    std::string folder_;
};

/// The bytes of a file, decompressed when its name ends in .zst; empty when there is none.
inline std::string contents(sinks::FileSystem& files, std::string const& path) {
    auto const file = files.open(path, false);
    if (!file) {
        return {};
    }
    auto bytes = (*file)->read_at(0, std::size_t((*file)->info()->size)).value();
    if (!path.ends_with(".zst")) {
        return bytes;
    }
    constexpr std::size_t kMaxPlain = 1 << 20;
    std::string plain(kMaxPlain, '\0');
    auto const size = ZSTD_decompress(plain.data(), plain.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(size) != 0) {
        return "(not a whole zstd frame)";
    }
    plain.resize(size);
    return plain;
}

}  // namespace newswired::test

// The files of a folder, for benchmarks over real feeds.

#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace newswired::bench {

/// The contents of all files below `folder`, in the order of their paths.
inline std::vector<std::string> read_folder(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> documents;
    for (auto const& path : paths) {
        std::ifstream file{path, std::ios::binary};
        documents.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    }
    return documents;
}

}  // namespace newswired::bench

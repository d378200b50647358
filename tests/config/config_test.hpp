// What the tests of the configuration share: a folder of their own, and reading what they write there.

#pragma once

#include "config/read.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace newswired::config {

inline std::string const kProject =
    std::filesystem::path{NEWSWIRED_TEST_DATA "/../../"}.lexically_normal().string();

inline std::string content_of(std::string const& path) {
    std::ifstream in{path, std::ios::binary};
    EXPECT_TRUE(in) << path;
    return {std::istreambuf_iterator<char>{in}, {}};
}

/// An environment variable for the time of a test.
class ScopedVariable {
  public:
    ScopedVariable(char const* name, char const* value) : name_{name} { ::setenv(name, value, 1); }
    ~ScopedVariable() { ::unsetenv(name_); }
    ScopedVariable(ScopedVariable const&) = delete;
    ScopedVariable& operator=(ScopedVariable const&) = delete;

  private:
    char const* name_;
};

class ConfigTest : public testing::Test {
  protected:
    ConfigTest() {
        auto pattern = (std::filesystem::temp_directory_path() / "newswired-config-XXXXXX").string();
        EXPECT_NE(::mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    ~ConfigTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    std::string path(std::string const& name) const { return folder_ + "/" + name; }

    /// Writes a file beside the configuration.
    std::string write(std::string const& name, std::string_view text) const {
        std::filesystem::create_directories(std::filesystem::path{path(name)}.parent_path());
        std::ofstream{path(name), std::ios::binary} << text;
        return path(name);
    }

    /// Reads `yaml` as the file newswired.yaml of the folder; mistakes fail the test.
    Configuration configuration(std::string const& yaml) const {
        auto outcome = read_text(yaml, path("newswired.yaml"));
        if (auto const* mistakes = std::get_if<Mistakes>(&outcome)) {
            for (auto const& mistake : *mistakes) {
                ADD_FAILURE() << mistake.text();
            }
            return {};
        }
        return std::move(std::get<Configuration>(outcome));
    }
    Settings settings(std::string const& yaml) const { return configuration(yaml).settings; }

    /// The same with a feed and a contact, which no mistake and no warning is then about.
    static std::string whole(std::string const& yaml) {
        return yaml + "\nfeeds: [\"https://example.org/feed\"]\nfetch: {contact: \"https://example.org/\"}\n";
    }

    /// All mistakes as they are printed, without the folder's name.
    std::vector<std::string> mistakes(std::string const& yaml) const {
        auto const outcome = read_text(yaml, path("newswired.yaml"));
        auto const* found = std::get_if<Mistakes>(&outcome);
        return found == nullptr ? std::vector<std::string>{} : texts(*found);
    }
    std::vector<std::string> warnings(std::string const& yaml) const {
        return texts(configuration(yaml).warnings);
    }

    std::vector<std::string> texts(Mistakes const& found) const {
        std::vector<std::string> lines;
        for (auto const& one : found) {
            lines.push_back(without_folder(one.text()));
        }
        return lines;
    }

    std::string without_folder(std::string text) const {
        for (auto at = text.find(folder_ + "/"); at != std::string::npos; at = text.find(folder_ + "/")) {
            text.erase(at, folder_.size() + 1);
        }
        return text;
    }

    std::string folder_;
};

inline std::vector<std::string> urls(FeedList const& feeds) {
    std::vector<std::string> all;
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        all.emplace_back(feeds.url(feed));
    }
    return all;
}

}  // namespace newswired::config

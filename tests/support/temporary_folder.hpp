// A fresh folder that goes with its test.

#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace newswired::test {

class TemporaryFolder {
  public:
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "newswired-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error{"no temporary folder can be made"};
        }
        path_ = name;
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    std::filesystem::path path() const { return path_; }
    std::string path(std::string const& name) const { return path_ + "/" + name; }
    std::string operator/(std::string const& name) const { return path(name); }

    /// Writes a file and returns its path.
    std::string write(std::string const& name, std::string_view bytes) const {
        std::ofstream out{path(name), std::ios::binary};
        out << bytes;
        return path(name);
    }
    std::string read(std::string const& name) const {
        std::ifstream in{path(name), std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

  private:
    std::string path_;
};

/// An environment variable for the time of a test.
class ScopedVariable {
  public:
    ScopedVariable(char const* name, std::string const& value) : name_{name} {
        ::setenv(name, value.c_str(), 1);
    }
    ~ScopedVariable() { ::unsetenv(name_); }
    ScopedVariable(ScopedVariable const&) = delete;
    ScopedVariable& operator=(ScopedVariable const&) = delete;

  private:
    char const* name_;
};

}  // namespace newswired::test

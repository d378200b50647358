// A disk in memory that can lose power: what was written, named or removed is there at once, but survives
// only when it was synced.  Folders exist as soon as something is in them.

#pragma once

#include "sinks/file/file_system.hpp"

#include <boost/system/system_error.hpp>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace newswired::test {

class MemoryDisk final : public sinks::FileSystem {
  public:
    /// What is lost with the power, of what was not synced.  Changes of names may overtake each other.
    enum class Loss { nothing, data, names, names_but_not_removals, data_and_names };

    void lose_power(Loss loss) {
        if (loss != Loss::nothing && loss != Loss::data) {
            names_ = synced_names_;
        }
        if (loss == Loss::names_but_not_removals) {
            for (auto const& [name, node] : removed_) {
                if (names_.contains(name) && names_.at(name) == node) {
                    names_.erase(name);
                }
            }
        }
        removed_.clear();
        if (loss == Loss::data || loss == Loss::data_and_names) {
            for (auto const& [name, node] : names_) {
                node->data = node->synced;
            }
        }
    }

    Result<std::unique_ptr<sinks::OpenFile>> open(std::string const& path, bool create) override {
        if (!names_.contains(path)) {
            if (!create) {
                return missing();
            }
            names_[path] = std::make_shared<Node>(Node{.inode = ++last_inode_, .names = &names_});
        }
        return Result<std::unique_ptr<sinks::OpenFile>>{std::make_unique<File>(names_.at(path))};
    }

    Result<sinks::FileId> identify(std::string const& path) override {
        auto const found = names_.find(path);
        return found == names_.end() ? sinks::FileId{} : sinks::FileId{found->second->inode};
    }

    Result<void> rename(std::string const& from, std::string const& to) override {
        auto const found = names_.extract(from);
        if (found.empty()) {
            return missing();
        }
        names_[to] = found.mapped();
        return {};
    }

    Result<void> remove(std::string const& path) override {
        auto const found = names_.find(path);
        if (found == names_.end()) {
            return missing();
        }
        removed_.emplace_back(found->first, found->second);
        names_.erase(found);
        return {};
    }

    Result<std::vector<std::string>> list(std::string const& folder) override {
        std::vector<std::string> names;
        for (auto const& [path, node] : names_) {
            if (path.starts_with(folder + "/")) {
                names.push_back(path.substr(folder.size() + 1));
            }
        }
        return names;
    }

    Result<void> sync_folder(std::string const& folder) override {
        auto const is_inside = [&](auto const& entry) { return entry.first.starts_with(folder + "/"); };
        std::erase_if(synced_names_, is_inside);
        std::erase_if(removed_, is_inside);
        std::copy_if(names_.begin(), names_.end(), std::inserter(synced_names_, synced_names_.end()),
                     is_inside);
        return {};
    }

  private:
    struct Node;
    using Names = std::map<std::string, std::shared_ptr<Node>>;

    struct Node {
        std::uint64_t inode = 0;
        std::string data{};
        std::string synced{};
        Names const* names = nullptr;
    };

    class File final : public sinks::OpenFile {
      public:
        explicit File(std::shared_ptr<Node> node) : node_{std::move(node)} {}

        Result<sinks::FileInfo> info() override {
            auto const is_ours = [&](auto const& entry) { return entry.second == node_; };
            return sinks::FileInfo{
                .id = {node_->inode},
                .size = node_->data.size(),
                .has_name = std::any_of(node_->names->begin(), node_->names->end(), is_ours),
            };
        }

        Result<void> write_at(std::uint64_t offset, std::string_view bytes) override {
            auto& data = node_->data;
            data.resize(std::max<std::size_t>(data.size(), offset + bytes.size()));
            data.replace(offset, bytes.size(), bytes);
            return {};
        }

        Result<std::string> read_at(std::uint64_t offset, std::size_t size) override {
            return offset < node_->data.size() ? node_->data.substr(offset, size) : std::string{};
        }

        Result<void> truncate(std::uint64_t size) override {
            node_->data.resize(size);
            return {};
        }

        Result<void> sync() override {
            node_->synced = node_->data;
            return {};
        }

      private:
        std::shared_ptr<Node> node_;
    };

    static Error missing() { return {ENOENT, boost::system::system_category()}; }

    Names names_;
    Names synced_names_;
    std::vector<std::pair<std::string, std::shared_ptr<Node>>> removed_;
    std::uint64_t last_inode_ = 0;
};

}  // namespace newswired::test

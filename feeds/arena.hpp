// The memory that the views of a ParsedFeed point into: it only grows, and goes as a whole.

#pragma once

#include <cstring>
#include <memory>
#include <memory_resource>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace newswired::feeds {

class Arena {
  public:
    /// `memory` must outlive everything that is made here.
    explicit Arena(std::pmr::memory_resource& memory) : memory_{memory} {}

    std::string_view copy(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        auto* const place = static_cast<char*>(memory_.allocate(text.size(), 1));
        std::memcpy(place, text.data(), text.size());
        return {place, text.size()};
    }

    template <typename T>
    std::span<T const> copy(std::vector<T> const& items) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (items.empty()) {
            return {};
        }
        auto* const place = static_cast<T*>(memory_.allocate(items.size() * sizeof(T), alignof(T)));
        std::uninitialized_copy(items.begin(), items.end(), place);
        return {place, items.size()};
    }

    template <typename T>
    T* make(T value = {}) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (memory_.allocate(sizeof(T), alignof(T))) T(std::move(value));
    }

  private:
    std::pmr::memory_resource& memory_;
};

}  // namespace newswired::feeds

// The memory that the views of a ParsedFeed point into: it only grows, and goes as a whole.
//
// Whoever fills memory of a size that is not known beforehand takes the most that it can be and gives back
// what was too much.  Whoever needs things for a while (the tree of one item) marks a place and goes back to
// it; the memory is then used again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace newswired::feeds {

class Arena {
  public:
    Arena() = default;
    Arena(Arena const&) = delete;
    Arena& operator=(Arena const&) = delete;

    struct Mark {
        std::size_t chunk = 0;
        char* at = nullptr;
    };

    void* allocate(std::size_t size, std::size_t alignment) {
        auto const place = (reinterpret_cast<std::uintptr_t>(at_) + alignment - 1) & ~(alignment - 1);
        auto const end = reinterpret_cast<std::uintptr_t>(end_);
        if (place > end || size > end - place) {
            return allocate_elsewhere(size, alignment);
        }
        at_ += place - reinterpret_cast<std::uintptr_t>(at_) + size;
        allow(at_ - size, size);
        return reinterpret_cast<void*>(place);
    }
    /// Only for what was allocated last: what lies from `from` on is free again.
    void give_back(char* from) {
        at_ = from;
        forbid(at_, static_cast<std::size_t>(end_ - at_));
    }

    Mark mark() const { return {current_, at_}; }
    /// Frees whatever was made since `mark`.
    void rewind(Mark const& mark);

    std::string_view copy(std::string_view text) {
        if (text.empty()) {
            return {};
        }
        auto* const place = static_cast<char*>(allocate(text.size(), 1));
        std::memcpy(place, text.data(), text.size());
        return {place, text.size()};
    }

    template <typename T>
    std::span<T const> copy(std::vector<T> const& items) {
        static_assert(std::is_trivially_destructible_v<T>);
        if (items.empty()) {
            return {};
        }
        auto* const place = static_cast<T*>(allocate(items.size() * sizeof(T), alignof(T)));
        std::uninitialized_copy(items.begin(), items.end(), place);
        return {place, items.size()};
    }

    template <typename T>
    T* make() {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T{};
    }
    template <typename T>
    T* make(T const& value) {
        static_assert(std::is_trivially_destructible_v<T>);
        return new (allocate(sizeof(T), alignof(T))) T(value);
    }

  private:
    struct Chunk {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };

    static constexpr std::size_t kFirstChunk = std::size_t{16} * 1024;
    static constexpr std::size_t kLargestChunk = std::size_t{1} * 1024 * 1024;  // unless one thing is larger

    // Under the address sanitizer, what is free must not be touched: a view that outlived its item shows.
#ifdef __SANITIZE_ADDRESS__
    static void allow(char* from, std::size_t size) {
        __asan_unpoison_memory_region(from, size);
    }
    static void forbid(char* from, std::size_t size) {
        __asan_poison_memory_region(from, size);
    }
#else
    static void allow(char*, std::size_t) {}
    static void forbid(char*, std::size_t) {}
#endif

    void* allocate_elsewhere(std::size_t size, std::size_t alignment);
    void use(std::size_t chunk, char* from);

    std::vector<Chunk> chunks_;
    std::size_t current_ = 0;  // of the chunks, the one in use
    char* at_ = nullptr;
    char* end_ = nullptr;
};

}  // namespace newswired::feeds

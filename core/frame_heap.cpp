#include "core/frame_heap.hpp"

#include <cstdint>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NEWSWIRED_OWN_FRAMES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define NEWSWIRED_OWN_FRAMES 0
#endif
#endif
#ifndef NEWSWIRED_OWN_FRAMES
#define NEWSWIRED_OWN_FRAMES 1
#endif

namespace newswired::frame_heap {
namespace {

constexpr std::size_t kStep = 128;
constexpr std::size_t kLargest = 8 * 1024;

struct Free {
    Free* next;
};

// Without a destructor, so that it may still be looked at when the thread's other objects have gone.
struct Kept {
    Free* first[kLargest / kStep];
    std::uint64_t lent[kLargest / kStep];  // taken by this thread and not given back to it
    std::size_t bytes;
    bool is_watched;
    bool is_closed;
};
constinit thread_local Kept kept{};

/// Frees what is kept when the thread ends.
struct Watch {
    Watch() { kept.is_watched = true; }
    ~Watch() {
        kept.is_closed = true;
        for (auto& first : kept.first) {
            while (first != nullptr) {
                auto* const frame = first;
                first = frame->next;
                ::operator delete(frame);
            }
        }
        kept.bytes = 0;
    }
    Watch(Watch const&) = delete;
    Watch& operator=(Watch const&) = delete;
};

void watch() {
    thread_local Watch const one;
    (void)one;
}

std::size_t place_of(std::size_t size) {
    return (size - 1) / kStep;
}

std::size_t size_at(std::size_t place) {
    return (place + 1) * kStep;
}

bool is_ours(std::size_t size) {
    return NEWSWIRED_OWN_FRAMES != 0 && size - 1 < kLargest;
}

}  // namespace

void* take(std::size_t size) {
    if (!is_ours(size)) {
        return ::operator new(size);
    }
    auto const place = place_of(size);
    ++kept.lent[place];
    auto* const frame = kept.first[place];
    if (frame == nullptr) {
        return ::operator new(size_at(place));
    }
    kept.first[place] = frame->next;
    kept.bytes -= size_at(place);
    return frame;
}

void give_back(void* frame, std::size_t size) noexcept {
    auto const place = place_of(size);
    // What other threads take and this one gives back would only gather here.
    auto const is_due_here = is_ours(size) && kept.lent[place] > 0;
    if (is_due_here) {
        --kept.lent[place];
    }
    if (!is_due_here || kept.is_closed || kept.bytes + size_at(place) > kMaxKept) {
        ::operator delete(frame);
        return;
    }
    if (!kept.is_watched) {
        watch();
    }
    kept.first[place] = new (frame) Free{.next = kept.first[place]};
    kept.bytes += size_at(place);
}

std::size_t kept_here() {
    return kept.bytes;
}

}  // namespace newswired::frame_heap

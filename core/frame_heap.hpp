// Memory for the frames of coroutines.
//
// A poll is some twenty coroutines, one inside the other, whose frames come and go in the order of a stack;
// the larger ones are more than the C library's own caches take.  Each thread keeps what was given back, by
// size, the last one first since it is still in the processor's cache.
//
// Under sanitizers every frame is an allocation of its own, so that they see when one is used too late.

#pragma once

#include <cstddef>

namespace newswired::frame_heap {

/// Memory for a frame, aligned as operator new aligns.
void* take(std::size_t size);

/// `size` is what take() was asked for; any thread may give it back, and keeps as many as it took.
void give_back(void* frame, std::size_t size) noexcept;

/// What this thread keeps for frames to come, in bytes.
std::size_t kept_here();

inline constexpr std::size_t kMaxKept = 2 << 20;  ///< a thread; a thousand polls at once have more

}  // namespace newswired::frame_heap

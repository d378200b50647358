#include "core/heap.hpp"

#ifdef NEWSWIRED_JEMALLOC

#include <jemalloc/jemalloc.h>

// Read by jemalloc before main().  Few arenas, so that what is kept stays little on machines with many cores.
char const* malloc_conf = "narenas:4";

namespace newswired::heap {

void give_back() {
    constexpr auto kAll = "arena.4096.purge";
    static_assert(MALLCTL_ARENAS_ALL == 4096);
    mallctl(kAll, nullptr, nullptr, nullptr, 0);
}

}  // namespace newswired::heap

#else

#include <malloc.h>

namespace newswired::heap {

void give_back() {
    malloc_trim(0);
}

}  // namespace newswired::heap

#endif

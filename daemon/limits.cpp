#include "daemon/limits.hpp"

#include "core/log.hpp"

#include <sched.h>
#include <sys/resource.h>

#include <algorithm>

namespace newswired::daemon {

std::size_t usable_cores() {
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1;
    }
    return std::max<std::size_t>(std::size_t(CPU_COUNT(&set)), 1);
}

std::size_t descriptors_allow(std::size_t wanted) {
    // RocksDB's files, sinks, log, sockets we listen on, and idle connections beside the busy ones.
    constexpr std::size_t kReserved = 256;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) {
        return wanted;
    }
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &limit);
        (void)::getrlimit(RLIMIT_NOFILE, &limit);
    }
    auto const room = limit.rlim_cur > kReserved ? std::size_t(limit.rlim_cur) - kReserved : std::size_t{1};
    auto const allowed = std::max<std::size_t>(room / 2, 1);
    if (allowed < wanted) {
        log::warn("The limit of open files holds polling down",
                  {{"max_in_flight", wanted}, {"allowed", allowed}});
    }
    return std::min(wanted, allowed);
}

}  // namespace newswired::daemon

#include "storage/trimming.hpp"

#include <algorithm>

namespace newswired::storage {
namespace {

// Dropping a range leaves a tombstone that every read passes over: rarely, and much at a time.
constexpr std::uint64_t kWorthIt = 4096;

}  // namespace

bool is_full(LogEnds const& ends, std::uint64_t max_bytes) {
    return ends.bytes >= max_bytes && ends.last_seq > ends.first_seq;
}

Result<std::uint64_t> first_to_stay(LogEnds const& ends, TrimPolicy const& policy, std::uint64_t bound,
                                    SystemTime now, MarkOf const& mark_of) {
    if (ends.last_seq <= ends.first_seq) {
        return ends.first_seq;
    }
    // Under pressure the log gives up a quarter at once, so that this is rare.
    auto const pressed = ends.bytes >= policy.max_bytes;
    auto const keep_bytes = policy.max_bytes - policy.max_bytes / 4;
    auto low = ends.first_seq;
    auto high = std::max(low, std::min(bound, ends.last_seq - 1) + 1);
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        auto const mark = mark_of(middle);
        if (!mark) {
            return mark.error();
        }
        auto const too_old = now - mark->time > policy.retain;
        auto const from_here_on = ends.total - mark->total + mark->bytes;
        auto const too_much = pressed && from_here_on > keep_bytes;
        if (too_old || too_much) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low - ends.first_seq < kWorthIt && !pressed ? ends.first_seq : low;
}

}  // namespace newswired::storage

// What the ledger's decisions are about; the ledger's own (ledger.hpp).

#pragma once

#include "storage/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace newswired::storage {

// An article that is much like the candidate.
struct Ledger::Alike {
    ArticleKey key{};
    ItemValue item{};
    double similarity = 0;

    // Measured (bench/near): of texts with 5 % of their words edited, 99 % are above, and no different ones.
    static constexpr double kNearDuplicate = 0.6;
    static constexpr double kSameStory = 0.3;

    bool is_near_duplicate() const { return similarity >= kNearDuplicate; }
};

// One candidate on its way, and under which key it goes on (its own, or that of the item it proved to be).
struct Ledger::Step {
    PollCommit const& poll;
    Candidate& candidate;
    ArticleKey key;
    std::string hash;
    bool alike_asked = false;
    std::optional<Alike> alike{};  // when asked
};

// The article that a content belongs to, and what is still remembered of it.
struct Ledger::Owner {
    SeenValue seen;
    std::optional<ItemValue> item;

    bool emitted() const { return !item || item->revision > 0; }
};

/// When what is remembered at `at` for `span` ends, as values have it.
inline std::uint32_t stored_end(SystemTime at, seconds span) {
    auto const end = std::chrono::floor<seconds>(at.time_since_epoch()) + span;
    return std::uint32_t(std::clamp<std::int64_t>(end.count(), 0, 0xFFFFFFFE));
}

inline std::uint32_t ending(PollCommit const& poll) {
    return stored_end(poll.at, poll.keep);
}

}  // namespace newswired::storage

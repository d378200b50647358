#include "daemon/delivery/dead_letters.hpp"

#include "core/log.hpp"

#include <algorithm>
#include <utility>

namespace newswired::daemon {
namespace {

constexpr std::size_t kAtATime = 100;

}  // namespace

void DeadLetters::add(std::vector<sinks::Refused> refused, std::uint32_t earlier) {
    for (auto& one : refused) {
        added_.push_back({.refused = std::move(one), .earlier = earlier});
    }
}

Task<Result<void>> DeadLetters::store_all() {
    while (!added_.empty()) {
        auto const& [refused, earlier] = added_.front();
        storage::DeadLetter letter{.seq = refused.record.seq,
                                   .at = clock_.now(),
                                   .attempts = earlier + 1,
                                   .reason = refused.reason,
                                   .record = refused.record.json};
        auto const forgotten = co_await store_.add_dead(sink_, std::move(letter), kMax);
        if (!forgotten) {
            co_return forgotten.error();
        }
        log::error("A sink refuses an article for good; it is kept as a dead letter",
                   {{"sink", sink_}, {"seq", refused.record.seq}, {"reason", refused.reason}});
        if (*forgotten > 0) {
            log::error("A sink has too many dead letters; the oldest are forgotten",
                       {{"sink", sink_}, {"forgotten", *forgotten}, {"kept", kMax}});
        }
        count_ += earlier == 0 ? 1 : 0;
        count_ -= std::min(count_, *forgotten);
        added_.erase(added_.begin());
    }
    co_return Result<void>{};
}

Task<Result<std::vector<storage::DeadLetter>>> DeadLetters::next(std::uint64_t after) const {
    co_return co_await store_.dead(sink_, after, 1);
}

Task<Result<void>> DeadLetters::remove(std::uint64_t seq) {
    std::vector<std::uint64_t> const gone{seq};
    auto const removed = co_await store_.remove_dead(sink_, gone);
    count_ -= removed ? std::min<std::size_t>(count_, 1) : 0;
    co_return removed;
}

Task<Result<void>> DeadLetters::recount() {
    if (is_counted_) {
        co_return Result<void>{};
    }
    std::size_t count = 0;
    std::uint64_t last = 0;
    while (count <= kMax) {
        auto const letters = co_await store_.dead(sink_, last, kAtATime);
        if (!letters) {
            co_return letters.error();
        }
        if (letters->empty()) {
            break;
        }
        count += letters->size();
        last = letters->back().seq;
    }
    count_ = count;
    is_counted_ = true;
    co_return Result<void>{};
}

}  // namespace newswired::daemon

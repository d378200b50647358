// What a sink refuses for good: counted, kept, and tried again when the operator says so.

#include "daemon/delivery/delivery.hpp"

#include <utility>
#include <vector>

namespace newswired::daemon {

void Delivery::take_refused(std::size_t of) {
    auto refused = sink_->take_refused();
    if (refused.size() < of) {
        refused_in_a_row_ = 0;
    } else {
        refused_in_a_row_ += refused.size();
        refusal_ = refused.back().reason;
    }
    dead_.add(std::move(refused));
}

// A receiver that refuses one article after the other gets on, but nothing gets there.
bool Delivery::refuses_all() const {
    constexpr std::size_t kNoAccident = 10;
    return refused_in_a_row_ >= kNoAccident;
}

// Each alone, so that one which is refused again is not another's fault.
Task<Result<void>> Delivery::try_dead_again() {
    retry_wanted_ = false;
    std::uint64_t last = 0;
    for (;;) {
        auto const letters = co_await dead_.next(last);
        if (!letters) {
            co_return letters.error();
        }
        if (letters->empty()) {
            co_return Result<void>{};
        }
        last = letters->front().seq;
        auto const tried = co_await try_again(letters->front());
        if (!tried) {
            retry_wanted_ = true;  // the rest of them, once it gets on
            co_return tried.error();
        }
    }
}

Task<Result<void>> Delivery::try_again(storage::DeadLetter letter) {
    std::vector<sinks::Record> records(1);
    records[0] = {.seq = letter.seq, .json = std::string{letter.record}};
    auto position = co_await sink_->deliver(std::move(records));
    auto refused = sink_->take_refused();
    auto const is_refused = !refused.empty();
    dead_.add(std::move(refused), letter.attempts);
    auto const stored = co_await dead_.store_all();
    if (!position || !stored) {
        co_return !position ? position.error() : stored.error();
    }
    if (!is_refused) {
        auto const removed = co_await dead_.remove(letter.seq);
        if (!removed) {
            co_return removed.error();
        }
        ++status_.count;
    }
    storage::Cursor next{.seq = cursor_.seq, .position = std::move(*position)};
    co_return co_await move_to(std::move(next));
}

}  // namespace newswired::daemon

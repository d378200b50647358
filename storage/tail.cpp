#include "storage/tail.hpp"

#include <utility>

namespace newswired::storage {

void Tail::append(std::vector<OutboxEntry> entries) {
    std::vector<Waiting> woken;
    {
        std::lock_guard const lock{mutex_};
        for (auto& entry : entries) {
            last_seq_ = entry.seq;
            bytes_ += entry.body.size();
            entries_.push_back(std::move(entry));
        }
        while (!entries_.empty() && first_may_go()) {
            bytes_ -= entries_.front().body.size();
            entries_.pop_front();
        }
        woken = take_ready();
    }
    for (auto const& one : woken) {
        one.answer.fulfil(true);
    }
}

bool Tail::first_may_go() const {
    return bytes_ > max_bytes_ || entries_.front().time + kKept < entries_.back().time;
}

void Tail::restart(std::uint64_t last_seq) {
    std::vector<Waiting> woken;
    {
        std::lock_guard const lock{mutex_};
        last_seq_ = last_seq;
        entries_.clear();
        bytes_ = 0;
        woken = take_ready();
    }
    for (auto const& one : woken) {
        one.answer.fulfil(true);
    }
}

std::vector<Tail::Waiting> Tail::take_ready() {
    std::vector<Waiting> ready;
    std::vector<Waiting> still;
    for (auto& one : waiting_) {
        (one.after < last_seq_ ? ready : still).push_back(std::move(one));
    }
    waiting_ = std::move(still);
    return ready;
}

std::optional<std::vector<OutboxEntry>> Tail::read(std::uint64_t after, std::size_t max_count,
                                                   std::size_t max_bytes) const {
    std::lock_guard const lock{mutex_};
    std::vector<OutboxEntry> found;
    if (after >= last_seq_) {
        return found;
    }
    if (entries_.empty() || entries_.front().seq > after + 1) {
        return {};
    }
    std::size_t bytes = 0;
    for (auto place = entries_.begin() + std::ptrdiff_t(after + 1 - entries_.front().seq);
         place != entries_.end(); ++place) {
        bytes += place->body.size();
        if (found.size() >= max_count || (!found.empty() && bytes > max_bytes)) {
            break;
        }
        found.push_back(*place);
    }
    return found;
}

Completion<bool> Tail::article_above(std::uint64_t after) {
    Completion<bool> answer;
    std::unique_lock lock{mutex_};
    if (closed_ || after < last_seq_) {
        lock.unlock();
        answer.fulfil(!closed_);
        return answer;
    }
    // Waiters that were cancelled stay until the next article; a sink has one at a time.
    waiting_.push_back({after, answer});
    return answer;
}

void Tail::close() {
    std::vector<Waiting> woken;
    {
        std::lock_guard const lock{mutex_};
        closed_ = true;
        woken = std::move(waiting_);
        waiting_.clear();
    }
    for (auto const& one : woken) {
        one.answer.fulfil(false);
    }
}

}  // namespace newswired::storage

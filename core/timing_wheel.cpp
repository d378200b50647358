#include "core/timing_wheel.hpp"

#include <algorithm>
#include <utility>

namespace newswired {

TimingWheel::TimingWheel(Tick now) : now_{now} {
    heads_.fill(kNone);
}

void TimingWheel::make_room(std::size_t count) {
    due_.resize(std::max(count, due_.size()), kNever);
}

// The wheel is chosen by the highest byte in which `tick` and now differ: what shares all higher bytes with
// now is reached before that byte turns over, so a slot never holds two turns' things.
unsigned TimingWheel::slot_of(Tick tick) const {
    auto const differing = tick ^ now_;
    unsigned wheel = 0;
    for (unsigned w = kWheels - 1; w > 0; --w) {
        if ((differing >> (w * kBits)) != 0) {
            wheel = w;
            break;
        }
    }
    return wheel * kSlots + ((tick >> (wheel * kBits)) & (kSlots - 1));
}

void TimingWheel::enter(unsigned slot, Thing thing) {
    auto& head = heads_[slot];
    if (head == kNone || blocks_[head].used == blocks_[head].things.size()) {
        if (free_ == kNone) {
            free_ = BlockNumber(blocks_.size());
            blocks_.emplace_back();
        }
        auto const fresh = free_;
        free_ = blocks_[fresh].next;
        blocks_[fresh].next = head;
        blocks_[fresh].used = 0;
        head = fresh;
    }
    auto& block = blocks_[head];
    block.things[block.used++] = thing;
}

// Calls `visit` with each of the slot's entries, the last entered first.  It may enter them elsewhere.
template <typename Visit>
void TimingWheel::empty(unsigned slot, Visit visit) {
    auto number = std::exchange(heads_[slot], kNone);
    while (number != kNone) {
        auto& block = blocks_[number];
        for (auto i = block.used; i > 0; --i) {
            visit(block.things[i - 1]);
        }
        auto const next = block.next;
        block.next = free_;
        free_ = number;
        number = next;
    }
}

void TimingWheel::schedule(Thing thing, Tick tick) {
    auto const due = std::min(tick, kNever - 1);
    auto const slot = slot_of(std::max(due, now_));
    auto const is_there = is_scheduled(thing) && slot_of(std::max(due_[thing], now_)) == slot;
    if (!is_there) {
        enter(slot, thing);
    }
    scheduled_ += is_scheduled(thing) ? 0 : 1;
    due_[thing] = due;
}

void TimingWheel::cancel(Thing thing) {
    scheduled_ -= is_scheduled(thing) ? 1 : 0;
    due_[thing] = kNever;
}

// An entry counts when its thing is due by now: kNever is not.
void TimingWheel::take(unsigned slot, std::vector<Thing>& out) {
    auto const first = out.size();
    empty(slot, [&](Thing thing) {
        if (due_[thing] <= now_ && is_scheduled(thing)) {
            cancel(thing);
            out.push_back(thing);
        }
    });
    std::reverse(out.begin() + std::ptrdiff_t(first), out.end());
}

// now_ has just turned over in its lowest byte: what was kept for later on the upper wheels comes one down.
// An entry counts when its thing is due while the upper wheel stands at this slot.
void TimingWheel::cascade() {
    for (unsigned wheel = 1; wheel < kWheels; ++wheel) {
        auto const turn = now_ >> (wheel * kBits);
        auto const place = turn & (kSlots - 1);
        empty(wheel * kSlots + place, [&](Thing thing) {
            if (is_scheduled(thing) && due_[thing] >> (wheel * kBits) == turn) {
                enter(slot_of(due_[thing]), thing);
            }
        });
        if (place != 0) {
            break;
        }
    }
}

void TimingWheel::advance(Tick now, std::vector<Thing>& out) {
    take(now_ & (kSlots - 1), out);  // what was scheduled for the past
    while (now_ < now) {
        if (scheduled_ == 0) {
            now_ = now;
            return;
        }
        auto const target = std::min(now, next());
        now_ = std::max(target, now_ + 1);
        if ((now_ & (kSlots - 1)) == 0) {
            cascade();
        }
        take(now_ & (kSlots - 1), out);
    }
}

TimingWheel::Tick TimingWheel::next() const {
    if (scheduled_ == 0) {
        return kNever;
    }
    for (auto tick = now_; (tick ^ now_) < kSlots; ++tick) {
        if (heads_[tick & (kSlots - 1)] != kNone) {
            return tick;
        }
        if ((tick & (kSlots - 1)) == kSlots - 1) {
            break;
        }
    }
    return (now_ | (kSlots - 1)) + 1;  // where the lowest wheel turns over
}

}  // namespace newswired

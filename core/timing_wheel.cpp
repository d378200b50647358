#include "core/timing_wheel.hpp"

#include <algorithm>

namespace newswired {

TimingWheel::TimingWheel(Tick now) : now_{now} {
    heads_.fill(kNone);
}

void TimingWheel::resize(std::size_t count) {
    for (auto thing = count; thing < links_.size(); ++thing) {
        cancel(Thing(thing));
    }
    links_.resize(count);
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

void TimingWheel::link(Thing thing) {
    auto& own = links_[thing];
    auto const slot = slot_of(std::max(own.due, now_));
    own.next = heads_[slot];
    own.previous = kSlotMark | slot;
    if (own.next != kNone) {
        links_[own.next].previous = thing;
    }
    heads_[slot] = thing;
}

void TimingWheel::unlink(Thing thing) {
    auto& own = links_[thing];
    if ((own.previous & kSlotMark) != 0) {
        heads_[own.previous & ~kSlotMark] = own.next;
    } else {
        links_[own.previous].next = own.next;
    }
    if (own.next != kNone) {
        links_[own.next].previous = own.previous;
    }
}

void TimingWheel::schedule(Thing thing, Tick tick) {
    cancel(thing);
    links_[thing].due = std::min(tick, kNever - 1);
    link(thing);
    ++scheduled_;
}

void TimingWheel::cancel(Thing thing) {
    if (is_scheduled(thing)) {
        unlink(thing);
        links_[thing].due = kNever;
        --scheduled_;
    }
}

void TimingWheel::take(unsigned slot, std::vector<Thing>& out) {
    auto const first = out.size();
    for (auto thing = heads_[slot]; thing != kNone;) {
        auto const next = links_[thing].next;
        out.push_back(thing);
        links_[thing].due = kNever;
        --scheduled_;
        thing = next;
    }
    heads_[slot] = kNone;
    std::reverse(out.begin() + std::ptrdiff_t(first), out.end());  // lists grow at the head
}

// now_ has just turned over in its lowest byte: what was kept for later on the upper wheels comes one down.
void TimingWheel::cascade() {
    for (unsigned wheel = 1; wheel < kWheels; ++wheel) {
        auto const place = (now_ >> (wheel * kBits)) & (kSlots - 1);
        auto const slot = wheel * kSlots + place;
        auto thing = heads_[slot];
        heads_[slot] = kNone;
        while (thing != kNone) {
            auto const next = links_[thing].next;
            link(thing);
            thing = next;
        }
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

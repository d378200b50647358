// A hierarchical timing wheel: when each of very many things is next due, at 12 bytes a thing.
//
// A heap or a map of timers costs 50 bytes and more for each; a million feeds that mostly rest should cost
// little more than their number.  Four wheels of 256 slots: the first holds what is due within 256 ticks, the
// next what is due within 65,536, and so on; things move one wheel down as their time comes near.
// Source: Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987, scheme 7.
//
// Things are numbered 0 … size-1 and are due at most once.  schedule() and cancel() are O(1); advance() costs
// a step for every tick that passed (jumps over empty stretches) and for every thing that moves.  Pure: time
// is given as ticks.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace newswired {

class TimingWheel {
  public:
    using Thing = std::uint32_t;
    using Tick = std::uint32_t;

    static constexpr Tick kNever = 0xFFFFFFFF;
    static constexpr std::size_t kMaxThings = 0x7FFFFFFF;

    explicit TimingWheel(Tick now = 0);

    /// Room for things 0 … count-1.  What is scheduled above is forgotten.
    void resize(std::size_t count);

    /// Makes `thing` due at `tick` (at the next advance() when that has passed), whatever was said before.
    void schedule(Thing thing, Tick tick);
    void cancel(Thing thing);
    bool is_scheduled(Thing thing) const { return links_[thing].due != kNever; }
    /// The tick that schedule() was given; kNever when it is not scheduled.
    Tick due(Thing thing) const { return links_[thing].due; }

    /// Moves time to `now` and appends what has become due to `out`, in order of time.
    void advance(Tick now, std::vector<Thing>& out);

    /// A tick at which advance() may have something to do: never later than the first thing due.  kNever when
    /// nothing is scheduled.
    Tick next() const;

    std::size_t scheduled() const { return scheduled_; }
    std::size_t size() const { return links_.size(); }
    Tick now() const { return now_; }

  private:
    static constexpr unsigned kBits = 8;
    static constexpr unsigned kSlots = 1u << kBits;
    static constexpr unsigned kWheels = 4;
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    static constexpr std::uint32_t kSlotMark = 0x80000000;  // in `previous`: a slot's number, not a thing's

    struct Link {
        std::uint32_t next = kNone;
        std::uint32_t previous = kNone;
        Tick due = kNever;
    };

    unsigned slot_of(Tick tick) const;
    void link(Thing thing);
    void unlink(Thing thing);
    void take(unsigned slot, std::vector<Thing>& out);
    void cascade();

    std::vector<Link> links_;
    std::array<std::uint32_t, kWheels * kSlots> heads_;
    Tick now_;
    std::size_t scheduled_ = 0;
};

}  // namespace newswired

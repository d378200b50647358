// A hierarchical timing wheel: when each of very many things is next due, at little more than 8 bytes a
// thing.
//
// A heap or a map of timers costs 50 bytes and more for each; a million feeds that mostly rest should cost
// little more than their number.  Four wheels of 256 slots: the first holds what is due within 256 ticks, the
// next what is due within 65,536, and so on; things move one wheel down as their time comes near.
// Source: Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987, scheme 7.
//
// A slot names the things to be looked at in its time; when each is due is kept beside, and alone counts.  So
// nothing has to be found in a slot to be taken out: what is cancelled or moved leaves its entry behind,
// which is dropped when its time comes.  It costs 4 bytes until then.
//
// Things are numbered 0 … size-1 and are due at most once.  schedule() and cancel() are O(1); advance() costs
// a step for every tick that passed (jumps over empty stretches) and for every thing that moves.  Pure: time
// is given as ticks.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace newswired {

class TimingWheel {
  public:
    using Thing = std::uint32_t;
    using Tick = std::uint32_t;

    static constexpr Tick kNever = 0xFFFFFFFF;

    explicit TimingWheel(Tick now = 0);

    /// Room for things 0 … count-1; never for fewer than before.
    void make_room(std::size_t count);

    /// Makes `thing` due at `tick` (at the next advance() when that has passed), whatever was said before.
    void schedule(Thing thing, Tick tick);
    void cancel(Thing thing);
    bool is_scheduled(Thing thing) const { return due_[thing] != kNever; }
    /// The tick that schedule() was given; kNever when it is not scheduled.
    Tick due(Thing thing) const { return due_[thing]; }

    /// Moves time to `now` and appends what has become due to `out`, in order of time.
    void advance(Tick now, std::vector<Thing>& out);

    /// A tick at which advance() may have something to do: never later than the first thing due.  kNever when
    /// nothing is scheduled.
    Tick next() const;

    std::size_t scheduled() const { return scheduled_; }
    std::size_t size() const { return due_.size(); }
    Tick now() const { return now_; }

  private:
    static constexpr unsigned kBits = 8;
    static constexpr unsigned kSlots = 1u << kBits;
    static constexpr unsigned kWheels = 4;

    // A slot's entries stand in a chain of blocks, of which only the first may be part full.
    using BlockNumber = std::uint32_t;
    static constexpr BlockNumber kNone = 0xFFFFFFFF;
    struct Block {
        BlockNumber next = kNone;
        std::uint32_t used = 0;
        std::array<Thing, 30> things{};  // 128 bytes in all: short lists leave most blocks part full
    };

    unsigned slot_of(Tick tick) const;
    void enter(unsigned slot, Thing thing);
    template <typename Visit>
    void empty(unsigned slot, Visit visit);
    void take(unsigned slot, std::vector<Thing>& out);
    void cascade();

    std::vector<Tick> due_;
    std::array<BlockNumber, kWheels * kSlots> heads_;
    std::deque<Block> blocks_;
    BlockNumber free_ = kNone;  // a chain of those that no slot uses
    Tick now_;
    std::size_t scheduled_ = 0;
};

}  // namespace newswired

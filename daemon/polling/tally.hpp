// Counters of what the daemon has done since it started, written by the I/O threads and read by anyone.

#pragma once

#include <atomic>
#include <cstdint>

namespace newswired::daemon {

/// One set of numbers; plain for reading, see Tally for counting.
struct Totals {
    std::uint64_t polls = 0;
    std::uint64_t documents = 0;
    std::uint64_t not_modified = 0;
    std::uint64_t failures = 0;
    std::uint64_t fresh = 0;
    std::uint64_t updates = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t bytes = 0;

    Totals& operator+=(Totals const& other) {
        polls += other.polls;
        documents += other.documents;
        not_modified += other.not_modified;
        failures += other.failures;
        fresh += other.fresh;
        updates += other.updates;
        duplicates += other.duplicates;
        bytes += other.bytes;
        return *this;
    }
    friend Totals operator-(Totals a, Totals const& b) {
        a.polls -= b.polls;
        a.documents -= b.documents;
        a.not_modified -= b.not_modified;
        a.failures -= b.failures;
        a.fresh -= b.fresh;
        a.updates -= b.updates;
        a.duplicates -= b.duplicates;
        a.bytes -= b.bytes;
        return a;
    }
};

/// Counts on one thread; totals() may be called from any.
class Tally {
  public:
    void add(Totals const& more) {
        bump(polls_, more.polls);
        bump(documents_, more.documents);
        bump(not_modified_, more.not_modified);
        bump(failures_, more.failures);
        bump(fresh_, more.fresh);
        bump(updates_, more.updates);
        bump(duplicates_, more.duplicates);
        bump(bytes_, more.bytes);
    }

    Totals totals() const {
        return {.polls = polls_,
                .documents = documents_,
                .not_modified = not_modified_,
                .failures = failures_,
                .fresh = fresh_,
                .updates = updates_,
                .duplicates = duplicates_,
                .bytes = bytes_};
    }

  private:
    using Counter = std::atomic<std::uint64_t>;

    static void bump(Counter& counter, std::uint64_t by) { counter.fetch_add(by, std::memory_order_relaxed); }

    Counter polls_{};
    Counter documents_{};
    Counter not_modified_{};
    Counter failures_{};
    Counter fresh_{};
    Counter updates_{};
    Counter duplicates_{};
    Counter bytes_{};
};

}  // namespace newswired::daemon

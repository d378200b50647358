// The newest articles of the log in memory, and who waits for the next.  Thread-safe.
//
// A sink that keeps up finds them here, within moments; one that does not reads the log itself.  So what has
// lain here for a minute goes when something newer comes, and memory follows what arrives, not what has
// arrived.

#pragma once

#include "core/completion.hpp"
#include "core/time.hpp"
#include "storage/store.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace newswired::storage {

class Tail {
  public:
    static constexpr milliseconds kKept{60'000};

    Tail(std::uint64_t last_seq, std::size_t max_bytes) : last_seq_{last_seq}, max_bytes_{max_bytes} {}

    /// Appends articles that have just been committed and wakes who waits for them.
    void append(std::vector<OutboxEntry> entries);

    /// The log was opened anew and ends at `last_seq`: what is in memory may be something else, and goes.
    void restart(std::uint64_t last_seq);

    /// The articles after `after`, when the tail holds all of them; none when some lie further back.
    std::optional<std::vector<OutboxEntry>> read(std::uint64_t after, std::size_t max_count,
                                                 std::size_t max_bytes) const;

    /// Fulfilled when there is an article above `after`, or by close().
    Completion<bool> article_above(std::uint64_t after);
    void close();

  private:
    struct Waiting {
        std::uint64_t after;
        Completion<bool> answer;
    };

    std::vector<Waiting> take_ready();
    bool first_may_go() const;

    mutable std::mutex mutex_;
    std::uint64_t last_seq_;
    std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    std::deque<OutboxEntry> entries_;
    std::vector<Waiting> waiting_;
    bool closed_ = false;
};

}  // namespace newswired::storage

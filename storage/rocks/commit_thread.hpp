// The one thread that writes: polls that wait at the same time become one group, everything else that writes
// takes its turn between groups.

#pragma once

#include "core/completion.hpp"
#include "core/result.hpp"
#include "core/task.hpp"
#include "storage/records.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace newswired::storage {

class CommitThread {
  public:
    CommitThread() = default;
    ~CommitThread() { stop(); }
    CommitThread(CommitThread const&) = delete;
    CommitThread& operator=(CommitThread const&) = delete;

    /// Writes a group: an answer for each poll, in order.
    using WriteGroup = std::function<std::vector<Result<Receipt>>(std::vector<PollCommit>& polls)>;
    void start(WriteGroup write_group);
    /// Writes what waits; whatever comes later is `closed`.
    void stop();

    Task<Result<Receipt>> commit(PollCommit poll);
    /// Runs `work` alone on the commit thread.  It may outlive a caller who is cancelled.
    Task<Result<void>> perform(std::function<Result<void>()> work);

  private:
    struct Polls {
        std::vector<PollCommit> polls;
        std::vector<Completion<Result<Receipt>>> answers;
    };
    struct OtherJob {
        std::function<Result<void>()> work;
        Completion<Result<void>> answer;
    };
    struct Jobs {
        Polls group;
        std::deque<OtherJob> others;
        bool empty() const { return group.polls.empty() && others.empty(); }
    };

    void run();
    Jobs wait_for_jobs();
    Polls first_group();
    bool is_idle() const { return waiting_.polls.empty() && others_.empty(); }
    bool can_gather() const;

    WriteGroup write_group_;
    std::mutex mutex_;
    std::condition_variable wake_;
    Polls waiting_;
    std::deque<OtherJob> others_;
    bool urgent_ = false;  // articles among the polls, or anything else
    bool closing_ = false;
    std::thread thread_;
};

}  // namespace newswired::storage

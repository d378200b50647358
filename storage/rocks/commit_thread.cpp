#include "storage/rocks/commit_thread.hpp"

#include "core/time.hpp"
#include "storage/errors.hpp"

#include <rocksdb/perf_level.h>

#include <iterator>

namespace newswired::storage {
namespace {

constexpr std::size_t kMaxGroup = 64;  // polls in one batch: bounds what a crash makes us repeat

// A poll without articles is in no hurry: waking this thread and the poller's for each of them costs more
// than writing it, so that they are gathered for a moment.
constexpr milliseconds kGathering{3};

}  // namespace

void CommitThread::start(WriteGroup write_group) {
    write_group_ = std::move(write_group);
    thread_ = std::thread{[this] { run(); }};
}

void CommitThread::stop() {
    {
        std::lock_guard const lock{mutex_};
        closing_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool CommitThread::can_gather() const {
    return !urgent_ && waiting_.polls.size() < kMaxGroup;
}

CommitThread::Polls CommitThread::first_group() {
    if (waiting_.polls.size() <= kMaxGroup) {
        return std::exchange(waiting_, {});
    }
    Polls group;
    auto take = [](auto& from, auto& to) {
        auto const end = from.begin() + kMaxGroup;
        to.assign(std::make_move_iterator(from.begin()), std::make_move_iterator(end));
        from.erase(from.begin(), end);
    };
    take(waiting_.polls, group.polls);
    take(waiting_.answers, group.answers);
    return group;
}

CommitThread::Jobs CommitThread::wait_for_jobs() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return closing_ || !is_idle(); });
    wake_.wait_for(lock, kGathering, [&] { return closing_ || !can_gather(); });
    urgent_ = false;
    Jobs taken;
    taken.others.swap(others_);
    taken.group = first_group();
    return taken;
}

void CommitThread::run() {
    // RocksDB's counters of comparisons cost as much as the comparisons.
    rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
    for (;;) {
        auto jobs = wait_for_jobs();
        if (jobs.empty()) {
            return;  // closing, and everything is written
        }
        if (!jobs.group.polls.empty()) {
            auto receipts = write_group_(jobs.group.polls);
            for (std::size_t i = 0; i < receipts.size(); ++i) {
                jobs.group.answers[i].fulfil(std::move(receipts[i]));
            }
        }
        for (auto& job : jobs.others) {
            job.answer.fulfil(job.work());
        }
    }
}

Task<Result<Receipt>> CommitThread::commit(PollCommit poll) {
    Completion<Result<Receipt>> answer;
    bool taken = false;
    bool wake = false;
    {
        std::lock_guard const lock{mutex_};
        if (!closing_) {
            auto const was_idle = is_idle();
            urgent_ = urgent_ || !poll.items.empty();
            waiting_.polls.push_back(std::move(poll));
            waiting_.answers.push_back(answer);
            wake = was_idle || !can_gather();
            taken = true;
        }
    }
    if (!taken) {
        co_return errc::closed;
    }
    if (wake) {
        wake_.notify_one();
    }
    auto arrival = answer.arrival();
    co_await std::move(arrival);
    co_return answer.take();
}

Task<Result<void>> CommitThread::perform(std::function<Result<void>()> work) {
    Completion<Result<void>> answer;
    bool taken = false;
    {
        std::lock_guard const lock{mutex_};
        if (!closing_) {
            others_.push_back({std::move(work), answer});
            urgent_ = true;
            taken = true;
        }
    }
    if (!taken) {
        co_return errc::closed;
    }
    wake_.notify_one();
    co_return co_await answer.wait();
}

}  // namespace newswired::storage

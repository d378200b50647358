#include "core/task_group.hpp"

#include "core/alarm.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/multiple_exceptions.hpp>
#include <boost/system/system_error.hpp>

#include <cassert>
#include <exception>
#include <list>

namespace newswired {

struct TaskGroup::Shared {
    explicit Shared(Executor home) : executor{home}, empty{make_alarm(home)} {}

    Executor executor;
    std::list<boost::asio::cancellation_signal> children;  // one for each running child
    std::unique_ptr<Alarm> empty;
};

namespace {

bool is_cancellation(std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (boost::system::system_error const& error) {
        return error.code() == boost::asio::error::operation_aborted;
    } catch (boost::asio::multiple_exceptions const& both) {
        // A child that waited for the first of two was broken off in both waits.
        return is_cancellation(both.first_exception());
    } catch (...) {
        return false;
    }
}

}  // namespace

TaskGroup::TaskGroup(Executor executor) : shared_{std::make_shared<Shared>(executor)} {}

TaskGroup::~TaskGroup() {
    assert(shared_->children.empty() && "wait() for a group before it goes");
}

void TaskGroup::spawn(Task<void> child) {
    auto const place = shared_->children.emplace(shared_->children.end());
    auto ended = [shared = shared_, place](std::exception_ptr failure) {
        if (failure && !is_cancellation(failure)) {
            std::rethrow_exception(failure);
        }
        shared->children.erase(place);
        if (shared->children.empty()) {
            shared->empty->ring();
        }
    };
    boost::asio::co_spawn(shared_->executor, std::move(child),
                          boost::asio::bind_cancellation_slot(place->slot(), std::move(ended)));
}

void TaskGroup::cancel() {
    // A child may end inside emit(), which removes it from the list.
    for (auto child = shared_->children.begin(); child != shared_->children.end();) {
        auto const current = child++;
        current->emit(boost::asio::cancellation_type::terminal);
    }
}

Task<void> TaskGroup::wait() {
    while (!shared_->children.empty()) {
        co_await shared_->empty->wait_until(SteadyTime::max());
    }
}

std::size_t TaskGroup::size() const {
    return shared_->children.size();
}

}  // namespace newswired

// A one-shot answer from another thread to a waiting coroutine.
//
//     Completion<Result<Receipt>> answer;
//     queue.push({poll, answer});                  // the other thread calls answer.fulfil(…), once
//     co_return co_await answer.wait();            // resumes on the waiter's own I/O thread
//
// Copies share one answer.  A waiter that is cancelled goes at once (operation_aborted); an answer that then
// comes is dropped.  fulfil() may come before wait().

#pragma once

#include "core/task.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace newswired {

template <typename T>
class Completion {
  public:
    Completion() : state_{std::make_shared<State>()} {}

    /// From any thread, once.
    void fulfil(T value) const {
        std::unique_ptr<Waiter> waiter;
        {
            std::lock_guard const lock{state_->mutex};
            state_->value.emplace(std::move(value));
            waiter = std::move(state_->waiter);
        }
        if (waiter) {
            waiter.release()->resume({});
        }
    }

    /// The value; at most one waiter.
    Task<T> wait() const {
        auto const answer = *this;
        auto arrival = answer.arrival();
        co_await std::move(arrival);
        co_return answer.take();
    }

    /// The same in two steps, for a task that waits for nothing else: `co_await` what arrival() gives, then
    /// take().
    auto arrival() const {
        auto initiate = [state = state_](auto handler) { State::start(state, std::move(handler)); };
        using Signature = void(boost::system::error_code);
        return boost::asio::async_initiate<boost::asio::deferred_t const, Signature>(std::move(initiate),
                                                                                     boost::asio::deferred);
    }
    T take() const { return std::move(*state_->value); }

  private:
    // The waiting handler, its type forgotten; resume() deletes it.
    struct Waiter {
        virtual ~Waiter() = default;
        virtual void resume(boost::system::error_code error) = 0;
    };

    template <typename Handler>
    struct HandlerWaiter final : Waiter {
        explicit HandlerWaiter(Handler h) : handler{std::move(h)} {}

        void resume(boost::system::error_code error) override {
            std::unique_ptr<HandlerWaiter> const self{this};
            auto const executor = boost::asio::get_associated_executor(handler);
            boost::asio::post(executor, [h = std::move(handler), error]() mutable {
                // On the waiter's own thread: what could still cancel it is forgotten before it goes on.
                if (auto slot = boost::asio::get_associated_cancellation_slot(h); slot.is_connected()) {
                    slot.clear();
                }
                std::move(h)(error);
            });
        }

        Handler handler;
    };

    struct State {
        std::mutex mutex;
        std::optional<T> value;
        std::unique_ptr<Waiter> waiter;

        template <typename Handler>
        static void start(std::shared_ptr<State> const& state, Handler handler) {
            auto slot = boost::asio::get_associated_cancellation_slot(handler);
            auto waiter = std::make_unique<HandlerWaiter<Handler>>(std::move(handler));
            if (slot.is_connected()) {
                slot.assign([weak = std::weak_ptr<State>{state}](boost::asio::cancellation_type) {
                    if (auto const alive = weak.lock()) {
                        alive->cancel();
                    }
                });
            }
            bool ready = false;
            {
                std::lock_guard const lock{state->mutex};
                ready = state->value.has_value();
                if (!ready) {
                    state->waiter = std::move(waiter);
                }
            }
            if (ready) {
                waiter.release()->resume({});
            }
        }

        void cancel() {
            std::unique_ptr<Waiter> gone;
            {
                std::lock_guard const lock{mutex};
                gone = std::move(waiter);
            }
            if (gone) {
                gone.release()->resume(boost::asio::error::operation_aborted);
            }
        }
    };

    std::shared_ptr<State> state_;
};

}  // namespace newswired

// Tasks: everything that may suspend returns a Task<T>.
//
// A task is lazy: it runs when awaited, on the I/O thread of whoever awaits it, and it lives no longer
// than the task that started it (&&, ||, or core/task_group.hpp).  Nothing is ever detached.
// The executor is the io_context's own type, not the type-erased one: a resumption is then a plain call.

#pragma once

#include "core/frame_heap.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <cstddef>

namespace newswired {

using Executor = boost::asio::io_context::executor_type;

template <typename T = void>
using Task = boost::asio::awaitable<T, Executor>;

}  // namespace newswired

// Asio keeps two small frames a thread and gives the others to the C library: for our executor they rest
// where core/frame_heap.hpp says.

template <>
inline void* boost::asio::detail::awaitable_frame_base<newswired::Executor>::operator new(std::size_t size) {
    return newswired::frame_heap::take(size);
}

template <>
inline void boost::asio::detail::awaitable_frame_base<newswired::Executor>::operator delete(
    void* frame, std::size_t size) {
    newswired::frame_heap::give_back(frame, size);
}

#include "core/spawn.hpp"

#include <boost/asio/co_spawn.hpp>

namespace newswired {

void spawn(Executor executor, Task<void> task, std::function<void(std::exception_ptr)> ended) {
    boost::asio::co_spawn(executor, std::move(task), std::move(ended));
}

void spawn(Executor executor, Task<void> task) {
    spawn(executor, std::move(task), [](std::exception_ptr failure) {
        if (failure) {
            std::rethrow_exception(failure);
        }
    });
}

}  // namespace newswired

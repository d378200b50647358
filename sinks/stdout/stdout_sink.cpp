// The stdout sink: one record a line.  At least once: a pipe can't say how far its reader came, so after a
// crash the last batch comes again.

#include "core/worker_pool.hpp"
#include "sinks/sink.hpp"

#include <boost/system/system_error.hpp>

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <utility>

namespace newswired::sinks {
namespace {

Result<void> write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(std::size_t(written));
        } else if (errno == EAGAIN) {
            // Somebody made our end of the pipe non-blocking: wait for the reader.
            constexpr int kPatience = 5000;
            pollfd ready{.fd = descriptor, .events = POLLOUT, .revents = 0};
            (void)::poll(&ready, 1, kPatience);
        } else if (errno != EINTR) {
            return Error{errno, boost::system::system_category()};
        }
    }
    return {};
}

class StdoutSink final : public Sink {
  public:
    explicit StdoutSink(Services services) : services_{std::move(services)} {}

    Task<Result<std::string>> open(std::string) override { co_return std::string{}; }

    Task<Result<std::string>> deliver(std::vector<Record> records) override {
        auto work = [&records]() -> Result<std::string> {
            std::string lines;
            for (auto const& record : records) {
                lines += record.json;
                lines += '\n';
            }
            if (auto const written = write_all(STDOUT_FILENO, lines); !written) {
                return written.error();
            }
            return std::string{};
        };
        co_return co_await services_.workers.run(work);
    }

    Task<Result<std::string>> reopen() override { co_return std::string{}; }

  private:
    Services services_;
};

}  // namespace

std::unique_ptr<Sink> make_stdout_sink(config::Sink const&, Services services) {
    return std::make_unique<StdoutSink>(std::move(services));
}

}  // namespace newswired::sinks

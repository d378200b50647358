// The file sink: one record a line, exactly once (line_file.hpp), on worker threads since disks block.

#include "core/worker_pool.hpp"
#include "sinks/file/file_system.hpp"
#include "sinks/file/line_file.hpp"
#include "sinks/sink.hpp"

#include <utility>

namespace newswired::sinks {
namespace {

class FileSink final : public Sink {
  public:
    FileSink(config::Sink const& settings, Services services)
        : services_{std::move(services)},
          files_{make_file_system()},
          file_{*files_, settings.path, settings.rotate} {}

    Task<Result<std::string>> open(std::string position) override {
        auto work = [this, &position]() -> Result<std::string> {
            if (auto const opened = file_.open(position); !opened) {
                return opened.error();
            }
            return file_.position();
        };
        co_return co_await services_.workers.run(work);
    }

    Task<Result<std::string>> deliver(std::vector<Record> records) override {
        auto work = [this, &records] {
            std::string lines;
            std::size_t size = 0;
            for (auto const& record : records) {
                size += record.json.size() + 1;
            }
            lines.reserve(size);
            for (auto const& record : records) {
                lines += record.json;
                lines += '\n';
            }
            return file_.append(lines);
        };
        co_return co_await services_.workers.run(work);
    }

    Task<Result<std::string>> reopen() override {
        auto work = [this] { return file_.reopen(); };
        co_return co_await services_.workers.run(work);
    }

  private:
    Services services_;
    std::unique_ptr<FileSystem> files_;
    LineFile file_;
};

}  // namespace

std::unique_ptr<Sink> make_file_sink(config::Sink const& settings, Services services) {
    return std::make_unique<FileSink>(settings, std::move(services));
}

}  // namespace newswired::sinks

#include "bench/poll/library_client.hpp"

#include "bench/poll/server.hpp"
#include "core/spawn.hpp"
#include "core/task.hpp"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace newswired::bench {
namespace {

using boost::asio::ip::tcp;

// A thread that writes states, many at a time.
class States {
  public:
    explicit States(std::string const& folder) {
        rocksdb::Options options;
        options.create_if_missing = true;
        options.write_buffer_size = 8 << 20;
        rocksdb::DB* db = nullptr;
        if (!rocksdb::DB::Open(options, folder, &db).ok()) {
            throw std::runtime_error{"RocksDB can't be opened"};
        }
        db_.reset(db);
        thread_ = std::thread{[this] { run(); }};
    }
    ~States() {
        {
            std::lock_guard const lock{mutex_};
            closing_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }
    States(States const&) = delete;
    States& operator=(States const&) = delete;

    void put(std::uint64_t feed) {
        std::lock_guard const lock{mutex_};
        waiting_.emplace_back(feed, std::string(kStateBytes, 'x'));
        if (waiting_.size() == kGroup) {
            wake_.notify_one();
        }
    }

  private:
    static constexpr std::size_t kStateBytes = 350;
    static constexpr std::size_t kGroup = 64;

    void run() {
        for (;;) {
            std::vector<std::pair<std::uint64_t, std::string>> group;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [this] { return closing_ || waiting_.size() >= kGroup; });
                if (waiting_.empty()) {
                    return;
                }
                group.swap(waiting_);
            }
            rocksdb::WriteBatch batch;
            for (auto const& [feed, state] : group) {
                batch.Put({reinterpret_cast<char const*>(&feed), sizeof feed}, state);
            }
            db_->Write({}, &batch);
        }
    }

    std::unique_ptr<rocksdb::DB> db_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool closing_ = false;
    std::vector<std::pair<std::uint64_t, std::string>> waiting_;
    std::thread thread_;
};

class LibraryClient {
  public:
    LibraryClient(std::uint16_t port, std::string const& path, States& states)
        : port_{port}, states_{states}, buffer_(65'536) {
        request_ = "GET " + path +
                   " HTTP/1.1\r\nHost: h1.bench.example:12345\r\n"
                   "User-Agent: newswired/0.1.0 (+https://bot.example/about)\r\n"
                   "Accept-Encoding: gzip, deflate, br, zstd\r\nIf-None-Match: \"one\"\r\n\r\n";
    }

    Task<void> ask_in_turn(Executor executor, std::size_t count) {
        while (begun_ < count) {
            auto const host = begun_++;
            co_await ask(executor, host);
            states_.put(host % kFeeds * kSpread);
        }
    }

  private:
    static constexpr std::size_t kFeeds = 2'000;
    static constexpr std::uint64_t kSpread = 0x9E3779B97F4A7C15;  // keys are hashes

    Task<void> ask(Executor executor, std::size_t host) {
        auto const token = boost::asio::as_tuple(boost::asio::use_awaitable_t<Executor>{});
        boost::asio::basic_stream_socket<tcp, Executor> socket{executor, tcp::v4()};
        socket.set_option(tcp::no_delay{true});
        tcp::endpoint const where{boost::asio::ip::address_v4{address_of_host(host)}, port_};
        auto const [failed] = co_await socket.async_connect(where, token);
        if (failed) {
            throw std::runtime_error{"connect: " + failed.message()};
        }
        socket.non_blocking(true);
        socket.send(boost::asio::buffer(request_));
        boost::beast::http::response_parser<boost::beast::http::string_body> parser;
        parser.eager(true);
        while (!parser.is_done()) {
            auto const [lost] = co_await socket.async_wait(tcp::socket::wait_read, token);
            boost::system::error_code error = lost;
            auto const got = error ? 0 : socket.receive(boost::asio::buffer(buffer_), 0, error);
            auto rest = boost::asio::const_buffer{buffer_.data(), got};
            while (!error && rest.size() > 0 && !parser.is_done()) {
                rest += parser.put(rest, error);
            }
            if (error) {
                throw std::runtime_error{"no answer: " + error.message()};
            }
        }
    }

    std::uint16_t port_;
    States& states_;
    std::string request_;
    std::vector<char> buffer_;
    std::size_t begun_ = 0;
};

}  // namespace

void ask_by_libraries(std::uint16_t port, std::string const& path, std::size_t count, std::size_t parallel,
                      std::string const& folder) {
    States states{folder};
    LibraryClient client{port, path, states};
    boost::asio::io_context context{1};
    for (std::size_t lane = 0; lane < parallel; ++lane) {
        spawn(context.get_executor(), client.ask_in_turn(context.get_executor(), count));
    }
    context.run();
}

}  // namespace newswired::bench

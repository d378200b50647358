#include "daemon/control.hpp"

#include "core/json_writer.hpp"
#include "core/log.hpp"
#include "core/task_group.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <boost/system/system_error.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace newswired::daemon {
namespace {

using Protocol = boost::asio::local::stream_protocol;
using Socket = boost::asio::basic_stream_socket<Protocol, Executor>;
using Acceptor = boost::asio::basic_socket_acceptor<Protocol, Executor>;

constexpr std::size_t kMaxQuestion = 64 * 1024;
constexpr std::size_t kMaxConnections = 16;   // operators, not crowds
constexpr milliseconds kQuestionTime{5'000};  // a client that says nothing is let go
constexpr std::size_t kMaxAnswer = 64 << 20;
constexpr std::size_t kMaxPath = 107;  // sockaddr_un

auto redirect(Error& error) {
    return boost::asio::redirect_error(boost::asio::use_awaitable_t<Executor>{}, error);
}

bool parse_question(std::string_view line, ControlQuestion& question) {
    Error error;
    auto const value = boost::json::parse({line.data(), line.size()}, error);
    if (error || !value.is_object()) {
        return false;
    }
    for (auto const& [name, argument] : value.get_object()) {
        if (argument.is_string()) {
            question.emplace(std::string{name}, std::string{argument.get_string()});
        }
    }
    return true;
}

std::string write_answer(ControlAnswer const& answer) {
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member_number("exit", answer.exit);
    json.member("out", answer.out);
    json.member("err", answer.err);
    json.close_object();
    return out + '\n';
}

Task<std::string> read_line(Socket& socket) {
    std::string line;
    Error error;
    co_await boost::asio::async_read_until(socket, boost::asio::dynamic_buffer(line, kMaxQuestion), '\n',
                                           redirect(error));
    co_return error ? std::string{} : line;
}

Task<void> answer_one(Socket socket, ControlHandler const& handler, Clock& clock) {
    using namespace boost::asio::experimental::awaitable_operators;
    auto line = co_await (read_line(socket) || clock.sleep_for(kQuestionTime));
    if (line.index() != 0) {
        co_return;
    }
    ControlQuestion question;
    ControlAnswer answer{.exit = 1, .err = "the daemon did not understand the question\n"};
    if (parse_question(std::get<0>(line), question)) {
        answer = co_await handler(std::move(question));
    }
    auto const bytes = write_answer(answer);
    Error error;
    auto const buffer = boost::asio::buffer(bytes);
    co_await (boost::asio::async_write(socket, buffer, redirect(error)) || clock.sleep_for(kQuestionTime));
}

Error too_long() {
    return boost::system::errc::make_error_code(boost::system::errc::filename_too_long);
}

bool listen(Acceptor& acceptor, std::string const& path) {
    Error error = path.size() > kMaxPath ? too_long() : Error{};
    if (!error) {
        ::unlink(path.c_str());  // left by a daemon that was killed; the state's lock keeps two apart
        acceptor.open(Protocol{}, error);
    }
    if (!error) {
        acceptor.bind(Protocol::endpoint{path}, error);
    }
    if (!error) {
        ::chmod(path.c_str(), 0660);
        acceptor.listen(int(kMaxConnections), error);
    }
    if (error) {
        log::warn("No control socket: status and explain will not work",
                  {{"path", path}, {"reason", error.message()}});
    }
    return !error;
}

}  // namespace

Task<void> serve_control(std::string path, ControlHandler handler, Clock& clock) {
    auto const executor = co_await boost::asio::this_coro::executor;
    Acceptor acceptor{executor};
    if (!listen(acceptor, path)) {
        co_return;
    }
    struct Remover {
        std::string const& path;
        ~Remover() { ::unlink(path.c_str()); }
    } const remover{path};
    TaskGroup connections{executor};
    for (;;) {
        Error error;
        auto socket = co_await acceptor.async_accept(redirect(error));
        if (error == boost::asio::error::operation_aborted) {
            break;
        }
        if (error) {  // out of descriptors, mostly: whoever asks waits until there are some
            constexpr milliseconds kPause{500};
            Error stopped;
            try {
                co_await clock.sleep_for(kPause);
            } catch (boost::system::system_error const& cancelled) {
                stopped = cancelled.code();
            }
            if (stopped) {
                break;
            }
            continue;
        }
        if (connections.size() < kMaxConnections) {
            connections.spawn(answer_one(std::move(socket), handler, clock));
        }
    }
    connections.cancel();
    co_await boost::asio::this_coro::reset_cancellation_state();
    co_await connections.wait();
}

std::string control_path(std::string const& state_dir) {
    if (auto const* runtime = std::getenv("RUNTIME_DIRECTORY"); runtime != nullptr && *runtime != '\0') {
        return std::string{runtime} + "/control.sock";
    }
    return state_dir + "/control.sock";
}

void offer_control_in(std::string const& state_dir, std::string const& path) {
    auto const link = state_dir + "/control.sock";
    if (link == path) {
        return;
    }
    ::unlink(link.c_str());
    if (::symlink(path.c_str(), link.c_str()) != 0) {
        log::warn("The control socket can't be found from the state's folder",
                  {{"path", link}, {"reason", std::generic_category().message(errno)}});
    }
}

Result<ControlAnswer> ask_control(std::string const& path, ControlQuestion const& question,
                                  milliseconds patience) {
    if (path.size() > kMaxPath) {
        return too_long();
    }
    std::string line;
    JsonWriter json{line};
    json.open_object();
    for (auto const& [name, argument] : question) {
        json.member(name, argument);
    }
    json.close_object();
    line += '\n';

    boost::asio::io_context context;
    Protocol::socket socket{context};
    Error error;
    socket.connect(Protocol::endpoint{path}, error);
    if (!error) {
        boost::asio::write(socket, boost::asio::buffer(line), error);
    }
    std::string bytes;
    if (!error) {
        error = boost::asio::error::timed_out;
        auto done = [&error](Error outcome, std::size_t) { error = outcome; };
        boost::asio::async_read_until(socket, boost::asio::dynamic_buffer(bytes, kMaxAnswer), '\n', done);
        context.run_for(patience);
    }
    if (error) {
        return error;
    }
    auto const value = boost::json::parse(bytes, error);
    if (error || !value.is_object()) {
        return boost::system::errc::make_error_code(boost::system::errc::bad_message);
    }
    auto const& object = value.get_object();
    auto text = [&](char const* name) {
        auto const* found = object.if_contains(name);
        return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
    };
    auto const* exit = object.if_contains("exit");
    return ControlAnswer{.exit = exit != nullptr && exit->is_int64() ? int(exit->get_int64()) : 1,
                         .out = text("out"),
                         .err = text("err")};
}

}  // namespace newswired::daemon

#include "http/server/request_parser.hpp"

#include "core/result.hpp"
#include "core/text.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <utility>

namespace newswired::http {
namespace {

namespace beast = boost::beast;
using Text = beast::string_view;

constexpr std::size_t kMaxChunkHeader = 4096;

std::string_view view(Text text) {
    return {text.data(), text.size()};
}

class Collector final : public beast::http::basic_parser<true> {
  public:
    explicit Collector(RequestLimits limits) {
        eager(true);
        body_limit(limits.body_max);
        header_limit(static_cast<std::uint32_t>(limits.header_max));
    }

    ServerRequest request;

  private:
    void on_request_impl(beast::http::verb, Text method, Text target, int, Error& error) override {
        error = {};
        request.method = view(method);
        request.target = view(target);
    }
    void on_response_impl(int, Text, int, Error&) override {}
    void on_field_impl(beast::http::field, Text name, Text value, Error& error) override {
        error = {};
        if (!header_seen_) {  // trailers are not fields of the request
            request.fields.add(std::string{view(name)}, std::string{view(value)});
        }
    }
    void on_header_impl(Error& error) override {
        error = {};
        header_seen_ = true;
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error& error) override { error = {}; }
    std::size_t on_body_impl(Text body, Error& error) override {
        error = {};
        request.body += view(body);
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, Error& error) override { error = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& error) override {
        error = {};
        request.body += view(body);
        return body.size();
    }
    void on_finish_impl(Error& error) override { error = {}; }

    bool header_seen_ = false;
};

std::uint16_t status_of(Error error) {
    using Beast = beast::http::error;
    constexpr std::uint16_t kBadRequest = 400;
    constexpr std::uint16_t kContentTooLarge = 413;
    constexpr std::uint16_t kHeaderTooLarge = 431;
    constexpr std::uint16_t kVersionNotSupported = 505;
    if (error == Beast::header_limit || error == Beast::buffer_overflow) {
        return kHeaderTooLarge;
    }
    if (error == Beast::body_limit) {
        return kContentTooLarge;
    }
    return error == Beast::bad_version ? kVersionNotSupported : kBadRequest;
}

}  // namespace

std::string_view ServerRequest::path() const {
    return std::string_view{target}.substr(0, target.find('?'));
}

std::string_view ServerRequest::query() const {
    auto const mark = target.find('?');
    return mark == std::string::npos ? std::string_view{} : std::string_view{target}.substr(mark + 1);
}

struct RequestParser::State {
    explicit State(RequestLimits the_limits) : limits{the_limits}, collector{limits} {}

    RequestLimits limits;
    Collector collector;
    std::string pending;  // an incomplete header or chunk header
    std::optional<std::uint16_t> failure;
    bool begun = false;

    void advance(std::string_view& bytes);
};

void RequestParser::State::advance(std::string_view& bytes) {
    while (!bytes.empty() && !collector.is_done() && !failure) {
        Error error;
        auto const used = collector.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
        bytes.remove_prefix(used);
        if (error == beast::http::error::need_more) {
            return;
        }
        if (error) {
            failure = status_of(error);
        }
        if (used == 0) {
            return;
        }
    }
}

RequestParser::RequestParser(RequestLimits limits) : state_{std::make_unique<State>(limits)} {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::feed(std::string_view bytes) {
    auto& state = *state_;
    auto const given = bytes.size();
    state.begun = state.begun || given > 0;
    std::string joined;
    if (!state.pending.empty()) {
        joined = std::exchange(state.pending, {});
        joined += bytes;
        bytes = joined;
    }
    state.advance(bytes);
    if (state.collector.is_done()) {
        return given - std::min(given, bytes.size());
    }
    auto const most = state.collector.is_header_done() ? kMaxChunkHeader : state.limits.header_max;
    if (!state.failure && bytes.size() > most) {
        constexpr std::uint16_t kHeaderTooLarge = 431;
        state.failure = kHeaderTooLarge;
    }
    if (!state.failure) {
        state.pending = bytes;
    }
    return given;
}

std::optional<std::uint16_t> RequestParser::failure() const {
    return state_->failure;
}

bool RequestParser::begun() const {
    return state_->begun;
}

bool RequestParser::header_done() const {
    return state_->collector.is_header_done();
}

bool RequestParser::done() const {
    return state_->collector.is_done();
}

bool RequestParser::continue_wanted() const {
    return header_done() && !done() &&
           equal_ignoring_case(state_->collector.request.fields["Expect"], "100-continue");
}

bool RequestParser::keep_alive() const {
    return done() && !state_->failure && state_->collector.keep_alive();
}

ServerRequest const& RequestParser::request() const {
    return state_->collector.request;
}

ServerRequest RequestParser::take() {
    return std::move(state_->collector.request);
}

}  // namespace newswired::http

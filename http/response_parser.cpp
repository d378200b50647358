#include "http/response_parser.hpp"

#include "core/text.hpp"
#include "http/client.hpp"
#include "http/content_coding.hpp"
#include "http/header_repair.hpp"
#include "http/redirect.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <optional>

namespace newswired::http {
namespace {

namespace beast = boost::beast;

// Interim responses are few; a server that sends nothing else is not waited for.
constexpr unsigned kMaxInterim = 16;

/// Writes what Beast's parser finds into a Response, without Beast's own containers.
class Collector final : public beast::http::basic_parser<false> {
  public:
    explicit Collector(ResponseLimits limits) : decoder{limits.body_max}, body_max{limits.body_max} {
        eager(true);
        body_limit(boost::none);  // BodyDecoder has the bound
        header_limit(static_cast<std::uint32_t>(limits.header_max));
        constexpr std::size_t kUsualFields = 16;
        response.fields.reserve(kUsualFields);
    }

    Response response;
    BodyDecoder decoder;
    std::size_t body_max;

  private:
    using Text = beast::string_view;

    static std::string_view view(Text text) { return {text.data(), text.size()}; }

    void on_request_impl(beast::http::verb, Text, Text, int, Error&) override {}
    void on_response_impl(int code, Text, int, Error& error) override {
        error = {};
        response.status = static_cast<std::uint16_t>(code);
    }
    void on_field_impl(beast::http::field, Text name, Text value, Error& error) override {
        error = {};
        if (!header_seen_) {  // trailers are not fields of the response
            response.fields.add(std::string{view(name)}, std::string{view(value)});
        }
    }
    void on_header_impl(Error& error) override {
        header_seen_ = true;
        error = start_decoder();
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const& length, Error& error) override {
        error = {};
        if (length) {
            decoder.expect(*length);
        }
    }
    std::size_t on_body_impl(Text body, Error& error) override {
        error = decoder.write(view(body));
        return body.size();
    }
    void on_chunk_header_impl(std::uint64_t, Text, Error& error) override { error = {}; }
    std::size_t on_chunk_body_impl(std::uint64_t, Text body, Error& error) override {
        error = decoder.write(view(body));
        return body.size();
    }
    void on_finish_impl(Error& error) override { error = {}; }

    Error start_decoder() {
        if (is_redirect(response.status)) {
            return {};  // no one reads its body
        }
        if (!response.fields.has("Content-Encoding") && !response.fields.has("Transfer-Encoding")) {
            return {};
        }
        auto codings = response.fields.joined("Content-Encoding");
        auto const transfer = response.fields.joined("Transfer-Encoding");
        for (auto const part : split(transfer, ',')) {
            if (!equal_ignoring_case(trim(part), "chunked")) {
                codings += codings.empty() ? "" : ",";
                codings += part;
            }
        }
        auto const error = decoder.start(codings);
        if (error && response.status / 100 != 2) {
            decoder = BodyDecoder{body_max};  // the status matters more than the page that goes with it
            return {};
        }
        return error;
    }

    bool header_seen_ = false;
};

Error meaning_of(Error error) {
    using Beast = beast::http::error;
    if (error.category() == make_error_code(errc::bad_url).category()) {
        return error;
    }
    if (error == Beast::header_limit || error == Beast::buffer_overflow) {
        return errc::header_too_large;
    }
    if (error == Beast::partial_message) {
        return errc::incomplete;
    }
    return errc::bad_response;
}

bool is_about_chunks(Error error) {
    return error == beast::http::error::bad_chunk || error == beast::http::error::bad_chunk_extension;
}

bool is_last_chunk(std::string_view size_line) {
    return size_line.find_first_not_of("0\r\n") == std::string_view::npos;
}

bool can_begin_a_response(std::string_view bytes) {
    constexpr std::string_view kBegin = "HTTP/";
    auto const length = std::min(bytes.size(), kBegin.size());
    return bytes.substr(0, length) == kBegin.substr(0, length);
}

}  // namespace

struct ResponseParser::State {
    explicit State(ResponseLimits the_limits) : limits{the_limits} { collector.emplace(limits); }

    ResponseLimits limits;
    std::optional<Collector> collector;
    std::string pending;  // an incomplete header or chunk header
    unsigned interim = 0;
    std::uint64_t received = 0;
    bool surplus = false;

    /// How many of `bytes` were used.
    Result<std::size_t> put(std::string_view bytes);
    Result<std::size_t> put_header(std::string_view bytes);
    Result<std::size_t> put_repaired(std::string_view header);
    Result<std::size_t> put_body(std::string_view bytes);
    Error advance(std::string_view& bytes);
};

Result<std::size_t> ResponseParser::State::put(std::string_view bytes) {
    Error error;
    auto const used = collector->put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    auto const is_before_chunk = is_about_chunks(error) && used > 0;  // it is met again in what follows
    if (error && error != beast::http::error::need_more && !is_before_chunk) {
        return error;
    }
    return used;
}

/// The header goes to Beast when it is whole, so that it can be repaired when it is refused.
Result<std::size_t> ResponseParser::State::put_header(std::string_view bytes) {
    if (!can_begin_a_response(bytes)) {
        return errc::bad_response;
    }
    auto const length = header_length(bytes);
    if (std::min(length, bytes.size()) > limits.header_max) {
        return errc::header_too_large;
    }
    if (length == std::string_view::npos) {
        return std::size_t{0};
    }
    auto used = put(bytes.substr(0, length));
    if (used && *used == length) {
        return used;
    }
    if (used.has_error() && collector->is_header_done()) {
        return used;  // the header was understood, and what it says refused
    }
    return put_repaired(bytes.substr(0, length));
}

Result<std::size_t> ResponseParser::State::put_repaired(std::string_view header) {
    auto const repaired = repaired_header(header);
    if (!repaired) {
        return errc::bad_response;
    }
    collector.emplace(limits);
    auto const used = put(*repaired);
    if (!used) {
        return used.error();
    }
    return *used == repaired->size() ? Result<std::size_t>{header.size()} : errc::bad_response;
}

/// A refused chunk header has changed nothing in Beast's parser, which goes on behind one of the same length.
Result<std::size_t> ResponseParser::State::put_body(std::string_view bytes) {
    auto used = put(bytes);
    if (!used.has_error() || !is_about_chunks(used.error())) {
        return used;
    }
    auto repaired = repaired_chunk_size(bytes);
    if (!repaired) {
        return used;
    }
    if (is_last_chunk(*repaired)) {  // only read together with what follows it
        *repaired += bytes.substr(repaired->size());
    }
    return put(*repaired);
}

/// One message's worth of `bytes`, which loses what was used.
Error ResponseParser::State::advance(std::string_view& bytes) {
    while (!bytes.empty() && !collector->is_done()) {
        auto const used = collector->is_header_done() ? put_body(bytes) : put_header(bytes);
        if (!used) {
            return meaning_of(used.error());
        }
        if (*used == 0) {
            break;  // the rest is too short for a header or a chunk header
        }
        bytes.remove_prefix(*used);
    }
    return {};
}

ResponseParser::ResponseParser(ResponseLimits limits) : state_{std::make_unique<State>(limits)} {}
ResponseParser::~ResponseParser() = default;
ResponseParser::ResponseParser(ResponseParser&&) noexcept = default;
ResponseParser& ResponseParser::operator=(ResponseParser&&) noexcept = default;

Error ResponseParser::feed(std::string_view bytes) {
    auto& state = *state_;
    state.received += bytes.size();
    std::string joined;
    if (!state.pending.empty()) {
        joined = std::move(state.pending);
        joined += bytes;
        bytes = joined;
        state.pending.clear();
    }
    for (;;) {
        if (auto const error = state.advance(bytes)) {
            return error;
        }
        auto const status = state.collector->response.status;
        if (!state.collector->is_done() || status / 100 != 1) {
            break;
        }
        if (status == 101 || ++state.interim > kMaxInterim) {
            return errc::bad_response;
        }
        state.collector.emplace(state.limits);
    }
    if (state.collector->is_done()) {
        state.surplus = state.surplus || !bytes.empty();
        return state.collector->decoder.finish();
    }
    if (bytes.size() > state.limits.header_max) {
        return errc::header_too_large;
    }
    state.pending = bytes;
    return {};
}

Error ResponseParser::end_of_stream() {
    auto& state = *state_;
    if (!state.collector->is_header_done()) {
        return errc::connection_lost;
    }
    if (!state.pending.empty()) {
        return errc::incomplete;
    }
    Error error;
    state.collector->put_eof(error);
    if (error) {
        return meaning_of(error);
    }
    return state.collector->decoder.finish();
}

bool ResponseParser::done() const {
    return state_->collector->is_done();
}

bool ResponseParser::begun() const {
    return state_->received > 0;
}

bool ResponseParser::header_done() const {
    return state_->collector->is_header_done();
}

bool ResponseParser::keep_alive() const {
    return done() && !state_->surplus && state_->collector->keep_alive();
}

Response const& ResponseParser::response() const {
    return state_->collector->response;
}

Response ResponseParser::take() {
    auto response = std::move(state_->collector->response);
    response.body = state_->collector->decoder.take();
    response.wire_bytes = state_->received;
    return response;
}

}  // namespace newswired::http

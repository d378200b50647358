// What strangers on the network say to the call-back and in headers: requests in pieces, queries, Link
// fields.

#include "feeds/websub/protocol.hpp"
#include "http/link_header.hpp"
#include "http/server/request_parser.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>

using namespace newswired;

namespace {

constexpr std::size_t kLarge = 1 << 20;
constexpr std::size_t kBelowEveryLimit = 4000;  // at a limit, a few bytes more or less depend on the pieces

http::ServerRequest parse(std::string_view bytes, std::size_t step, bool& done) {
    http::RequestParser parser{{.header_max = kLarge, .body_max = kLarge}};
    while (!bytes.empty() && !parser.done() && !parser.failure()) {
        bytes.remove_prefix(parser.feed(bytes.substr(0, step)));
    }
    done = parser.done();
    return parser.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = fuzz::text_of(data, size);
    bool whole_done = false;
    bool slow_done = false;
    auto const whole = parse(text, std::max<std::size_t>(text.size(), 1), whole_done);
    auto const slow = parse(text, 1, slow_done);
    fuzz::require(whole_done == slow_done || text.size() > kBelowEveryLimit,
                  "a request is one, in however many pieces it comes");
    fuzz::require(!whole_done || !slow_done || (whole.body == slow.body && whole.target == slow.target),
                  "and the same one");

    auto const says = feeds::websub::read_query(text);
    fuzz::require(says.topic.size() <= text.size(), "decoding makes nothing longer");
    (void)feeds::websub::is_signed(text, "secret", text);

    http::Fields fields;
    fields.add("Link", std::string{text});
    for (auto const& link : http::links_of(fields)) {
        fuzz::require(link.target.size() + link.rel.size() <= text.size(), "links are made of what is there");
    }
    return 0;
}

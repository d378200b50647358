#include "daemon/pass/pass.hpp"

#include "feeds/address.hpp"

#include <utility>

namespace newswired::daemon {

Pass::Pass(PassServices with, SharedPlan of, std::size_t number, storage::FeedRecord read)
    : services{with},
      plan{std::move(of)},
      feed{number},
      options{plan->feeds().options(number)},
      configured_url{plan->feeds().url(number)},
      began{with.clock.steady_now()},
      record{std::move(read)},
      state{feeds::decode_feed_state(record.state)} {}

void Pass::open_window() {
    if (!std::exchange(window_is_open, true)) {
        window = feeds::decode_window(record.window);
    }
}

std::string Pass::url() const {
    return feeds::address_to_ask(state.address, configured_url);
}

feeds::RequestOptions Pass::request_to(std::string_view address) const {
    feeds::RequestOptions request{.user_agent = options.user_agent,
                                  .username = options.username,
                                  .password = options.password,
                                  .headers = options.headers,
                                  .route = plan->http_route(feed)};
    if (state.has_waited_for_redirect() || options.max_server_delay == milliseconds{0}) {
        request.redirect_delay = http::RedirectDelay::waited;
    }
    if (address != configured_url) {
        feeds::keep_secrets_at_home(request, configured_url, address);
    }
    return request;
}

}  // namespace newswired::daemon

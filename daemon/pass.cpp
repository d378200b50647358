#include "daemon/pass.hpp"

#include "feeds/address.hpp"

namespace newswired::daemon {

Pass::Pass(PassServices with, SharedPlan of, std::size_t number, storage::FeedRecord const& record)
    : services{with},
      plan{std::move(of)},
      feed{number},
      began{with.clock.steady_now()},
      state{feeds::decode_feed_state(record.state)},
      window{feeds::decode_window(record.window)},
      state_before{record.state} {}

std::string Pass::url() const {
    return feeds::address_to_ask(state.address, configured_url());
}

feeds::RequestOptions Pass::request_to(std::string_view address) const {
    feeds::RequestOptions request{.user_agent = options().user_agent,
                                  .username = options().username,
                                  .password = options().password,
                                  .headers = options().headers,
                                  .route = plan->http_route(feed)};
    if (state.has_waited_for_redirect() || options().max_server_delay == milliseconds{0}) {
        request.redirect_delay = http::RedirectDelay::waited;
    }
    if (address != configured_url()) {
        feeds::keep_secrets_at_home(request, configured_url(), address);
    }
    return request;
}

}  // namespace newswired::daemon

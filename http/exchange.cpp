#include "http/exchange.hpp"

namespace newswired::http {
namespace {

// One for the whole client, since nothing waits while it is filled.
constexpr std::size_t kReadBuffer = 64 * 1024;

SystemClock const kSystemClock;

std::string user_agent_of(BeastClientOptions const& options) {
    if (!options.user_agent.empty()) {
        return options.user_agent;
    }
    std::string const product = "newswired/" NEWSWIRED_VERSION;
    return options.contact.empty() ? product : product + " (+" + options.contact + ")";
}

}  // namespace

BeastClient::State::State(Executor executor, std::shared_ptr<SharedNetwork> the_network,
                          BeastClientOptions the_options)
    : options{std::move(the_options)},
      clock{options.clock != nullptr ? *options.clock : static_cast<Clock const&>(kSystemClock)},
      user_agent{user_agent_of(options)},
      network{std::move(the_network)},
      guard{options.allow_addresses},
      resolver{executor, network->names, clock},
      deadlines{executor, clock, options.timeout, options.total_timeout},
      places{options.connections_max, [this] { return idle.close_one(); }},
      idle{options.idle_connections_max, options.idle_timeout},
      buffer(kReadBuffer) {}

}  // namespace newswired::http

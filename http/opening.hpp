// Opening a connection for an exchange: names, the address guard, the proxy, TLS.

#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "http/exchange.hpp"

#include <memory>
#include <optional>
#include <string>

namespace newswired::http {

/// The proxy that the next hop goes through; errc::bad_proxy when what is configured is none.
Result<std::optional<Proxy>> proxy_for(BeastClient::State const& state, Request const& request);

/// A connection over which the exchange's request can be sent; `key` is what it may be used for afterwards.
Task<Result<std::unique_ptr<Connection>>> open_connection(Exchange& exchange, std::string key);

}  // namespace newswired::http

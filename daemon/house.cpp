#include "daemon/house.hpp"

#include "core/log.hpp"
#include "daemon/private_file.hpp"
#include "http/beast_client.hpp"
#include "storage/rocks_store.hpp"

#include <filesystem>
#include <utility>

namespace newswired::daemon {
namespace {

http::BeastClientOptions client_options(config::Fetch const& fetch, Clock const& clock,
                                        std::size_t connections_max) {
    http::BeastClientOptions options;
    options.user_agent = fetch.user_agent;
    options.contact = fetch.contact;
    options.timeout = fetch.timeout;
    options.total_timeout = fetch.total_timeout;
    options.max_body = static_cast<std::size_t>(fetch.max_body);
    options.redirects_max = fetch.redirects_max;
    for (auto const& range : fetch.allow_addresses) {
        options.allow_addresses.push_back(range.text);
    }
    options.proxy = fetch.proxy;
    options.connections_max = connections_max;
    options.clock = &clock;
    return options;
}

}  // namespace

House::~House() {
    save_memory();
}

void House::save_memory() {
    if (!network_) {
        return;
    }
    auto const written = write_private_file(memory_file_, http::memory_of(*network_, clock_.now()));
    if (!written) {
        log::debug("TLS sessions could not be kept",
                   {{"file", memory_file_}, {"reason", written.error().message()}});
    }
}

Result<std::unique_ptr<House>> House::open(SharedPlan plan) {
    auto const& settings = plan->settings();
    std::error_code failed;
    std::filesystem::create_directories(settings.state_dir, failed);
    if (failed) {
        return Error{failed.value(), boost::system::system_category()};
    }
    std::unique_ptr<House> house{new House};
    storage::RocksOptions options;
    options.path = settings.state_dir + "/db";
    options.outbox_max_bytes = settings.outbox.max_bytes;
    auto store = storage::open_rocks_store(std::move(options), house->clock_);
    if (!store) {
        return store.error();
    }
    house->store_ = std::move(*store);
    auto network = http::make_shared_network(settings.fetch.ca_file);
    house->memory_file_ = settings.state_dir + "/network";
    http::recall(*network, read_private_file(house->memory_file_), house->clock_.now());
    house->network_ = network;
    house->make_client_ = [network, plan, &clock = house->clock_](boost::asio::io_context& context,
                                                                  std::size_t connections_max) {
        return std::make_unique<http::BeastClient>(
            context.get_executor(), network, client_options(plan->settings().fetch, clock, connections_max));
    };
    return house;
}

}  // namespace newswired::daemon

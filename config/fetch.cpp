// fetch: how servers are asked.

#include "config/sections.hpp"
#include "config/units.hpp"

namespace newswired::config {

void read_fetch(Section& root, Fetch& fetch) {
    auto& report = root.report();
    Section section{report, root.get("fetch"), "fetch"};
    section.text("contact", fetch.contact);
    section.text("user_agent", fetch.user_agent);
    section.duration("timeout", fetch.timeout, Section::Zero::is_wrong);
    section.duration("total_timeout", fetch.total_timeout, Section::Zero::is_wrong);
    section.size("max_body", fetch.max_body);
    section.count("max_in_flight", fetch.max_in_flight, 1, 1'000'000);

    Section host{report, section.get("per_host"), "fetch.per_host"};
    host.count("connections", fetch.host_connections, 1, 1000);
    host.duration("delay", fetch.host_delay);
    host.finish();

    Section redirects{report, section.get("redirects"), "fetch.redirects"};
    redirects.count("max", fetch.redirects_max, 0, 100);
    redirects.count("learn_after", fetch.redirects_learn_after, 1, 1000);
    redirects.finish();

    Section backoff{report, section.get("backoff"), "fetch.backoff"};
    backoff.duration("base", fetch.backoff_base, Section::Zero::is_wrong);
    backoff.duration("max", fetch.backoff_max);
    backoff.finish();

    auto const* const ranges = section.get("allow_addresses");
    std::vector<std::string> allowed;
    section.texts("allow_addresses", allowed);
    for (auto& range : allowed) {
        if (!is_address_range(range)) {
            report.mistake(
                *ranges, "'fetch.allow_addresses' must hold addresses or ranges such as 127.0.0.0/8, but '" +
                             range + "' is none");
        }
        fetch.allow_addresses.push_back({std::move(range)});
    }
    read_proxy(section, fetch.proxy);
    read_ca_file(section, fetch.ca_file);
    section.finish();
}

}  // namespace newswired::config

// What c-ares finds, as this room has it: addresses with the time for which they hold, and our errors.

#pragma once

#include "http/dns/families.hpp"

#include <ares.h>

#include <string>

namespace newswired::http {

/// The answer for one family: `status` and `found` as c-ares hands them to a callback of ares_getaddrinfo.
Result<NameAnswer> answer_of(int status, ares_addrinfo const* found);

/// What /etc/hosts says, which goes before DNS: none when the name does not stand there.
std::optional<NameAnswer> answer_in_hosts_file(ares_channel channel, std::string const& host);

/// Whether this machine has a way to `address`.  Sends nothing.
bool has_route_to(boost::asio::ip::address const& address);

}  // namespace newswired::http

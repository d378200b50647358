// A server's response as bytes.

#pragma once

#include "http/server/server.hpp"

#include <string>

namespace newswired::http {

struct ResponseFraming {
    bool closes = false;    ///< the connection ends with it
    bool for_head = false;  ///< the request was HEAD: the header without its body
};

/// The whole response; Date is the machine's time.
std::string response_bytes(ServerResponse const& response, ResponseFraming framing);

}  // namespace newswired::http

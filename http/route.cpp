#include "http/route.hpp"

namespace newswired::http {

std::string Route::key() const {
    std::string key;
    // Line ends separate: no URL, path or pin holds one.
    for (auto const& part : {proxy, ca_file}) {
        key += part;
        key += '\n';
    }
    for (auto const& pin : pins) {
        key += pin;
        key += ' ';
    }
    if (any_certificate) {
        key += "any";
    }
    return key == "\n\n" ? std::string{} : key + "\n";
}

SharedRoute route_to_another_host(SharedRoute const& route) {
    if (!route || (route->pins.empty() && !route->any_certificate)) {
        return route;
    }
    return std::make_shared<Route const>(Route{.proxy = route->proxy, .ca_file = route->ca_file});
}

}  // namespace newswired::http

#include "daemon/pass/permission.hpp"

#include "core/hash.hpp"

#include <utility>

namespace newswired::daemon {

bool needs_permission(Pass const& pass) {
    return pass.options.respect_robots && pass.services.pages != nullptr;
}

Task<Permission> permission_to_ask(Pass& pass, std::string url, std::optional<Turn>& turn) {
    auto const& services = pass.services;
    auto const known = co_await services.pages->permission(url, RobotsReading::never);
    if (known != Permission::not_known) {
        co_return known;
    }
    // Who waited for the file with a turn in hand would wait for ever: it is read in a turn of its own.
    give(pass.signals.answered);
    turn.reset();
    auto const said = co_await services.pages->permission(url, RobotsReading::if_need_be);
    if (said != Permission::allowed || services.turns == nullptr) {
        co_return said;
    }
    auto const host = host_hash(pass.configured_url);
    auto const taken = co_await services.turns->take(host);
    if (!taken) {
        co_return Permission::stopping;
    }
    turn.emplace(*services.turns, host);
    co_return Permission::allowed;
}

Task<Error> RedirectPermission::judge(std::string target) {
    said_ = co_await permission_to_ask(pass_, std::move(target), turn_);
    co_return said_ == Permission::allowed ? Error{} : make_error_code(http::errc::bad_redirect);
}

}  // namespace newswired::daemon

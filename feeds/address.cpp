#include "feeds/address.hpp"

namespace newswired::feeds {
namespace {

// Where the permanent hops at the start of the chain lead; empty when the first is temporary.
std::string permanent_target(std::vector<http::Hop> const& hops) {
    std::string target;
    for (auto const& hop : hops) {
        if (hop.status != 301 && hop.status != 308) {
            break;
        }
        target = hop.to;
    }
    return target;
}

}  // namespace

std::string address_to_ask(LearntAddress const& learnt, std::string_view configured) {
    return learnt.learnt && learnt.configured == configured ? learnt.target : std::string{configured};
}

void note_redirects(LearntAddress& learnt, std::string_view configured, std::vector<http::Hop> const& hops,
                    std::uint32_t learn_after) {
    auto const target = permanent_target(hops);
    if (learnt.learnt && learnt.configured == configured) {
        // The learnt address was asked; when it redirects for good in its turn, learning starts anew there.
        if (!target.empty()) {
            learnt.target = target;
        }
        return;
    }
    if (target.empty()) {
        learnt = {};
        return;
    }
    if (learnt.configured != configured || learnt.target != target) {
        learnt = {.configured = std::string{configured}, .target = target};
    }
    ++learnt.sightings;
    learnt.learnt = learnt.sightings >= learn_after;
}

void note_failure(LearntAddress& learnt) {
    learnt = {};
}

}  // namespace newswired::feeds

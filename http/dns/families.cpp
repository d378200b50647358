#include "http/dns/families.hpp"

#include "http/client.hpp"

#include <algorithm>
#include <utility>

namespace newswired::http {

void BothFamilies::take(Family family, Result<NameAnswer> answer) {
    answers_[static_cast<std::size_t>(family)] = std::move(answer);
}

NameAnswer const* BothFamilies::good(Family family) const {
    auto const& answer = answers_[static_cast<std::size_t>(family)];
    auto const has_address = answer && *answer && !(*answer)->addresses.empty();
    return has_address ? &**answer : nullptr;
}

bool BothFamilies::is_good() const {
    return good(Family::v4) != nullptr || good(Family::v6) != nullptr;
}

std::optional<boost::asio::ip::address> BothFamilies::first_v6() const {
    auto const* const answer = good(Family::v6);
    return answer == nullptr ? std::nullopt : std::optional{answer->addresses.front()};
}

Result<NameAnswer> BothFamilies::together(Family first) const {
    NameAnswer all;
    for (auto const family : {first, first == Family::v4 ? Family::v6 : Family::v4}) {
        auto const* const answer = good(family);
        if (answer == nullptr) {
            continue;
        }
        all.addresses.insert(all.addresses.end(), answer->addresses.begin(), answer->addresses.end());
        if (answer->ttl) {
            all.ttl = std::min(*answer->ttl, all.ttl.value_or(*answer->ttl));
        }
    }
    if (!all.addresses.empty()) {
        return all;
    }
    auto const is_gone = [](auto const& answer) {
        return answer && (answer->has_value() || answer->error() == errc::name_not_found);
    };
    return std::all_of(answers_.begin(), answers_.end(), is_gone) ? errc::name_not_found
                                                                  : errc::name_lookup_failed;
}

}  // namespace newswired::http

#include "http/hsts.hpp"

#include "core/text.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace newswired::http {
namespace {

// Longer promises are kept a year at a time: each answer renews them.
constexpr seconds kLongest{365 * 86'400};

struct Directives {
    std::optional<seconds> max_age{};
    bool subdomains = false;
};

// Of the year 9999: what a file names beyond it is damage, and more than a clock of milliseconds may hold.
constexpr std::int64_t kLastSecond = 253'402'300'799;

std::optional<seconds> number(std::string_view text) {
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
    }
    if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
        return {};
    }
    std::int64_t value = kLongest.count();
    std::from_chars(text.data(), text.data() + text.size(), value);  // what overflows stays the longest
    return std::min(seconds{value}, kLongest);
}

Directives parse(std::string_view field) {
    Directives directives;
    for (auto const part : split(field, ';')) {
        auto const directive = trim(part);
        auto const equals = std::min(directive.find('='), directive.size());
        auto const name = trim(directive.substr(0, equals));
        if (equal_ignoring_case(name, "max-age") && equals < directive.size()) {
            directives.max_age = number(trim(directive.substr(equals + 1)));
        }
        directives.subdomains = directives.subdomains || equal_ignoring_case(name, "includeSubDomains");
    }
    return directives;
}

bool is_address(std::string_view host) {
    boost::system::error_code error;
    boost::asio::ip::make_address(std::string{host}, error);
    return !error || host.starts_with('[');
}

}  // namespace

void StrictHosts::note(std::string_view host, std::string_view field, SystemTime now) {
    auto const directives = parse(field);
    if (!directives.max_age || is_address(host)) {
        return;
    }
    std::lock_guard const lock{mutex_};
    if (*directives.max_age == seconds{0}) {
        promises_.erase(std::string{host});
        return;
    }
    make_room(now);
    promises_[std::string{host}] = {.until = now + *directives.max_age, .subdomains = directives.subdomains};
}

void StrictHosts::make_room(SystemTime now) {
    if (promises_.size() < kMaxHosts) {
        return;
    }
    std::erase_if(promises_, [now](auto const& entry) { return entry.second.until <= now; });
    if (promises_.size() >= kMaxHosts) {
        promises_.erase(promises_.begin());
    }
}

bool StrictHosts::holds(std::string const& host, bool is_above, SystemTime now) const {
    auto const found = promises_.find(host);
    return found != promises_.end() && now < found->second.until && (!is_above || found->second.subdomains);
}

bool StrictHosts::covers(std::string_view host, SystemTime now) const {
    std::lock_guard const lock{mutex_};
    if (promises_.empty()) {
        return false;
    }
    auto name = std::string{host};
    if (holds(name, false, now)) {
        return true;
    }
    for (auto dot = name.find('.'); dot != std::string::npos; dot = name.find('.')) {
        name.erase(0, dot + 1);
        if (holds(name, true, now)) {
            return true;
        }
    }
    return false;
}

std::size_t StrictHosts::size() const {
    std::lock_guard const lock{mutex_};
    return promises_.size();
}

std::string StrictHosts::save() const {
    std::lock_guard const lock{mutex_};
    std::string text;
    for (auto const& [host, promise] : promises_) {
        auto const until = std::chrono::floor<seconds>(promise.until.time_since_epoch()).count();
        text += host + (promise.subdomains ? " + " : " - ") + std::to_string(until) + "\n";
    }
    return text;
}

void StrictHosts::load(std::string_view text) {
    std::lock_guard const lock{mutex_};
    for (auto const line : split(text, '\n')) {
        auto const parts = split(line, ' ');
        std::int64_t until = 0;
        if (parts.size() != 3 || parts[0].empty() || promises_.size() >= kMaxHosts) {
            continue;
        }
        std::from_chars(parts[2].data(), parts[2].data() + parts[2].size(), until);
        if (until > 0 && until <= kLastSecond) {
            promises_[std::string{parts[0]}] = {.until = SystemTime{seconds{until}},
                                                .subdomains = parts[1] == "+"};
        }
    }
}

}  // namespace newswired::http

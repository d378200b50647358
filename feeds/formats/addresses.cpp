#include "feeds/formats/addresses.hpp"

#include "core/text.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::feeds {
namespace {

constexpr std::string_view kRunning[] = {"javascript:", "vbscript:", "data:"};

bool runs(std::string_view url) {
    return !starts_with_ignoring_case(url, "data:image/") &&
           std::any_of(std::begin(kRunning), std::end(kRunning),
                       [&](std::string_view scheme) { return starts_with_ignoring_case(url, scheme); });
}

}  // namespace

std::string resolved_address(std::string_view base, std::string_view reference) {
    auto resolved = http::resolve(base, reference);
    return runs(resolved) ? std::string{} : resolved;
}

}  // namespace newswired::feeds

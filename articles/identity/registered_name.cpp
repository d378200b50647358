#include "articles/identity/registered_name.hpp"

#include "core/text.hpp"
#include "http/url/url.hpp"

#include <algorithm>
#include <array>

namespace newswired::articles {
namespace {

// Names under a country's that are registries, not sites: "co.uk", "com.br", "or.jp".  Names of three letters
// or fewer nearly always are.
bool is_registry(std::string_view label) {
    return label.size() <= 3 || label == "info" || label == "gouv" || label == "asso";
}

// Where everyone has a site of their own under one name.
bool hosts_many(std::string_view site) {
    static constexpr std::array kHosts{"github.io",      "blogspot.com", "wordpress.com", "substack.com",
                                       "tumblr.com",     "medium.com",   "gitlab.io",     "netlify.app",
                                       "vercel.app",     "pages.dev",    "ghost.io",      "livejournal.com",
                                       "hatenablog.com", "micro.blog",   "bearblog.dev",  "neocities.org"};
    return std::find(kHosts.begin(), kHosts.end(), site) != kHosts.end();
}

}  // namespace

std::string registered_name(std::string_view url) {
    auto const parsed = http::parse_url(url);
    if (!parsed || !parsed->is_http()) {
        return {};
    }
    std::string_view const host{parsed->host};
    if (host.starts_with('[') || (!host.empty() && is_digit(host.back()))) {
        return parsed->host;
    }
    auto const labels = split(host, '.');
    if (labels.size() <= 2) {
        return parsed->host;
    }
    auto take = [&](std::size_t count) {
        std::string name;
        for (auto i = labels.size() - std::min(count, labels.size()); i < labels.size(); ++i) {
            name += (name.empty() ? "" : ".") + std::string{labels[i]};
        }
        return name;
    };
    auto const country = labels.back().size() == 2 && is_registry(labels[labels.size() - 2]);
    auto site = take(country ? 3 : 2);
    return hosts_many(site) ? take(country ? 4 : 3) : site;
}

}  // namespace newswired::articles

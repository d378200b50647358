// The sections of the configuration, one reader each; for config/*.cpp only.

#pragma once

#include "config/section.hpp"
#include "config/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace newswired::config {

/// Half a million feeds, at many times the memory; more belong into a text list.
inline constexpr std::uint64_t kMaxYamlFile = 64'000'000;

void read_fetch(Section& root, Fetch& fetch);
void read_websub(Section& root, Websub& websub);
/// When the feeds are known: `place` is where a mistake is told.
void check_websub(Report& report, YamlNode const& place, Settings& settings);
void read_sinks(Section& root, std::string const& state_dir, std::vector<Sink>& sinks);
void read_rules(Section& root, std::vector<Rule>& rules);

/// The keys that `defaults` and each feed share.
void read_feed_options(Section& section, FeedOptions& options);

/// How servers are reached and by what they are known (transport.cpp): `proxy`, `ca_file`.
void read_proxy(Section& section, std::string& proxy);
void read_ca_file(Section& section, std::string& ca_file);
/// Those, `pin` and `insecure`, for a feed.
void read_route(Section& section, FeedOptions& options);

/// Where sinks were named, to check the names when all sinks are known.
struct FeedPlace {
    std::string file{};
    YamlNode place{};  ///< of what names sinks; only line and column
    std::vector<std::string> sinks{};
};

/// `feeds:` (a list of URLs and maps).
void read_feeds(Report& report, YamlNode const& list, FeedOptions const& defaults, FeedList& feeds,
                std::vector<FeedPlace>& named_sinks);

/// `feed_files:` in all their forms (feed_files.cpp).
void read_feed_files(Report& report, YamlNode const& list, FeedOptions const& defaults, Settings& settings,
                     std::vector<FeedPlace>& named_sinks);

/// Whether `url` can be a feed's address at all: http or https with a host.
bool is_feed_url(std::string_view url);

}  // namespace newswired::config

// What the operator wrote, as plain structs: every value is checked and every default filled in.
// config/read.hpp makes them from YAML; nobody else reads YAML.

#pragma once

#include "config/feed_list.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace newswired::config {

enum class LogLevel : std::uint8_t { trace, debug, info, warn, error };

struct Log {
    LogLevel level = LogLevel::info;
    std::string file{};     ///< empty: stderr
    bool articles = false;  ///< a line for each new article
};

struct AddressRange {    ///< CIDR
    std::string text{};  ///< "127.0.0.0/8", "::1/128": checked
};

struct Fetch {
    std::string contact{};
    std::string user_agent{};  ///< empty: newswired/VERSION (+contact)
    milliseconds timeout{20'000};
    milliseconds total_timeout{60'000};
    std::uint64_t max_body = 16'000'000;
    std::uint32_t max_in_flight = 256;
    std::uint32_t host_connections = 1;
    milliseconds host_delay{1000};
    std::uint32_t redirects_max = 10;
    std::uint32_t redirects_learn_after = 3;
    milliseconds backoff_base{5 * 60'000};
    milliseconds backoff_max{2 * 86'400'000};
    std::vector<AddressRange> allow_addresses{};
    std::string proxy{};
    std::string ca_file{};
};

struct Websub {
    bool enabled = false;  ///< what feeds have that say nothing of it
    bool wanted = false;   ///< at least one feed has it
    std::string listen = "0.0.0.0:9471";
    std::string callback{};  ///< the URL by which hubs reach `listen`, without a "/" at its end
    seconds lease{10 * 86'400};

    friend bool operator==(Websub const&, Websub const&) = default;
};

enum class Scope : std::uint8_t { all, site, feed };
enum class Match : std::uint8_t { drop, mark };
enum class Near : std::uint8_t { mark, off };

struct Dedup {
    Scope scope = Scope::all;
    Match match = Match::drop;
    seconds keep{180 * 86'400};
    Near near = Near::mark;  ///< articles with nearly the same text
    seconds near_window{3 * 86'400};
};

/// One condition of a rule; a rule fires when all of its conditions hold.
struct Condition {
    std::string field{};  ///< title, url, text, author, tag, feed, feed_tag, language, near_duplicate…
    std::vector<std::string> values{};  ///< patterns (RE2) or plain values: any of them
};

struct Rule {
    enum class Action : std::uint8_t { drop, allow } action = Action::drop;
    bool all = false;  ///< `drop: all`
    std::vector<Condition> conditions{};
    std::string text{};  ///< as the operator wrote it, for explain
};

struct Outbox {
    std::uint64_t max_bytes = 2'000'000'000;
    seconds retain{3 * 86'400};
    enum class OnFull : std::uint8_t { park, stop } on_full = OnFull::park;
};

struct Rotate {
    std::uint64_t size = 0;  ///< 0: never
    std::uint32_t files = 8;
    enum class Compress : std::uint8_t { none, zstd } compress = Compress::none;

    friend bool operator==(Rotate const&, Rotate const&) = default;
};

struct Retry {
    milliseconds base{1000};
    milliseconds max{3'600'000};

    friend bool operator==(Retry const&, Retry const&) = default;
};

/// One sink.  Which members mean something depends on `type`.
struct Sink {
    std::string name{};
    std::string type{};  ///< a name from sinks/sinks.inc
    std::string path{};
    Rotate rotate{};
    std::string url{};
    std::string secret{};  ///< read from secret_file when that was given
    std::uint32_t batch = 50;
    milliseconds timeout{15'000};
    Retry retry{};

    friend bool operator==(Sink const&, Sink const&) = default;
};

struct Settings {
    std::string state_dir = "/var/lib/newswired";
    std::uint32_t threads = 0;  ///< 0: one a core
    Log log{};
    std::string listen{};  ///< empty: off
    milliseconds shutdown_timeout{20'000};
    Fetch fetch{};
    Websub websub{};
    FeedList feeds{};
    std::vector<std::string> feed_files{};  ///< paths and patterns that were read, absolute
    std::vector<std::string> feed_lists{};  ///< URLs of lists; what was read are their last good copies
    Dedup dedup{};
    std::vector<Rule> rules{};
    Outbox outbox{};
    std::vector<Sink> sinks{};  ///< never empty: the default sink when none was configured
};

}  // namespace newswired::config

// The list of feeds: made for a million of them.
//
// A feed is its URL in one shared block of text and its id; options are kept once for all feeds that share
// them (option 0 is `defaults`), and where they change is noted.  Beside its text a feed costs 17 bytes: 8
// for the id, 4 for the place of its text, 5 for finding it by its id.

#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::config {

/// `first_poll`: what of a new feed's backlog is emitted.
struct FirstPoll {
    enum class Kind : std::uint8_t { all, none, newest, since } kind = Kind::all;
    std::uint32_t count = 0;  ///< newest: so many
    seconds age{};            ///< since: no older than that
    friend auto operator<=>(FirstPoll const&, FirstPoll const&) = default;
};

enum class FullText : std::uint8_t { never, when_teaser, always };
enum class Updates : std::uint8_t { emit, ignore };
/// What the articles of a site have in common: learnt and left out, or not looked at.
enum class Boilerplate : std::uint8_t { learn, off };

/// Everything that a feed may have of its own.
struct FeedOptions {
    std::optional<milliseconds> interval{};  ///< none: auto
    milliseconds min_interval{5 * 60'000};
    milliseconds max_interval{24 * 3'600'000};
    milliseconds max_server_delay{7 * 86'400'000};
    FirstPoll first_poll{};
    FullText full_text = FullText::never;
    Updates updates = Updates::emit;
    Boilerplate boilerplate = Boilerplate::learn;
    std::vector<std::string> sinks{};  ///< empty: all
    std::vector<std::string> tags{};
    std::vector<std::pair<std::string, std::string>> labels{};
    std::string user_agent{};
    std::string username{};
    std::string password{};
    std::vector<std::pair<std::string, std::string>> headers{};
    bool websub = false;
    bool respect_robots = false;      ///< what robots.txt disallows is not polled
    std::string proxy{};              ///< empty: fetch.proxy; "direct": none
    std::string ca_file{};            ///< further authorities
    std::vector<std::string> pins{};  ///< "sha256/BASE64"
    bool insecure = false;            ///< certificates are not checked

    friend auto operator<=>(FeedOptions const&, FeedOptions const&) = default;
};

/// Feeds by index, 0 to size()-1, in the order they were written.  What it returns as text is valid until the
/// next add().
class FeedList {
  public:
    FeedList();

    /// Options number 0, those of `defaults`; set before the first add().
    void set_defaults(FeedOptions defaults);

    /// Bytes that a feed's URL and name may have together; it is for the caller to see to that.  Servers take
    /// a tenth of it.
    static constexpr std::size_t kMaxText = 65'536;

    /// Feeds of so many bytes of URLs at most are about to be added: their text need not be moved as it
    /// grows.
    void expect(std::size_t bytes) { text_.reserve(text_.size() + bytes); }

    /// Adds a feed; `name` may be empty.  False, and nothing is added, when its identity is there already.
    bool add(std::string_view url, std::string_view name, FeedOptions const& options);
    /// Adds a feed that has the defaults.
    bool add(std::string_view url);

    /// The number of `options` in this list, which add() takes instead: for many feeds that share them.
    std::uint32_t option_number(FeedOptions const& options);
    bool add(std::string_view url, std::uint32_t option_number);

    std::size_t size() const { return ids_.size(); }
    std::string_view url(std::size_t feed) const;
    /// The configured name, else empty.
    std::string_view name(std::size_t feed) const;
    /// What names the feed in all records and state: its name, else its URL.
    std::string_view identity(std::size_t feed) const;
    FeedId id(std::size_t feed) const { return ids_[feed]; }
    FeedOptions const& options(std::size_t feed) const;

    /// The feed of that identity.
    std::optional<std::size_t> find(FeedId id) const;

    /// Returns memory that only adding needs.  Call it after the last add().
    void seal();

  private:
    // Feeds from `first` on, up to the next stretch, have these options.
    struct Stretch {
        std::uint32_t first = 0;
        std::uint32_t options = 0;
    };
    static constexpr std::size_t kBlock = 256;
    static_assert(kBlock * kMaxText <= std::numeric_limits<std::uint32_t>::max());

    bool insert(std::string_view url, std::string_view name, std::uint32_t options);
    void note_start();
    std::size_t start(std::size_t feed) const;
    std::string_view text(std::size_t feed) const;
    std::size_t place(FeedId id) const;
    void index(std::size_t places);

    std::string text_;                   // of each feed "url", or "url\0name"
    std::vector<std::uint64_t> blocks_;  // where the texts of 256 feeds begin
    std::vector<std::uint32_t> starts_;  // where a feed's text begins, from there on
    std::vector<FeedId> ids_;
    std::vector<std::uint32_t> by_id_;  // open addressing: feed index + 1
    std::vector<Stretch> stretches_;
    std::vector<FeedOptions> options_;
    std::map<FeedOptions, std::uint32_t> option_numbers_;
};

}  // namespace newswired::config

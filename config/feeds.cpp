// feeds and defaults: what is asked, and how each of them.

#include "config/sections.hpp"
#include "config/units.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::config {
namespace {

void read_first_poll(Section& section, FirstPoll& first_poll) {
    auto const* const node = section.get("first_poll");
    if (node == nullptr) {
        return;
    }
    auto const& text = node->text;
    auto const digits = !text.empty() && text.size() < 10 && std::all_of(text.begin(), text.end(), is_digit);
    if (text == "all" || text == "none") {
        first_poll = {.kind = text == "all" ? FirstPoll::Kind::all : FirstPoll::Kind::none};
    } else if (digits) {
        first_poll = {.kind = FirstPoll::Kind::newest, .count = std::uint32_t(std::stoul(text))};
    } else if (auto const age = parse_duration(text)) {
        first_poll = {.kind = FirstPoll::Kind::since, .age = std::chrono::ceil<seconds>(*age)};
    } else {
        section.report().mistake(
            *node, "'first_poll' must be all, none, a number of articles or an age such as 24h, but is '" +
                       text + "'");
    }
}

void read_interval(Section& section, FeedOptions& options) {
    auto const* const node = section.get("interval");
    section.duration("min_interval", options.min_interval, Section::Zero::is_wrong);
    section.duration("max_interval", options.max_interval, Section::Zero::is_wrong);
    if (node != nullptr && node->text == "auto") {
        options.interval.reset();
    } else if (node != nullptr) {
        auto interval =
            options.min_interval;  // stands, and is no second mistake, when what is written is none
        section.duration("interval", interval);
        options.interval = interval;
    }
    // A feed may fall below by its own interval as well as by raising its min_interval above that of
    // `defaults`.
    auto const* const least = section.get("min_interval");
    auto const* const most = section.get("max_interval");
    auto const* const place = node != nullptr ? node : least;
    if (place != nullptr && options.interval && *options.interval < options.min_interval) {
        section.report().mistake(*place, "'interval' (" + in_words(*options.interval) +
                                             ") is below 'min_interval' (" + in_words(options.min_interval) +
                                             "); lower that too if you mean it and the publisher agrees");
    }
    if ((least != nullptr || most != nullptr) && options.max_interval < options.min_interval) {
        section.report().mistake(most != nullptr ? *most : *least,
                                 "'max_interval' (" + in_words(options.max_interval) +
                                     ") is below 'min_interval' (" + in_words(options.min_interval) + ")");
    }
}

void read_sink_names(Section& section, FeedOptions& options) {
    auto const* const node = section.get("sinks");
    if (node != nullptr && node->kind == YamlNode::Kind::scalar && node->text == "all") {
        options.sinks.clear();
    } else {
        section.texts("sinks", options.sinks);
        if (node != nullptr && node->kind == YamlNode::Kind::list && node->items.empty()) {
            section.report().mistake(*node, "'sinks' is empty; name some, or write  sinks: all");
        }
    }
}

// An address in the file that the daemon will refuse to connect to: legal, but surely not meant.
bool is_private_literal(std::string_view url) {
    for (auto const* prefix : {"127.", "10.", "192.168.", "169.254.", "localhost", "[::1]", "0.0.0.0"}) {
        auto const scheme = url.find("://");
        if (scheme != std::string_view::npos && url.substr(scheme + 3).starts_with(prefix)) {
            return true;
        }
    }
    return false;
}

void read_feed(Report& report, YamlNode const& node, FeedOptions options, FeedList& feeds,
               std::vector<FeedPlace>& named_sinks) {
    std::string url = node.text;
    std::string name;
    if (node.kind == YamlNode::Kind::map) {
        Section section{report, &node, "feeds"};
        section.text("url", url);
        section.text("name", name);
        read_feed_options(section, options);
        section.finish();
        if (auto const* const named = section.get("sinks")) {
            named_sinks.push_back({.file = report.file, .place = place_of(*named), .sinks = options.sinks});
        }
    } else if (node.kind != YamlNode::Kind::scalar) {
        report.mistake(
            node, std::string{"a feed is a URL or keys with a 'url', but this is "} + node.kind_in_words());
        return;
    } else {
        std::string missing;
        auto expanded = expand(node.text, missing);
        if (!expanded) {
            report.mistake(node, "'feeds' uses ${" + missing + "}, which is not set in the environment");
            return;
        }
        url = std::move(*expanded);
    }
    if (!is_feed_url(url)) {
        report.mistake(node,
                       url.empty()
                           ? "a feed needs a 'url'"
                           : "'" + url + "' is no address of a feed; it must begin with http:// or https://");
        return;
    }
    if (url.size() + name.size() > FeedList::kMaxText) {
        report.mistake(node, "a feed's 'url' and 'name' may have " + std::to_string(FeedList::kMaxText) +
                                 " bytes together, but these have " +
                                 std::to_string(url.size() + name.size()));
        return;
    }
    if (!report.some_private_allowed && is_private_literal(url)) {
        report.warning(node,
                       url + " is a private address: it is asked only if 'fetch.allow_addresses' lists it");
    }
    auto const added = node.kind == YamlNode::Kind::map ? feeds.add(url, name, options) : feeds.add(url);
    if (!added) {
        report.mistake(node, "the feed '" + (name.empty() ? url : name) + "' stands here a second time");
    }
}

}  // namespace

bool is_feed_url(std::string_view url) {
    for (auto const* scheme : {"http://", "https://"}) {
        std::string_view const prefix{scheme};
        if (starts_with_ignoring_case(url, prefix)) {
            auto const rest = url.substr(prefix.size());
            return !rest.empty() && rest.front() != '/' && std::none_of(rest.begin(), rest.end(), [](char c) {
                return static_cast<unsigned char>(c) <= ' ';
            });
        }
    }
    return false;
}

void read_feed_options(Section& section, FeedOptions& options) {
    read_interval(section, options);
    section.duration("max_server_delay", options.max_server_delay);
    read_first_poll(section, options.first_poll);
    section.choice<FullText>(
        "full_text", options.full_text,
        {{"never", FullText::never}, {"auto", FullText::when_teaser}, {"always", FullText::always}});
    section.choice<Updates>("updates", options.updates,
                            {{"emit", Updates::emit}, {"ignore", Updates::ignore}});
    section.choice<Boilerplate>("boilerplate", options.boilerplate,
                                {{"learn", Boilerplate::learn}, {"off", Boilerplate::off}});
    read_sink_names(section, options);
    section.texts("tags", options.tags);
    section.pairs("labels", options.labels);
    section.text("user_agent", options.user_agent);
    section.text("username", options.username);
    section.secret("password", options.password);
    section.pairs("headers", options.headers);
    section.flag("websub", options.websub);
    section.flag("respect_robots", options.respect_robots);
    read_route(section, options);
}

void read_feeds(Report& report, YamlNode const& list, FeedOptions const& defaults, FeedList& feeds,
                std::vector<FeedPlace>& named_sinks) {
    if (list.kind != YamlNode::Kind::list) {
        report.mistake(list, std::string{"'feeds' must be a list, but is "} + list.kind_in_words());
        return;
    }
    constexpr std::size_t kMany = 20'000;  // about a second of reading
    if (list.items.size() > kMany) {
        report.warning(list, "so many feeds are read much faster from a text list or OPML in 'feed_files'");
    }
    for (auto const& node : list.items) {
        read_feed(report, node, defaults, feeds, named_sinks);
    }
}

}  // namespace newswired::config

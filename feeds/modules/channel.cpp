// What a feed says about itself: its rhythm (purl.org/rss/1.0/modules/syndication), what made it
// (webns.net/mvcb), whether it is whole (RFC 5005).

#include "core/text.hpp"
#include "feeds/modules/modules.hpp"

#include <algorithm>

namespace newswired::feeds::modules {
namespace {

using xml::Name;

// Zero for what is no period.
seconds length_of(std::string_view period) {
    constexpr seconds kHour{3600};
    if (equal_ignoring_case(period, "daily")) {
        return 24 * kHour;
    }
    if (equal_ignoring_case(period, "hourly")) {
        return kHour;
    }
    if (equal_ignoring_case(period, "weekly")) {
        return 7 * 24 * kHour;
    }
    if (equal_ignoring_case(period, "monthly")) {
        return 30 * 24 * kHour;
    }
    if (equal_ignoring_case(period, "yearly")) {
        return 365 * 24 * kHour;
    }
    return seconds{0};
}

// updatePeriod and updateFrequency make one statement: how often in what time.  One of them that is nonsense
// (0, -1, "sometimes", all seen) leaves none.
void read_rhythm(Reader& reader, xml::Node const& node, FeedDraft& feed) {
    if (node.name == Name::sy_updateperiod) {
        feed.period = length_of(reader.plain(node));
    } else {
        feed.times_a_period = std::min<std::int64_t>(Reader::number(reader.plain(node)), 24 * 60);
    }
    feed.pace.update_period.reset();
    if (feed.period > seconds{0} && feed.times_a_period > 0) {
        feed.pace.update_period = feed.period / feed.times_a_period;
    }
}

}  // namespace

bool read_channel(Reader&, xml::Node const&, ItemDraft&) {
    return false;
}

bool read_channel(Reader& reader, xml::Node const& node, FeedDraft& feed) {
    switch (node.name) {
        case Name::sy_updateperiod:
        case Name::sy_updatefrequency:
            read_rhythm(reader, node, feed);
            return true;
        case Name::admin_generatoragent:
            if (feed.generator.empty()) {
                feed.generator = node.attribute("resource");
            }
            return true;
        case Name::fh_complete:
            feed.complete = true;
            return true;
        default:
            return false;
    }
}

}  // namespace newswired::feeds::modules

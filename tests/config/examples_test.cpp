// The examples are what people copy: they must be right.

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

namespace newswired::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Configuration read_example(std::string const& name) {
    auto outcome = config::read(kProject + "examples/" + name);
    if (auto const* mistakes = std::get_if<Mistakes>(&outcome)) {
        for (auto const& mistake : *mistakes) {
            ADD_FAILURE() << mistake.text();
        }
        return {};
    }
    return std::move(std::get<Configuration>(outcome));
}

TEST(Examples, HaveNoMistakes) {
    std::size_t count = 0;
    for (auto const& entry : std::filesystem::directory_iterator{kProject + "examples"}) {
        if (entry.path().extension() == ".yaml") {
            SCOPED_TRACE(entry.path().string());
            read_example(entry.path().filename().string());
            ++count;
        }
    }
    EXPECT_GE(count, 3u);
}

TEST(Examples, AskOnlyForTheContact) {
    for (auto const* name : {"minimal.yaml", "public-feeds.yaml"}) {
        SCOPED_TRACE(name);
        auto const warnings = read_example(name).warnings;

        ASSERT_EQ(warnings.size(), 1u);
        EXPECT_THAT(warnings[0].what, HasSubstr("'fetch.contact' is not set"));
    }
}

TEST(Examples, OfFullWarnOfNothingButWhatIsNotBuiltAndFilesThatAreNotThere) {
    for (auto const& warning : read_example("full.yaml").warnings) {
        EXPECT_THAT(warning.what, testing::AnyOf(HasSubstr("is accepted, but does nothing yet"),
                                                 AllOf(HasSubstr("no file matches"), HasSubstr("feeds.d"))));
    }
}

// What full.yaml calls defaults are the defaults.
TEST(Examples, OfFullTellTheDefaults) {
    auto const full = read_example("full.yaml").settings;
    Settings const defaults;

    EXPECT_EQ(full.state_dir, defaults.state_dir);
    EXPECT_EQ(full.threads, defaults.threads);
    EXPECT_EQ(full.log.level, defaults.log.level);
    EXPECT_EQ(full.log.file, defaults.log.file);
    EXPECT_EQ(full.log.articles, defaults.log.articles);
    EXPECT_EQ(full.listen, defaults.listen);
    EXPECT_EQ(full.shutdown_timeout, defaults.shutdown_timeout);
    EXPECT_EQ(full.fetch.user_agent, defaults.fetch.user_agent);
    EXPECT_EQ(full.fetch.timeout, defaults.fetch.timeout);
    EXPECT_EQ(full.fetch.total_timeout, defaults.fetch.total_timeout);
    EXPECT_EQ(full.fetch.max_body, defaults.fetch.max_body);
    EXPECT_EQ(full.fetch.max_in_flight, defaults.fetch.max_in_flight);
    EXPECT_EQ(full.fetch.host_connections, defaults.fetch.host_connections);
    EXPECT_EQ(full.fetch.host_delay, defaults.fetch.host_delay);
    EXPECT_EQ(full.fetch.redirects_max, defaults.fetch.redirects_max);
    EXPECT_EQ(full.fetch.redirects_learn_after, defaults.fetch.redirects_learn_after);
    EXPECT_EQ(full.fetch.backoff_base, defaults.fetch.backoff_base);
    EXPECT_EQ(full.fetch.backoff_max, defaults.fetch.backoff_max);
    EXPECT_TRUE(full.fetch.allow_addresses.empty());
    EXPECT_EQ(full.fetch.proxy, defaults.fetch.proxy);
    EXPECT_EQ(full.fetch.ca_file, defaults.fetch.ca_file);
    ASSERT_GE(full.feeds.size(), 1u);
    EXPECT_EQ(full.feeds.options(0), FeedOptions{});
    EXPECT_EQ(full.dedup.scope, defaults.dedup.scope);
    EXPECT_EQ(full.dedup.match, defaults.dedup.match);
    EXPECT_EQ(full.dedup.keep, defaults.dedup.keep);
    EXPECT_EQ(full.dedup.near, defaults.dedup.near);
    EXPECT_EQ(full.dedup.near_window, defaults.dedup.near_window);
    EXPECT_EQ(full.outbox.max_bytes, defaults.outbox.max_bytes);
    EXPECT_EQ(full.outbox.retain, defaults.outbox.retain);
    EXPECT_EQ(full.outbox.on_full, defaults.outbox.on_full);
    ASSERT_GE(full.sinks.size(), 3u);
    EXPECT_EQ(full.sinks[0].rotate.files, Rotate{}.files);
    EXPECT_EQ(full.sinks[0].rotate.compress, Rotate{}.compress);
    EXPECT_EQ(full.sinks[2].batch, Sink{}.batch);
    EXPECT_EQ(full.sinks[2].timeout, Sink{}.timeout);
    EXPECT_EQ(full.sinks[2].retry, Retry{});
}

TEST(Examples, OfPublicFeedsAskPolitely) {
    auto const feeds = read_example("public-feeds.yaml").settings.feeds;

    EXPECT_GE(feeds.size(), 25u);
    for (std::size_t feed = 0; feed < feeds.size(); ++feed) {
        SCOPED_TRACE(feeds.url(feed));
        EXPECT_TRUE(feeds.url(feed).starts_with("https://"));
        EXPECT_GE(feeds.options(feed).interval.value_or(std::chrono::hours{1}), std::chrono::minutes{15});
    }
}

TEST(Examples, OfMinimalAreTenLines) {
    auto const text = content_of(kProject + "examples/minimal.yaml");

    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 10);
}

}  // namespace
}  // namespace newswired::config

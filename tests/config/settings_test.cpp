// A configuration without mistakes: what the structs then say.

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

namespace newswired::config {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class SettingsTest : public ConfigTest {
  protected:
    SettingsTest() { write("ca.pem", "-----BEGIN CERTIFICATE-----\n"); }
};

constexpr char const* kEveryKey = R"yaml(
state_dir: state
threads: 3
log: {level: debug, target: stderr, file: log/newswired.log, articles: yes}
listen: "127.0.0.1:9470"
shutdown_timeout: 45s
fetch:
  contact: https://example.org/bot
  user_agent: example/1.0
  timeout: 1.5s
  total_timeout: 2m
  max_body: 1MiB
  max_in_flight: 8
  per_host: {connections: 2, delay: 250ms}
  redirects: {max: 5, learn_after: 7}
  backoff: {base: 1m, max: 1d}
  allow_addresses: [127.0.0.0/8, "::1"]
  proxy: http://proxy.example:3128
  ca_file: ca.pem
websub: {enabled: true, listen: "0.0.0.0:9471", callback: "https://news.example.org/websub", lease: 10d}
defaults:
  interval: 15m
  min_interval: 10m
  max_interval: 12h
  max_server_delay: 0s
  first_poll: none
  full_text: auto
  updates: ignore
  boilerplate: off
  respect_robots: true
  sinks: articles
  tags: [all]
  labels: {desk: news}
  user_agent: of-defaults/1.0
  headers: {X-Of: defaults}
feeds:
  - https://example.org/feed.xml
  - url: https://example.com/atom.xml
    name: example
    tags: [world, sport]
    labels: {desk: sport, region: eu}
    interval: 20m
    min_interval: 20m
    max_interval: 6h
    max_server_delay: 1d
    first_poll: 10
    full_text: always
    updates: emit
    boilerplate: learn
    respect_robots: false
    user_agent: own/1.0
    username: me
    password_file: pass
    headers: {X-Token: "${NEWSWIRED_TEST_TOKEN}", X-Other: b}
    websub: true
    proxy: socks5h://127.0.0.1:9050
    ca_file: ca.pem
    pin: sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
    insecure: true
    sinks: [articles, hook]
feed_files: [more.txt]
dedup: {scope: site, match: mark, keep: 30d, near: off, near_window: 12h}
rules:
  - drop: {title: "(?i)sponsored"}
  - allow: {feed_tag: world, language: [en, fr]}
  - drop: all
outbox: {max_bytes: 1GB, retain: 1d, on_full: stop}
sinks:
  - name: articles
    type: file
    path: out/articles.jsonl
    rotate: {size: 256MB, files: 3, compress: zstd}
  - {name: console, type: stdout}
  - {name: hook, type: webhook, url: "https://example.net/in", secret_file: hook.key, batch: 20, timeout: 5s, retry: {base: 2s, max: 30m}}
)yaml";

TEST_F(SettingsTest, TakeEveryKey) {
    ScopedVariable const token{"NEWSWIRED_TEST_TOKEN", "t0ken"};
    write("pass", "s3cret\nsecond line\n");
    write("hook.key", "whsec_abc\r\n");
    write("more.txt", "https://example.net/third\n");

    auto const read = settings(kEveryKey);

    EXPECT_EQ(read.state_dir, path("state"));
    EXPECT_EQ(read.threads, 3u);
    EXPECT_EQ(read.log.level, LogLevel::debug);
    EXPECT_EQ(read.log.file, path("log/newswired.log"));
    EXPECT_TRUE(read.log.articles);
    EXPECT_EQ(read.listen, "127.0.0.1:9470");
    EXPECT_EQ(read.shutdown_timeout, seconds{45});

    EXPECT_EQ(read.fetch.contact, "https://example.org/bot");
    EXPECT_EQ(read.fetch.user_agent, "example/1.0");
    EXPECT_EQ(read.fetch.timeout, milliseconds{1500});
    EXPECT_EQ(read.fetch.total_timeout, minutes{2});
    EXPECT_EQ(read.fetch.max_body, 1'048'576u);
    EXPECT_EQ(read.fetch.max_in_flight, 8u);
    EXPECT_EQ(read.fetch.host_connections, 2u);
    EXPECT_EQ(read.fetch.host_delay, milliseconds{250});
    EXPECT_EQ(read.fetch.redirects_max, 5u);
    EXPECT_EQ(read.fetch.redirects_learn_after, 7u);
    EXPECT_EQ(read.fetch.backoff_base, minutes{1});
    EXPECT_EQ(read.fetch.backoff_max, hours{24});
    ASSERT_EQ(read.fetch.allow_addresses.size(), 2u);
    EXPECT_EQ(read.fetch.allow_addresses[0].text, "127.0.0.0/8");
    EXPECT_EQ(read.fetch.allow_addresses[1].text, "::1");
    EXPECT_EQ(read.fetch.proxy, "http://proxy.example:3128");
    EXPECT_EQ(read.fetch.ca_file, path("ca.pem"));

    EXPECT_EQ(read.dedup.scope, Scope::site);
    EXPECT_EQ(read.dedup.match, Match::mark);
    EXPECT_EQ(read.dedup.keep, hours{30 * 24});
    EXPECT_EQ(read.dedup.near, Near::off);
    EXPECT_EQ(read.dedup.near_window, hours{12});
    EXPECT_EQ(read.outbox.max_bytes, 1'000'000'000u);
    EXPECT_EQ(read.outbox.retain, hours{24});
    EXPECT_EQ(read.outbox.on_full, Outbox::OnFull::stop);
    EXPECT_EQ(read.rules.size(), 3u);
}

TEST_F(SettingsTest, TakeEveryKeyOfSinks) {
    ScopedVariable const token{"NEWSWIRED_TEST_TOKEN", "t0ken"};
    write("pass", "s3cret\n");
    write("hook.key", "whsec_abc\r\n");
    write("more.txt", "https://example.net/third\n");

    auto const sinks = settings(kEveryKey).sinks;

    Sink const articles{.name = "articles",
                        .type = "file",
                        .path = path("out/articles.jsonl"),
                        .rotate = {.size = 256'000'000, .files = 3, .compress = Rotate::Compress::zstd}};
    Sink const console{.name = "console", .type = "stdout"};
    Sink const hook{.name = "hook",
                    .type = "webhook",
                    .url = "https://example.net/in",
                    .secret = "whsec_abc",
                    .batch = 20,
                    .timeout = seconds{5},
                    .retry = {.base = seconds{2}, .max = minutes{30}}};
    EXPECT_THAT(sinks, ElementsAre(articles, console, hook));
}

TEST_F(SettingsTest, TakeEveryKeyOfFeeds) {
    ScopedVariable const token{"NEWSWIRED_TEST_TOKEN", "t0ken"};
    write("pass", "s3cret\nsecond line\n");
    write("hook.key", "whsec_abc\n");
    write("more.txt", "https://example.net/third\n");

    auto const feeds = settings(kEveryKey).feeds;

    ASSERT_THAT(urls(feeds), ElementsAre("https://example.org/feed.xml", "https://example.com/atom.xml",
                                         "https://example.net/third"));
    FeedOptions const defaults{.interval = minutes{15},
                               .min_interval = minutes{10},
                               .max_interval = hours{12},
                               .max_server_delay = milliseconds{0},
                               .first_poll = {.kind = FirstPoll::Kind::none},
                               .full_text = FullText::when_teaser,
                               .updates = Updates::ignore,
                               .boilerplate = Boilerplate::off,
                               .sinks = {"articles"},
                               .tags = {"all"},
                               .labels = {{"desk", "news"}},
                               .user_agent = "of-defaults/1.0",
                               .headers = {{"X-Of", "defaults"}},
                               .websub = true,
                               .respect_robots = true};
    EXPECT_EQ(feeds.options(0), defaults);
    EXPECT_EQ(feeds.options(2), defaults);
    EXPECT_EQ(feeds.identity(0), "https://example.org/feed.xml");
    EXPECT_EQ(feeds.identity(1), "example");
    FeedOptions const own{.interval = minutes{20},
                          .min_interval = minutes{20},
                          .max_interval = hours{6},
                          .max_server_delay = hours{24},
                          .first_poll = {.kind = FirstPoll::Kind::newest, .count = 10},
                          .full_text = FullText::always,
                          .updates = Updates::emit,
                          .boilerplate = Boilerplate::learn,
                          .sinks = {"articles", "hook"},
                          .tags = {"world", "sport"},
                          .labels = {{"desk", "sport"}, {"region", "eu"}},
                          .user_agent = "own/1.0",
                          .username = "me",
                          .password = "s3cret",
                          .headers = {{"X-Token", "t0ken"}, {"X-Other", "b"}},
                          .websub = true,
                          .proxy = "socks5h://127.0.0.1:9050",
                          .ca_file = path("ca.pem"),
                          .pins = {"sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},
                          .insecure = true};
    EXPECT_EQ(feeds.options(1), own);
}

TEST_F(SettingsTest, HaveTheDefaultsOfTheManual) {
    auto const read = settings("feeds: [\"https://example.org/feed\"]");

    EXPECT_EQ(read.state_dir, "/var/lib/newswired");
    EXPECT_EQ(read.threads, 0u);
    EXPECT_EQ(read.log.level, LogLevel::info);
    EXPECT_EQ(read.log.file, "");
    EXPECT_FALSE(read.log.articles);
    EXPECT_EQ(read.listen, "");
    EXPECT_EQ(read.shutdown_timeout, seconds{20});
    EXPECT_EQ(read.fetch.timeout, seconds{20});
    EXPECT_EQ(read.fetch.total_timeout, seconds{60});
    EXPECT_EQ(read.fetch.max_body, 16'000'000u);
    EXPECT_EQ(read.fetch.max_in_flight, 256u);
    EXPECT_EQ(read.fetch.host_connections, 1u);
    EXPECT_EQ(read.fetch.host_delay, seconds{1});
    EXPECT_EQ(read.fetch.redirects_max, 10u);
    EXPECT_EQ(read.fetch.redirects_learn_after, 3u);
    EXPECT_EQ(read.fetch.backoff_base, minutes{5});
    EXPECT_EQ(read.fetch.backoff_max, hours{48});
    EXPECT_THAT(read.fetch.allow_addresses, IsEmpty());
    EXPECT_EQ(read.dedup.scope, Scope::all);
    EXPECT_EQ(read.dedup.match, Match::drop);
    EXPECT_EQ(read.dedup.keep, hours{180 * 24});
    EXPECT_EQ(read.dedup.near, Near::mark);
    EXPECT_EQ(read.dedup.near_window, hours{72});
    EXPECT_THAT(read.rules, IsEmpty());
    EXPECT_EQ(read.outbox.max_bytes, 2'000'000'000u);
    EXPECT_EQ(read.outbox.retain, hours{72});
    EXPECT_EQ(read.outbox.on_full, Outbox::OnFull::park);
    auto const& options = read.feeds.options(0);
    EXPECT_EQ(options.interval, std::nullopt);
    EXPECT_EQ(options.min_interval, minutes{5});
    EXPECT_EQ(options.max_interval, hours{24});
    EXPECT_EQ(options.max_server_delay, hours{7 * 24});
    EXPECT_EQ(options, FeedOptions{});
}

TEST_F(SettingsTest, HaveOneFileSinkInTheStateWhenNoneIsNamed) {
    auto const sinks = settings("state_dir: /srv/news\nfeeds: [\"https://example.org/feed\"]").sinks;

    EXPECT_THAT(
        sinks, ElementsAre(Sink{.name = "articles", .type = "file", .path = "/srv/news/out/articles.jsonl"}));
}

TEST_F(SettingsTest, HaveDefaultsForASinkOfNameAndTypeOnly) {
    auto const sinks = settings(whole("sinks: [{name: console, type: stdout}]")).sinks;

    ASSERT_EQ(sinks.size(), 1u);
    EXPECT_EQ(sinks[0].rotate, (Rotate{.size = 0, .files = 8, .compress = Rotate::Compress::none}));
    EXPECT_EQ(sinks[0].batch, 50u);
    EXPECT_EQ(sinks[0].timeout, seconds{15});
    EXPECT_EQ(sinks[0].retry, (Retry{.base = seconds{1}, .max = hours{1}}));
}

TEST_F(SettingsTest, TakeTheDefaultForANullValue) {
    auto const read =
        settings(whole("state_dir: ~\nthreads:\noutbox: {retain: ~}\ndedup: ~\nrules:\nsinks: ~\nlog: null"));

    EXPECT_EQ(read.state_dir, "/var/lib/newswired");
    EXPECT_EQ(read.outbox.retain, hours{72});
    EXPECT_EQ(read.sinks.size(), 1u);
}

TEST_F(SettingsTest, LetAFeedGoBackToWhatDefaultsChanged) {
    auto const feeds = settings(R"(
defaults: {interval: 15m, sinks: [articles], first_poll: none}
feeds: [{url: "https://example.org/feed", interval: auto, sinks: all, first_poll: all}]
)")
                           .feeds;

    EXPECT_EQ(feeds.options(0).interval, std::nullopt);
    EXPECT_THAT(feeds.options(0).sinks, IsEmpty());
    EXPECT_EQ(feeds.options(0).first_poll.kind, FirstPoll::Kind::all);
}

TEST_F(SettingsTest, ReadFirstPollInAllItsForms) {
    auto first_poll = [&](std::string const& text) {
        return settings("feeds: [{url: \"https://example.org/\", first_poll: " + text + "}]")
            .feeds.options(0)
            .first_poll;
    };

    EXPECT_EQ(first_poll("all"), (FirstPoll{.kind = FirstPoll::Kind::all}));
    EXPECT_EQ(first_poll("none"), (FirstPoll{.kind = FirstPoll::Kind::none}));
    EXPECT_EQ(first_poll("10"), (FirstPoll{.kind = FirstPoll::Kind::newest, .count = 10}));
    EXPECT_EQ(first_poll("24h"), (FirstPoll{.kind = FirstPoll::Kind::since, .age = hours{24}}));
    EXPECT_EQ(first_poll("1.5s"), (FirstPoll{.kind = FirstPoll::Kind::since, .age = seconds{2}}));
}

TEST_F(SettingsTest, ResolveMergeKeysAndAliases) {
    auto const feeds = settings(R"(
feeds:
  - &often {url: "https://example.org/a", interval: 10m, tags: &tags [world]}
  - {<<: *often, url: "https://example.org/b"}
  - {url: "https://example.org/c", tags: *tags}
)")
                           .feeds;

    EXPECT_THAT(urls(feeds),
                ElementsAre("https://example.org/a", "https://example.org/b", "https://example.org/c"));
    EXPECT_EQ(feeds.options(1).interval, minutes{10});
    EXPECT_THAT(feeds.options(2).tags, ElementsAre("world"));
}

TEST_F(SettingsTest, MakePathsRelativeToTheFilesFolder) {
    auto const read =
        settings(whole("state_dir: ../state\nlog: {target: ./a.log}\n"
                       "sinks: [{name: a, type: file, path: /srv/out.jsonl}]"));

    EXPECT_EQ(read.state_dir, std::filesystem::path{folder_}.parent_path().string() + "/state");
    EXPECT_EQ(read.log.file, path("a.log"));
    EXPECT_EQ(read.sinks[0].path, "/srv/out.jsonl");
}

TEST_F(SettingsTest, TakeTheEnvironmentInPlainFeedsToo) {
    ScopedVariable const host{"NEWSWIRED_TEST_HOST", "news.example"};

    EXPECT_THAT(urls(settings("feeds: [\"https://${NEWSWIRED_TEST_HOST}/feed\"]").feeds),
                ElementsAre("https://news.example/feed"));
}

TEST_F(SettingsTest, ReadAFileWithByteOrderMarkAndWindowsLineEnds) {
    auto const feeds = settings(
                           "\xEF\xBB\xBF"
                           "feeds:\r\n  - https://example.org/feed\r\n")
                           .feeds;

    EXPECT_THAT(urls(feeds), ElementsAre("https://example.org/feed"));
}

TEST_F(SettingsTest, ReadFromAFile) {
    auto const file = write("a.yaml", "feeds: [\"https://example.org/feed\"]\nstate_dir: state");

    auto const outcome = config::read(file);

    ASSERT_TRUE(std::holds_alternative<Configuration>(outcome));
    EXPECT_EQ(std::get<Configuration>(outcome).settings.state_dir, path("state"));
}

TEST_F(SettingsTest, WarnOfAMissingContact) {
    EXPECT_THAT(
        warnings("feeds: [\"https://example.org/feed\"]"),
        ElementsAre("newswired.yaml:1:1: 'fetch.contact' is not set: publishers who wonder who asks can only "
                    "block you"));
    EXPECT_THAT(warnings(whole("")), IsEmpty());
}

TEST_F(SettingsTest, WarnOfAPrivateAddressOnly) {
    EXPECT_THAT(
        warnings("fetch: {contact: me}\nfeeds: [\"http://127.0.0.1/feed\"]"),
        ElementsAre("newswired.yaml:2:9: http://127.0.0.1/feed is a private address: it is asked only if "
                    "'fetch.allow_addresses' lists it"));
    EXPECT_THAT(
        warnings("feeds: [\"http://127.0.0.1/feed\"]\nfetch: {contact: me, allow_addresses: [127.0.0.0/8]}"),
        IsEmpty());
}

TEST_F(SettingsTest, WarnOnceOfWhatIsNotBuiltYet) {
    write("more.yaml", "- {url: \"https://example.org/more\"}");

    auto const told = warnings(R"(
listen: "127.0.0.1:9470"
fetch: {contact: me}
feeds:
  - {url: "https://example.org/a", full_text: always}
  - {url: "https://example.org/b", full_text: auto}
feed_files: [more.yaml, "https://example.org/a.opml", "https://example.org/b.opml"]
sinks:
  - {name: a, type: file, path: a}
  - {name: b, type: kafka, brokers: ["127.0.0.1:9092"], topic: articles, key_by: article}
  - {name: c, type: kafka, brokers: ["127.0.0.1:9092"], topic: articles}
  - {name: d, type: postgres, url: "postgresql:///news", table: articles}
  - {name: e, type: opensearch, url: "https://127.0.0.1:9200", index: articles}
  - {name: f, type: nats, servers: ["nats://127.0.0.1:4222"], stream: ARTICLES, subject: articles}
  - {name: g, type: redis, url: "redis://127.0.0.1:6379", stream: articles}
  - {name: h, type: feed, path: planet.xml, format: atom, items: 100}
)");

    std::vector<std::string> things;
    for (auto const& line : told) {
        auto const start = line.find(": ") + 2;
        things.push_back(line.substr(start, line.find(" is accepted") - start));
    }
    EXPECT_THAT(things,
                testing::UnorderedElementsAre("'listen'", "the sink type 'kafka'", "the sink type 'postgres'",
                                              "the sink type 'opensearch'", "the sink type 'nats'",
                                              "the sink type 'redis'", "the sink type 'feed'"));
}

TEST_F(SettingsTest, DoNotWarnOfUnbuiltThingsThatAreOff) {
    EXPECT_THAT(warnings("listen: off\nwebsub: {enabled: false}\nfetch: {contact: me, proxy: ~}\n"
                         "defaults: {full_text: never, websub: false}\nfeeds: [\"https://example.org/\"]"),
                IsEmpty());
}

TEST_F(SettingsTest, GiveEveryFeedWebSubWhenItIsOn) {
    auto const of_file = settings(R"(
websub: {enabled: true, callback: "https://us.example/websub/"}
feeds:
  - https://example.org/a
  - {url: "https://example.org/b", websub: false}
)");

    EXPECT_TRUE(of_file.feeds.options(0).websub);
    EXPECT_FALSE(of_file.feeds.options(1).websub);
    EXPECT_TRUE(of_file.websub.wanted);
    EXPECT_EQ(of_file.websub.callback, "https://us.example/websub");
    EXPECT_EQ(of_file.websub.listen, "0.0.0.0:9471");
    EXPECT_EQ(of_file.websub.lease, std::chrono::hours{240});
}

}  // namespace
}  // namespace newswired::config

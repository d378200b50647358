// What is wrong is told with its place and the mend, and all of it at once.

#include "tests/config/config_test.hpp"

#include <gmock/gmock.h>

namespace newswired::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

class MistakesTest : public ConfigTest {
  protected:
    // The only mistake of what is written, without the file's name: "LINE:COLUMN: what".
    std::string mistake(std::string const& yaml) const {
        auto const all = mistakes(yaml);
        EXPECT_THAT(all, SizeIs(1)) << yaml;
        constexpr std::string_view kFile = "newswired.yaml:";
        return all.empty() || !all[0].starts_with(kFile) ? std::string{} : all[0].substr(kFile.size());
    }
};

struct Row {
    char const* name;
    char const* yaml;
    char const* expected;  // "LINE:COLUMN: what"
};

class OneMistakeTest : public MistakesTest, public testing::WithParamInterface<Row> {};

TEST_P(OneMistakeTest, IsToldWithPlaceAndMend) {
    EXPECT_EQ(mistake(whole(GetParam().yaml)), GetParam().expected);
}

constexpr Row kKeys[] = {
    {"UnknownKey", "state_dri: /tmp", "1:1: unknown key 'state_dri'; did you mean 'state_dir'?"},
    {"UnknownKeyLikeNone", "colour: blue", "1:1: unknown key 'colour'"},
    {"UnknownKeyInASection", "outbox:\n  retian: 3d",
     "2:3: unknown key 'retian' in 'outbox'; did you mean 'retain'?"},
    {"UnknownKeyInADeepSection", "sinks:\n  - {name: a, type: stdout, rotate: {filse: 3}}",
     "2:38: unknown key 'filse' in 'sinks[1].rotate'; did you mean 'files'?"},
    {"UnknownKeyInDefaults", "defaults: {intervall: 10m}",
     "1:12: unknown key 'intervall' in 'defaults'; did you mean 'interval'?"},
    {"KeyOfFeedsInDefaults", "defaults: {url: \"https://example.org/\"}",
     "1:12: unknown key 'url' in 'defaults'"},
    {"KeyTwice", "threads: 1\nthreads: 2", "2:1: the key 'threads' stands here a second time"},
    {"KeyTwiceInASection", "outbox: {retain: 1d, retain: 2d}",
     "1:22: the key 'outbox.retain' stands here a second time"},
};
INSTANTIATE_TEST_SUITE_P(Keys, OneMistakeTest, testing::ValuesIn(kKeys),
                         [](auto const& row) { return row.param.name; });

constexpr Row kWebSub[] = {
    {"CallbackOfNoUrl", "websub: {enabled: true, callback: news.example.org}",
     "1:35: 'websub.callback' must be the http or https URL by which hubs reach 'websub.listen', without a "
     "query, but is 'news.example.org'"},
    {"CallbackWithAQuery", "websub: {callback: \"https://news.example.org/?x=1\"}",
     "1:20: 'websub.callback' must be the http or https URL by which hubs reach 'websub.listen', without a "
     "query, but is 'https://news.example.org/?x=1'"},
    {"ListenWithoutAPort", "websub: {listen: 127.0.0.1}",
     "1:18: 'websub.listen' must be ADDRESS:PORT or unix:/PATH, such as 0.0.0.0:9471, but is '127.0.0.1'"},
    {"LeaseOfNothing", "websub: {lease: 1s}",
     "1:17: 'websub.lease' must be a minute at least; hubs grant some days"},
    {"NoCallback", "websub: {enabled: true}",
     "1:9: hubs can't tell of news without 'websub.callback': the URL by which they reach 'websub.listen', "
     "such as https://news.example.org/websub"},
};
INSTANTIATE_TEST_SUITE_P(WebSub, OneMistakeTest, testing::ValuesIn(kWebSub),
                         [](auto const& row) { return row.param.name; });

constexpr Row kTypes[] = {
    {"SectionThatIsText", "dedup: all", "1:8: 'dedup' must have keys of its own, but is a single value"},
    {"SectionThatIsAList", "outbox: [1]", "1:9: 'outbox' must have keys of its own, but is a list"},
    {"TextThatIsAList", "listen: [a]", "1:9: 'listen' must be text, but is a list"},
    {"PathThatIsAMap", "state_dir: {a: b}", "1:12: 'state_dir' must be a path, but is keys with values"},
    {"NumberThatIsText", "threads: many", "1:10: 'threads' must be a number from 1 to 256, but is 'many'"},
    {"NumberTooSmall", "threads: 0", "1:10: 'threads' must be a number from 1 to 256, but is '0'"},
    {"NumberTooLarge", "threads: 99999999999999999999",
     "1:10: 'threads' must be a number from 1 to 256, but is '99999999999999999999'"},
    {"NumberBelowZero", "threads: -1", "1:10: 'threads' must be a number from 1 to 256, but is '-1'"},
    {"NumberWithFraction", "threads: 1.5", "1:10: 'threads' must be a number from 1 to 256, but is '1.5'"},
    {"FlagThatIsText", "log: {articles: maybe}",
     "1:17: 'log.articles' must be true or false, but is 'maybe'"},
    {"FlagThatIsAList", "log: {articles: [yes]}",
     "1:17: 'log.articles' must be true or false, but is a list"},
    {"WrongChoice", "log: {level: loud}",
     "1:14: 'log.level' must be trace, debug, info, warn or error, but is 'loud'"},
    {"NearDuplicateThatIsNoFlag", "rules: [{drop: {near_duplicate: 3}}]",
     "1:33: 'near_duplicate' must be true or false, but is '3'"},
    {"WrongChoiceOfTwo", "dedup: {match: merge}", "1:16: 'dedup.match' must be drop or mark, but is 'merge'"},
    {"LogTarget", "log: {target: stdout}", "1:15: 'log.target' must be stderr or a path, but is 'stdout'"},
    {"TextsThatAreAMap", "defaults: {tags: {a: b}}",
     "1:18: 'defaults.tags' must be a list, but is keys with values"},
    {"TextsThatHoldAList", "defaults: {tags: [a, [b]]}",
     "1:22: 'defaults.tags' must be a list of texts, but is a list"},
    {"PairsThatAreAList", "defaults: {labels: [a]}",
     "1:20: 'defaults.labels' must be keys with values, but is a list"},
    {"PairsThatHoldAList", "defaults: {labels: {a: [b]}}",
     "1:24: 'defaults.labels' must be keys with values, but is a list"},
    {"SinksThatAreAMap", "sinks: {a: b}", "1:8: 'sinks' must be a list of sinks, but is keys with values"},
    {"NoSinks", "sinks: []", "1:8: 'sinks' must be a list of sinks, but is empty"},
    {"SinkThatIsText", "sinks: [a]",
     "1:9: a sink has keys such as 'name' and 'type', but this is a single value"},
    {"RulesThatAreText", "rules: none", "1:8: 'rules' must be a list, but is a single value"},
    {"FeedFilesThatAreText", "feed_files: feeds.txt",
     "1:13: 'feed_files' must be a list of files, but is a single value"},
    {"FeedFileThatIsAMap", "feed_files: [{path: feeds.txt}]",
     "1:14: 'feed_files' must be a list of files, but this is keys with values"},
    {"FirstPoll", "defaults: {first_poll: [all]}",
     "1:24: 'first_poll' must be all, none, a number of articles or an age such as 24h, but is ''"},
};
INSTANTIATE_TEST_SUITE_P(Types, OneMistakeTest, testing::ValuesIn(kTypes),
                         [](auto const& row) { return row.param.name; });

constexpr Row kUnits[] = {
    {"NoUnit", "shutdown_timeout: 20",
     "1:19: 'shutdown_timeout' must be a time such as 500ms, 30s, 15m, 2h or 7d, but is '20'"},
    {"UnknownUnit", "outbox: {retain: 3 days}",
     "1:18: 'outbox.retain' must be a time such as 500ms, 30s, 15m, 2h or 7d, but is '3 days'"},
    {"TimeThatIsAList", "dedup: {keep: [1d]}",
     "1:15: 'dedup.keep' must be a time such as 500ms, 30s, 15m, 2h or 7d, but is a list"},
    {"TimeBelowZero", "dedup: {keep: -1d}",
     "1:15: 'dedup.keep' must be a time such as 500ms, 30s, 15m, 2h or 7d, but is '-1d'"},
    {"UnknownSize", "outbox: {max_bytes: 2Gigs}",
     "1:21: 'outbox.max_bytes' must be a size such as 64KiB, 10MB or a number of bytes, but is '2Gigs'"},
    {"NoTimeAtAll", "sinks: [{name: a, type: stdout, timeout: 0s}]",
     "1:42: 'sinks[1].timeout' must be more than nothing, but is '0s'"},
    {"MinIntervalOfNothing", "defaults: {min_interval: 0s}",
     "1:26: 'defaults.min_interval' must be more than nothing, but is '0s'"},
};
INSTANTIATE_TEST_SUITE_P(Units, OneMistakeTest, testing::ValuesIn(kUnits),
                         [](auto const& row) { return row.param.name; });

constexpr Row kIntervals[] = {
    {"BelowTheDefault", "defaults: {interval: 1m}",
     "1:22: 'interval' (1 min) is below 'min_interval' (5 min); lower that too if you mean it and the "
     "publisher agrees"},
    {"BelowItsOwn", "defaults: {interval: 10m, min_interval: 15m}",
     "1:22: 'interval' (10 min) is below 'min_interval' (15 min); lower that too if you mean it and the "
     "publisher "
     "agrees"},
    {"OfNothing", "defaults: {interval: 0s}",
     "1:22: 'interval' (0 ms) is below 'min_interval' (5 min); lower that too if you mean it and the "
     "publisher agrees"},
    {"NoTime", "defaults: {interval: often}",
     "1:22: 'defaults.interval' must be a time such as 500ms, 30s, 15m, 2h or 7d, but is 'often'"},
    {"MaxBelowMin", "defaults: {min_interval: 2h, max_interval: 1h}",
     "1:44: 'max_interval' (1 h) is below 'min_interval' (2 h)"},
};
INSTANTIATE_TEST_SUITE_P(Intervals, OneMistakeTest, testing::ValuesIn(kIntervals),
                         [](auto const& row) { return row.param.name; });

constexpr Row kSinks[] = {
    {"DuplicateName", "sinks:\n  - {name: a, type: stdout}\n  - {name: a, type: stdout}",
     "3:5: there is a sink 'a' already"},
    {"DuplicatePath", "sinks:\n  - {name: a, type: file, path: /x}\n  - {name: b, type: file, path: /y/../x}",
     "3:5: another sink writes to /x already"},
    {"NoName", "sinks: [{type: stdout}]", "1:9: a sink needs a 'name'"},
    {"OddName", "sinks: [{name: a b, type: stdout}]",
     "1:9: a sink's name may hold letters, digits, '.', '_' and '-' only: 'a b'"},
    {"NoType", "sinks: [{name: a}]", "1:9: a sink needs a 'type', such as file or stdout"},
    {"UnknownType", "sinks: [{name: a, type: webhok}]",
     "1:9: there is no sink type 'webhok'; did you mean 'webhook'?"},
    {"FileWithoutPath", "sinks: [{name: a, type: file}]", "1:9: a file sink needs a 'path'"},
    {"UnknownSinkInDefaults", "defaults: {sinks: [articels]}",
     "1:19: there is no sink 'articels'; did you mean 'articles'?"},
    {"SinksOfNothing", "defaults: {sinks: []}", "1:19: 'sinks' is empty; name some, or write  sinks: all"},
};
INSTANTIATE_TEST_SUITE_P(Sinks, OneMistakeTest, testing::ValuesIn(kSinks),
                         [](auto const& row) { return row.param.name; });

constexpr Row kRules[] = {
    {"BadPattern", "rules:\n  - drop: {title: \"(unclosed\"}",
     "2:19: '(unclosed' is no pattern: missing ): (unclosed"},
    {"BadPatternInAList", "rules: [{drop: {url: [\"fine\", \"a**b\"]}}]",
     "1:31: 'a**b' is no pattern: bad repetition operator: **"},
    {"BackReference", "rules: [{drop: {text: '(a)\\1'}}]",
     "1:23: '(a)\\1' is no pattern: invalid escape sequence: \\1"},
    {"UnknownField", "rules: [{drop: {titel: a}}]",
     "1:17: a rule knows no field 'titel'; did you mean 'title'?"},
    {"UnknownAction", "rules: [{keep: all}]",
     "1:9: a rule is 'drop:' or 'allow:' with its conditions, such as  - drop: {title: \"sponsored\"}"},
    {"TwoActions", "rules: [{drop: all, allow: all}]",
     "1:9: a rule is 'drop:' or 'allow:' with its conditions, such as  - drop: {title: \"sponsored\"}"},
    {"ActionWithoutConditions", "rules: [{drop: {}}]",
     "1:16: 'drop' must be 'all' or conditions such as {title: \"sponsored\"}"},
    {"ActionOnText", "rules: [{drop: sponsored}]",
     "1:16: 'drop' must be 'all' or conditions such as {title: \"sponsored\"}"},
    {"ConditionThatIsAMap", "rules: [{drop: {title: {a: b}}}]",
     "1:24: 'title' must be a text or a list of them, but is keys with values"},
    {"ConditionOfNothing", "rules: [{drop: {title: []}}]",
     "1:24: 'title' lists nothing, so the rule could never fire"},
};
INSTANTIATE_TEST_SUITE_P(Rules, OneMistakeTest, testing::ValuesIn(kRules),
                         [](auto const& row) { return row.param.name; });

constexpr Row kSecrets[] = {
    {"MissingVariable", "defaults: {headers: {X: \"${NEWSWIRED_TEST_UNSET}\"}}",
     "1:25: 'defaults.headers' uses ${NEWSWIRED_TEST_UNSET}, which is not set in the environment"},
    {"MissingVariableInAFeedFile", "feed_files: [\"${NEWSWIRED_TEST_UNSET}/a.txt\"]",
     "1:14: 'feed_files' uses ${NEWSWIRED_TEST_UNSET}, which is not set in the environment"},
    {"MissingFile", "defaults: {password_file: none.key}",
     "1:27: 'defaults.password_file': none.key can't be read; is the path right, and may this user read it?"},
    {"MissingFileOfASink", "sinks: [{name: a, type: stdout, secret_file: none.key}]",
     "1:46: 'sinks[1].secret_file': none.key can't be read; is the path right, and may this user read it?"},
};
INSTANTIATE_TEST_SUITE_P(Secrets, OneMistakeTest, testing::ValuesIn(kSecrets),
                         [](auto const& row) { return row.param.name; });

TEST_F(MistakesTest, AreToldOfFeeds) {
    auto const told = mistakes(R"(
feeds:
  - https://example.org/feed
  - https://example.org/feed
  - {url: "https://example.org/other", name: twin}
  - {url: "https://example.org/third", name: twin}
  - ftp://example.org/feed
  - https://
  - {name: nameless}
  - [https://example.org/list]
  - {url: "https://example.org/fourth", sinks: [articels]}
  - {url: "https://example.org/fifth", interval: 1s}
  - {url: "https://example.org/sixth", tag: world}
  - https://${NEWSWIRED_TEST_UNSET}/feed
  -
)");

    EXPECT_THAT(
        told,
        ElementsAre(
            "newswired.yaml:4:5: the feed 'https://example.org/feed' stands here a second time",
            "newswired.yaml:6:5: the feed 'twin' stands here a second time",
            "newswired.yaml:7:5: 'ftp://example.org/feed' is no address of a feed; it must begin with "
            "http:// or https://",
            "newswired.yaml:8:5: 'https://' is no address of a feed; it must begin with http:// or https://",
            "newswired.yaml:9:5: a feed needs a 'url'",
            "newswired.yaml:10:5: a feed is a URL or keys with a 'url', but this is a list",
            "newswired.yaml:11:48: there is no sink 'articels'; did you mean 'articles'?",
            "newswired.yaml:12:50: 'interval' (1 s) is below 'min_interval' (5 min); lower that too if you "
            "mean it and "
            "the publisher agrees",
            "newswired.yaml:13:40: unknown key 'tag' in 'feeds'; did you mean 'tags'?",
            "newswired.yaml:14:5: 'feeds' uses ${NEWSWIRED_TEST_UNSET}, which is not set in the environment",
            HasSubstr("a feed is a URL or keys with a 'url', but this is nothing")));
}

TEST_F(MistakesTest, AreToldOfAFeedWhoseNameIsEndless) {
    auto const named = [this](std::size_t length) {
        return mistakes("feeds: [{url: \"https://a/\", name: " + std::string(length, 'x') + "}]");
    };
    auto const left = FeedList::kMaxText - std::string_view{"https://a/"}.size();

    EXPECT_THAT(named(left), IsEmpty());
    EXPECT_THAT(named(left + 1), ElementsAre("newswired.yaml:1:9: a feed's 'url' and 'name' may have 65536 "
                                             "bytes together, but these have 65537"));
}

TEST_F(MistakesTest, AreToldOfAFeedWhoseMinIntervalRisesAboveTheIntervalOfDefaults) {
    EXPECT_THAT(
        mistakes("defaults: {interval: 10m}\nfeeds: [{url: \"https://example.org/\", min_interval: 15m}]"),
        ElementsAre(StartsWith("newswired.yaml:2:53: 'interval' (10 min) is below 'min_interval' (15 min)")));
}

TEST_F(MistakesTest, AreAllToldAtOnceInTheOrderOfTheFile) {
    auto const told = mistakes(R"(fetch:
  timeout: soon
  allow_addresses: [everywhere]
  max_body: big
sinks: [{name: a, type: teletype}]
feeds: [nonsense]
thread: 1
)");

    EXPECT_THAT(told,
                ElementsAre(StartsWith("newswired.yaml:2:12: 'fetch.timeout' must be"),
                            StartsWith("newswired.yaml:3:20: 'fetch.allow_addresses' must hold addresses"),
                            StartsWith("newswired.yaml:4:13: 'fetch.max_body' must be"),
                            StartsWith("newswired.yaml:5:9: there is no sink type 'teletype'"),
                            StartsWith("newswired.yaml:6:9: 'nonsense' is no address"),
                            StartsWith("newswired.yaml:7:1: unknown key 'thread'")));
}

TEST_F(MistakesTest, AreToldFileByFile) {
    write("b.yaml", "- {url: \"https://example.org/b\", sinks: [nowhere]}\n- nonsense");
    write("a.yaml", "- {url: \"https://example.org/a\", tagz: [a]}");

    auto const told =
        mistakes("feed_files: [b.yaml, a.yaml]\n\n\n\nthread: 1\nfeeds: [\"https://example.org/feed\"]\n");

    EXPECT_THAT(told, ElementsAre(StartsWith("newswired.yaml:5:1: unknown key 'thread'"),
                                  StartsWith("a.yaml:1:34: unknown key 'tagz' in 'feeds'"),
                                  StartsWith("b.yaml:1:41: there is no sink 'nowhere'"),
                                  StartsWith("b.yaml:2:3: 'nonsense' is no address of a feed")));
}

TEST_F(MistakesTest, AreToldOfAnEmptyFile) {
    for (auto const* yaml : {"", "\n\n", "# only a comment\n", "---\n", "~"}) {
        SCOPED_TRACE(yaml);
        EXPECT_THAT(mistake(yaml), EndsWith("there are no feeds; add 'feeds:' with a URL, or 'feed_files:'"));
    }
}

TEST_F(MistakesTest, AreToldOfNoFeedAtAll) {
    EXPECT_EQ(mistake("feeds: []"), "1:1: 'feeds' and 'feed_files' name no feed at all");
    EXPECT_EQ(mistake("threads: 1"), "1:1: there are no feeds; add 'feeds:' with a URL, or 'feed_files:'");
}

TEST_F(MistakesTest, AreToldOfWhatIsNoYaml) {
    for (auto const* yaml : {"feeds: [", "a: b: c", "feeds: \"open", "{", "]", "- a\nb: c", "%", "*unknown",
                             "a: &x", "feeds:\n  - a\n - b", "\x01", "key: 'it's'", "? [a", "!<"}) {
        SCOPED_TRACE(yaml);
        auto const outcome = read_text(yaml, path("newswired.yaml"));

        ASSERT_TRUE(std::holds_alternative<Mistakes>(outcome));
        EXPECT_FALSE(std::get<Mistakes>(outcome).empty());
        EXPECT_GE(std::get<Mistakes>(outcome)[0].line, 1u);
    }
    EXPECT_THAT(mistake("state_dir: /srv\nfeeds: \"open"), StartsWith("2:13: no valid YAML: "));
}

TEST_F(MistakesTest, AreToldOfTextAndListsInsteadOfKeys) {
    EXPECT_THAT(
        mistakes("hello"),
        ElementsAre(
            "newswired.yaml:1:1: the configuration must have keys of its own, but is a single value"));
    EXPECT_THAT(
        mistakes("- https://example.org/feed"),
        ElementsAre("newswired.yaml:1:1: the configuration must have keys of its own, but is a list"));
}

TEST_F(MistakesTest, AreToldWithTheMendOfAColonInText) {
    EXPECT_THAT(mistake("state_dir: a: b"),
                EndsWith("illegal map value; a text with ': ' in it needs quotes"));
}

TEST_F(MistakesTest, AreToldOfTabs) {
    EXPECT_THAT(mistake("fetch:\n\ttimeout: 20s\n"), AllOf(StartsWith("2:"), HasSubstr("spaces")));
    EXPECT_THAT(mistake("feeds:\n\t- https://example.org/\n"), AllOf(StartsWith("2:"), HasSubstr("spaces")));
    EXPECT_THAT(mistake("fetch: {}\n\nfeeds:\n  - a: b\n  \tc: d\n"),
                StartsWith("5:3: no valid YAML: a tab"));
    EXPECT_THAT(mistakes("feeds:\t[\"https://example.org/\"]\t# a tab that does no harm\n"), IsEmpty());
}

TEST_F(MistakesTest, AreToldOfAnAliasBombBeforeItFillsTheMemory) {
    std::string yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        auto const last = "*a" + std::to_string(i - 1);
        yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
        for (int j = 1; j < 10; ++j) {
            yaml += "," + last;
        }
        yaml += "]\n";
    }

    EXPECT_THAT(mistake(yaml), EndsWith("no valid YAML: too many nested or repeated parts (aliases?)"));
}

TEST_F(MistakesTest, AreToldOfAnAliasToItself) {
    EXPECT_THAT(mistake("feeds: &a [*a, *a]"), EndsWith("too many nested or repeated parts (aliases?)"));
    EXPECT_THAT(mistake("feeds: &a {<<: *a}"), EndsWith("too many nested or repeated parts (aliases?)"));
}

TEST_F(MistakesTest, AreToldOfNestingWithoutEnd) {
    for (auto const piece : {"[", "{a: ", "- ", "? ", "&a [", "!a ["}) {
        SCOPED_TRACE(piece);
        std::string yaml;
        for (int i = 0; i < 20'000; ++i) {
            yaml += piece;
        }

        EXPECT_THAT(mistake(yaml), HasSubstr("no valid YAML: "));
    }
}

TEST_F(MistakesTest, AreToldOfAHugeFile) {
    auto const file = write("huge.yaml", "feeds: [\"https://example.org/\"]\n");
    std::filesystem::resize_file(file, 100'000'000);

    auto const outcome = config::read(file);

    ASSERT_TRUE(std::holds_alternative<Mistakes>(outcome));
    EXPECT_THAT(texts(std::get<Mistakes>(outcome)),
                ElementsAre("huge.yaml: has more than 64 MB; is it the right file?"));
}

TEST_F(MistakesTest, AreToldOfAFileThatCanNotBeRead) {
    auto told = [&](std::string const& name) {
        auto const outcome = config::read(path(name));
        return texts(std::get<Mistakes>(outcome));
    };
    std::filesystem::create_directory(path("folder"));

    EXPECT_THAT(told("none.yaml"),
                ElementsAre("none.yaml: can't be read (No such file or directory); is the path right, "
                            "and may this user read it?"));
    EXPECT_THAT(
        told("folder"),
        ElementsAre("folder: can't be read (Is a directory); is the path right, and may this user read it?"));
}

TEST_F(MistakesTest, AreToldOfAnEmptySecret) {
    write("empty.key", "\nsecond line\n");

    EXPECT_EQ(mistake(whole("defaults: {password_file: empty.key}")),
              "1:27: 'defaults.password_file': the first line of empty.key is empty");
}

TEST_F(MistakesTest, TellOfProxiesPinsAndAuthoritiesThatAreNone) {
    write("empty.pem", "nothing");

    auto const told = mistakes(R"(fetch: {proxy: "ftp://me:secret@proxy.example", ca_file: none.pem}
feeds:
  - {url: "https://example.org/", proxy: "http://", pin: [sha256/AAAA], ca_file: empty.pem}
)");

    EXPECT_EQ(told.size(), 5u);
    auto const all = testing::PrintToString(told);
    EXPECT_THAT(all, testing::HasSubstr("ftp://…@proxy.example"));
    EXPECT_THAT(all, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(all, testing::HasSubstr("sha256/AAAA"));
    EXPECT_THAT(all, testing::HasSubstr("there are no certificates (PEM) in"));
}

}  // namespace
}  // namespace newswired::config

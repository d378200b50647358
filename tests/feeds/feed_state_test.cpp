#include "feeds/feed_state.hpp"

#include "feeds/window.hpp"

#include <gtest/gtest.h>

#include <set>

namespace newswired::feeds {
namespace {

FeedState example() {
    FeedState state;
    state.validators = {.etag = "\"a\"", .last_modified = "yesterday", .url = "https://a.example/"};
    state.address = {.configured = "c", .target = "t", .sightings = 2, .learnt = true};
    state.title = "Title";
    state.polled = SystemTime{milliseconds{1'700'000'000'123}};
    state.next_poll = state.polled + std::chrono::hours{1};
    state.why = WhyThen::retry_after;
    state.errors = 7;
    state.last_error = "silence";
    state.asked_for = 42;
    state.gone = true;
    state.read_before = true;
    state.ttl_seconds = 60;
    state.skip_hours = 0xF;
    state.skip_days = 3;
    Arrival const arrival{.at = state.polled};
    note_arrivals(state.rhythm, std::span{&arrival, 1}, state.polled + std::chrono::hours{1});
    state.share = {.life = 9, .place = 8};
    state.document_items = 30;
    state.haste = 2;
    state.calm_polls = 3;
    state.blind_polls = 4;
    state.told_failing_for_long = true;
    state.bodies = "b";
    state.site = "a.example";
    state.history.add({.at = state.polled, .outcome = PollOutcome::refused, .status = 503});
    return state;
}

TEST(FeedStateTest, RestsAndComesBackTheSame) {
    auto const bytes = encode(example());
    auto const state = decode_feed_state(bytes);

    EXPECT_EQ(encode(state), bytes);
    EXPECT_EQ(state.validators, example().validators);
    EXPECT_EQ(state.next_poll, example().next_poll);
    EXPECT_EQ(state.why, WhyThen::retry_after);
    EXPECT_TRUE(state.gone && state.read_before && state.address.learnt);
    EXPECT_EQ(state.history.newest()->status, 503);
    EXPECT_EQ(state.bodies, "b");
    EXPECT_EQ(state.site, "a.example");
    EXPECT_EQ(state.rhythm.hours, example().rhythm.hours);
    EXPECT_EQ(state.share, example().share);
    EXPECT_TRUE(state.told_failing_for_long);
}

TEST(FeedStateTest, ShowsAtAGlanceWhetherItsHostWaits) {
    auto state = example();
    EXPECT_EQ(host_that_waits(encode(state)), 0u);
    state.host_waits = true;
    auto const bytes = encode(state);

    EXPECT_EQ(host_that_waits(bytes), state.asked_for);
    EXPECT_TRUE(decode_feed_state(bytes).host_waits);
    EXPECT_EQ(host_that_waits(bytes.substr(0, bytes.size() / 2)), 0u) << "cut";
    EXPECT_EQ(host_that_waits("\xFF\xFF"), 0u) << "of another program";
    EXPECT_EQ(host_that_waits(""), 0u);
}

TEST(FeedStateTest, ReadsWhatEarlierProgramsWrote) {
    // Version 1 as it was when a learnt interval stood before the history, and nothing after it.
    auto const nothing = [](std::size_t count) { return std::string(count, '\0'); };
    auto const old = "\x01\x02" + nothing(7) + "\x01t" + nothing(8 + 8 + 3) + "\x90\x1c" + nothing(1);

    auto const state = decode_feed_state(old);

    EXPECT_TRUE(state.read_before);
    EXPECT_EQ(state.title, "t");
    EXPECT_FALSE(state.host_waits);
    EXPECT_EQ(host_that_waits(old), 0u);
    EXPECT_FALSE(state.rhythm.known());
    EXPECT_EQ(state.haste, 0);
}

TEST(FeedStateTest, ReadsPollsAsEarlierProgramsKeptThem) {
    auto const nothing = [](std::size_t count) { return std::string(count, '\0'); };
    // One poll, 2 ms before the last, which was in 1970.
    std::string const poll = "\x04\x02\xF7\x03\x01\x02\x03\x04";
    for (auto const* const version : {"\x01", "\x02"}) {
        auto const old = version + std::string{"\x02"} + nothing(7) + "\x01t" + nothing(8 + 8 + 4) + "\x01" +
                         poll + (*version == 2 ? nothing(3) : "");

        auto const state = decode_feed_state(old);

        PastPoll const kept{.at = SystemTime{milliseconds{-2}},
                            .outcome = PollOutcome::refused,
                            .status = 503,
                            .items = 1,
                            .unknown = 2,
                            .bytes = 3,
                            .milliseconds_taken = 4};
        EXPECT_EQ(state.title, "t");
        EXPECT_EQ(state.history.all(), std::vector{kept});
    }
}

TEST(FeedStateTest, StartsAnewOnBytesThatAreCutOrStrange) {
    auto const bytes = encode(example());
    std::size_t read = 0;
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        read += decode_feed_state(std::string_view{bytes}.substr(0, length)).read_before;
    }
    EXPECT_LE(read, 4u) << "only where earlier programs ended";
    EXPECT_FALSE(decode_feed_state("\xFF\xFF").read_before);
}

TEST(FeedStateTest, MayBeLong) {
    std::string const text(20'000, 'x');
    FeedState state;
    state.validators.etag = state.last_error = state.bodies = text;
    state.links = {.hubs = {text, text}, .topic = text};

    auto const again = decode_feed_state(encode(state));

    EXPECT_EQ(again.validators.etag, text);
    EXPECT_EQ(again.bodies, text);
    EXPECT_EQ(again.links.hubs.size(), 2u);
}

TEST(FeedStateTest, FitsWithTheLargestNumbers) {
    auto state = example();
    constexpr SystemTime kFar{milliseconds{std::int64_t{1} << 60}};
    state.polled = state.succeeded = state.changed = state.next_poll = state.renewed = state.usual_poll =
        kFar;
    state.rhythm.since = state.rhythm.at = state.rhythm.newest = kFar;
    state.rhythm.lasting = state.rhythm.recent = 1e15;

    auto const again = decode_feed_state(encode(state));

    EXPECT_EQ(again.usual_poll, kFar);
}

TEST(FeedStateTest, KeepsWhatItWasToldOfHubs) {
    FeedState state;
    state.links = {.hubs = {"https://hub.example/", "https://other.example/"},
                   .topic = "https://news.example/"};
    state.usual_poll = SystemTime{milliseconds{7}};

    auto const again = decode_feed_state(encode(state));

    EXPECT_EQ(again.links, state.links);
    EXPECT_EQ(again.usual_poll, state.usual_poll);
}

TEST(FeedStateTest, ReadsStatesThatKnewNothingOfHubs) {
    FeedState state;
    state.title = "a title";
    auto bytes = encode(state);
    bytes.resize(bytes.size() - 20);  // no hubs, no topic, no time, nor what was added later
    bytes[0] = 1;

    auto const again = decode_feed_state(bytes);

    EXPECT_EQ(again.title, "a title");
    EXPECT_TRUE(again.links.empty());
}

TEST(FeedStateTest, ReadsStatesThatEndBeforeTheDocumentsDigest) {
    FeedState state{.title = "Old"};
    state.document = 7;
    auto bytes = encode(state);
    EXPECT_EQ(decode_feed_state(bytes).document, 7u);

    bytes.resize(bytes.size() - 15);  // nor what was learnt of its pace

    EXPECT_EQ(decode_feed_state(bytes).title, "Old");
    EXPECT_EQ(decode_feed_state(bytes).document, 0u);
}

ArticleKey key(unsigned char first) {
    ArticleKey key;
    key.bytes[0] = first;
    return key;
}

TEST(WindowTest, FindsAnItemThatIsTheSameByteForByte) {
    Window window;
    window.add({.raw_hash = 5, .key = key(1)});
    window.add({.raw_hash = 3, .key = key(2)});
    window.sort();

    auto const again = decode_window(encode(window));

    EXPECT_EQ(again, window);
    ASSERT_NE(again.find(5), nullptr);
    EXPECT_EQ(again.find(5)->key, key(1));
    EXPECT_EQ(again.find(4), nullptr);
}

TEST(WindowTest, KnowsWhatHasLeftTheDocument) {
    Window before;
    before.add({.raw_hash = 1, .key = key(1)});
    before.add({.raw_hash = 2, .key = key(2)});
    before.sort();
    Window after;
    after.add({.raw_hash = 9, .key = key(2)});
    after.sort();

    EXPECT_EQ(before.missing_in(after), std::vector{key(1)});
}

TEST(WindowTest, StartsAnewOnBytesThatAreCut) {
    EXPECT_EQ(decode_window("\x01three").size(), 0u);
    EXPECT_EQ(decode_window("").size(), 0u);
}

}  // namespace
}  // namespace newswired::feeds

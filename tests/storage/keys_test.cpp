// Keys and values, byte by byte: a change here is a change of what is on users' disks (docs/storage.md).

#include "storage/keys.hpp"

#include "storage/errors.hpp"
#include "storage/log_identity.hpp"
#include "storage/values.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace newswired::storage {
namespace {

constexpr FeedId kFeed{0x0102030405060708};

ArticleKey key_of(unsigned char byte) {
    ArticleKey key;
    key.bytes.fill(byte);
    return key;
}

Sha256 hash_of(unsigned char byte) {
    Sha256 hash{};
    hash.fill(byte);
    return hash;
}

TEST(KeysTest, OfFeedsSinksAndTheLog) {
    EXPECT_EQ(to_hex(window_key(kFeed)), "770102030405060708");
    EXPECT_EQ(to_hex(feed_key(kFeed)), "640102030405060708");
    EXPECT_EQ(to_hex(subscription_key(kFeed)), "680102030405060708");
    EXPECT_EQ(cursor_key("file"), "cfile");
    EXPECT_EQ(to_hex(dead_key("a", 42)), "78610a000000000000002a");
    EXPECT_EQ(meta_key("log"), "mlog");
}

TEST(KeysTest, OfWhatIsKnown) {
    EXPECT_EQ(to_hex(item_key(kFeed, key_of(0xAA))),
              "690102030405060708"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    EXPECT_EQ(to_hex(url_key(0x1112131415161718, kFeed)),
              "751112131415161718"
              "0102030405060708");
}

TEST(KeysTest, OfContentsByScope) {
    constexpr std::uint64_t kSite = 0x2122232425262728;
    std::string const hash = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    EXPECT_EQ(to_hex(seen_key(Scope::all, kSite, kFeed, hash_of(0xBB))),
              "7330"
              "0000000000000000" +
                  hash);
    EXPECT_EQ(to_hex(seen_key(Scope::site, kSite, kFeed, hash_of(0xBB))),
              "7331"
              "2122232425262728" +
                  hash);
    EXPECT_EQ(to_hex(seen_key(Scope::feed, kSite, kFeed, hash_of(0xBB))),
              "7332"
              "0102030405060708" +
                  hash);
}

TEST(KeysTest, OfABandOfASketch) {
    EXPECT_EQ(to_hex(near_key(Scope::all, 9, kFeed, 0x1112131415161718)),
              to_hex("n0") + "0000000000000000" + "1112131415161718");
    EXPECT_EQ(to_hex(near_key(Scope::feed, 9, kFeed, 0x1112131415161718)),
              to_hex("n2") + "0102030405060708" + "1112131415161718");
}

TEST(KeysTest, OfASite) {
    EXPECT_EQ(to_hex(site_key(0x0102030405060708)), to_hex("b") + "0102030405060708");
}

TEST(KeysTest, OfTheOutboxSortAsNumbersDo) {
    EXPECT_EQ(to_hex(outbox_key(42)), "000000000000002a");
    EXPECT_LT(outbox_key(0xFF), outbox_key(0x100));
    EXPECT_LT(outbox_key(0x7FFFFFFFFFFFFFFF), outbox_key(0x8000000000000000));
    EXPECT_EQ(number_at(outbox_key(0x8000000000000001)), 0x8000000000000001);
}

ItemValue example_item() {
    return {.ends = 0x01020304,
            .outcome = Outcome::duplicate,
            .withheld = Withheld::rule,
            .rule = 3,
            .revision = 2,
            .seq = 300,
            .first_seen = SystemTime{milliseconds{5}},
            .hash = std::string(16, '\xCC'),
            .parts = {.title = 1, .text = 2, .attachments = 3, .link = 4},
            .earlier = std::string(8, '\xDD'),
            .url_hash = 7,
            .url = "u",
            .other = key_of(0xEE),
            .other_url = "o",
            .note = "n",
            .story = key_of(0xBB),
            .cells = "c"};
}

OutboxEntry example_entry() {
    return {.seq = 9,
            .time = SystemTime{milliseconds{5}},
            .key = key_of(0xAA),
            .feed = kFeed,
            .update = true,
            .revision = 2,
            .backlog = true,
            .changed = kTitle | kText,
            .duplicate_of = key_of(0xEE),
            .duplicate_url = "o",
            .story = key_of(0xBB),
            .route = "r",
            .body = "body"};
}

TEST(ValuesTest, OfAnItem) {
    EXPECT_EQ(to_hex(encode(example_item())),
              "01020304"  // ends
              "03"
              "02"
              "03"
              "02"
              "ac02"
              "0a"  // outcome, withheld, rule, revision, seq, first seen
              "10"
              "cccccccccccccccccccccccccccccccc"
              "01020304"  // parts
              "08"
              "dddddddddddddddd"
              "0000000000000007"
              "0175"  // hash of the URL, URL
              "01"
              "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
              "016f"
              "016e"  // note
              "01"
              "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              "0163");  // story, cells
}

TEST(ValuesTest, OfASite) {
    EXPECT_EQ(to_hex(encode_site(0x01020304, "m")), "010203046d");
    EXPECT_EQ(decode_site(encode_site(0x01020304, "m")), "m");
    EXPECT_EQ(decode_site("cut"), std::nullopt);
}

// Note, story and cells.
constexpr std::size_t kAddedLater = 2 + 19;

TEST(ValuesTest, OfAnItemWrittenBeforeThereWereNotes) {
    auto const bytes = encode(example_item());

    auto const item = decode_item(std::string_view{bytes}.substr(0, bytes.size() - kAddedLater));

    ASSERT_TRUE(item);
    EXPECT_EQ(item->other_url, "o");
    EXPECT_EQ(item->note, "");
    EXPECT_FALSE(item->story);
}

TEST(ValuesTest, OfAnItemThatIsLikeNoOther) {
    auto item = example_item();
    item.story.reset();
    item.cells.clear();

    auto const bytes = encode(item);

    EXPECT_EQ(bytes.size(), encode(example_item()).size() - 19);
    EXPECT_EQ(decode_item(bytes)->note, "n");
}

TEST(ValuesTest, OfAnItemWithANote) {
    auto item = example_item();
    item.note.clear();
    item.story.reset();
    item.cells.clear();
    auto const plain = encode(item);
    item.note = "page";

    EXPECT_EQ(to_hex(encode(item)), to_hex(plain) + "0470616765");
    EXPECT_EQ(decode_item(encode(item))->note, "page");
    EXPECT_EQ(decode_item(plain)->note, "");
}

TEST(ValuesTest, OfWhoHasAContentOrAUrl) {
    EXPECT_EQ(to_hex(encode(SeenValue{.ends = 0x01020304, .feed = kFeed, .key = key_of(0xAA)})),
              "01020304"
              "0102030405060708"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    EXPECT_EQ(to_hex(encode(UrlValue{.ends = 0x01020304, .key = key_of(0xAA)})),
              "01020304"
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
}

TEST(ValuesTest, OfAnArticle) {
    EXPECT_EQ(to_hex(encode(example_entry(), 300)),
              "ac02"
              "0a"  // total, time
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              "0102030405060708"
              "0f"
              "02"
              "03"
              "0172"  // flags, revision, changed, route
              "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"
              "016f"
              "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
              "04"
              "626f6479");
}

TEST(ValuesTest, OfAGap) {
    OutboxEntry const gap{.seq = 9,
                          .kind = Kind::gap,
                          .time = SystemTime{milliseconds{5}},
                          .key = key_of(0xAA),
                          .feed = kFeed,
                          .body = "body"};
    EXPECT_EQ(to_hex(encode(gap, 300)),
              "ac02"
              "0a"  // total, time
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              "0102030405060708"
              "10"
              "01"
              "00"
              "00"  // flags, revision, changed, route
              "04"
              "626f6479");
    EXPECT_EQ(decode_entry(9, encode(gap, 300))->kind, Kind::gap);
}

TEST(ValuesTest, OfCursorsTimesAndTheLog) {
    EXPECT_EQ(to_hex(encode(Cursor{.seq = 300, .position = "p"})),
              "ac02"
              "0170");
    EXPECT_EQ(
        to_hex(encode(DeadLetter{
            .seq = 9, .at = SystemTime{milliseconds{5}}, .attempts = 300, .reason = "r", .record = "{}"})),
        "0a"
        "ac02"
        "0172"
        "027b7d");
    EXPECT_EQ(to_hex(encode_feed(SystemTime{milliseconds{0x0102}}, "s")), "000000000000010273");
    EXPECT_EQ(to_hex(encode(LogIdentity{.name = "n", .born = SystemTime{milliseconds{5}}})),
              "02"
              "016e"
              "0a");
}

TEST(ValuesTest, ComeBackTheSame) {
    auto const item = decode_item(encode(example_item()));
    auto const entry = decode_entry(9, encode(example_entry(), 300));

    ASSERT_TRUE(item && entry);
    EXPECT_EQ(encode(*item), encode(example_item()));
    EXPECT_EQ(encode(*entry, 300), encode(example_entry(), 300));
    EXPECT_EQ(decode_total(encode(example_entry(), 300)), 300u);
    EXPECT_EQ(decode_cursor(encode(Cursor{.seq = 7, .position = "p"}))->position, "p");
    EXPECT_EQ(decode_due(encode_feed(SystemTime{milliseconds{-1}}, "s")), SystemTime{milliseconds{-1}});
    EXPECT_EQ(state_in(encode_feed({}, "state")), "state");
    EXPECT_EQ(state_in("cut"), "");
    EXPECT_EQ(decode_log_identity(encode(LogIdentity{.name = "n"}))->name, "n");
}

TEST(ValuesTest, AreNotReadFromBytesThatAreCut) {
    auto const item = encode(example_item());
    auto const entry = encode(example_entry(), 300);
    for (std::size_t length = 0; length < item.size() - kAddedLater; ++length) {
        EXPECT_FALSE(decode_item(std::string_view{item}.substr(0, length))) << length;
    }
    for (std::size_t length = 0; length < entry.size(); ++length) {
        EXPECT_FALSE(decode_entry(1, std::string_view{entry}.substr(0, length))) << length;
    }
    EXPECT_FALSE(decode_seen("short"));
    EXPECT_FALSE(decode_url("short"));
    EXPECT_FALSE(decode_cursor(""));
    EXPECT_FALSE(decode_dead(1, ""));
    EXPECT_FALSE(decode_dead(1, encode(DeadLetter{.record = "{}"}).substr(0, 5)));
    EXPECT_FALSE(decode_due("1234567"));
    EXPECT_EQ(decode_log_identity("").error(), errc::corrupt);
    EXPECT_EQ(decode_log_identity("\x03").error(), errc::wrong_version);
}

TEST(ValuesTest, EndWhenTheirFirstBytesSay) {
    EXPECT_EQ(ends_at(encode(example_item())), 0x01020304u);
    EXPECT_EQ(ends_at("cut"), 0xFFFFFFFFu);
}

TEST(LogIdentityTest, NamesSortByBirthAndDiffer) {
    auto const first = new_log_identity(SystemTime{milliseconds{1'000'000}});
    auto const twin = new_log_identity(SystemTime{milliseconds{1'000'000}});
    auto const later = new_log_identity(SystemTime{milliseconds{1'000'001}});

    EXPECT_NE(first.name, twin.name);
    EXPECT_LT(first.name, later.name);
    EXPECT_LT(twin.name, later.name);
    EXPECT_EQ(first.name.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"), std::string::npos);
}

}  // namespace
}  // namespace newswired::storage

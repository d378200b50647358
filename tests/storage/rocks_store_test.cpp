// What is RocksDB's own: its locks, its log, a full disk, death without a goodbye.

#include "storage/rocks_store.hpp"

#include "storage/keys.hpp"
#include "storage/rocks/database.hpp"
#include "storage/values.hpp"
#include "tests/storage/store_test.hpp"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>

namespace newswired::storage {
namespace {

using newswired::test::FakeClock;
using newswired::test::TaskRunner;

// A folder that the test shares with the processes it starts: they run the same test anew and find it in the
// environment.
class SharedFolder {
  public:
    SharedFolder() {
        if (std::getenv(kName) == nullptr) {
            own_.emplace();
            ::setenv(kName, own_->path().c_str(), 1);
        }
        path_ = std::string{std::getenv(kName)};
    }
    ~SharedFolder() {
        if (own_) {
            ::unsetenv(kName);
        }
    }
    SharedFolder(SharedFolder const&) = delete;
    SharedFolder& operator=(SharedFolder const&) = delete;

    std::string operator/(char const* name) const { return (path_ / name).string(); }

  private:
    static constexpr char const* kName = "NEWSWIRED_TEST_SHARED_FOLDER";

    std::optional<TemporaryFolder> own_;
    std::filesystem::path path_;
};

PollCommit poll_with(std::string const& guid, std::string const& text, SystemTime at) {
    PollCommit poll{.feed = kFeedA, .at = at, .state = "state of " + guid};
    poll.items.push_back(item(kFeedA, guid, text));
    return poll;
}

class RocksStoreTest : public testing::Test {
  protected:
    RocksStoreTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

    std::string path() const { return folder_ / "state"; }
    Result<std::unique_ptr<Store>> open() { return open_rocks_store({.path = path()}, clock_); }

    FakeClock clock_;
    TaskRunner runner_;
    SharedFolder folder_;
};

// Else librocksdb 7.8 writes a file LOG of its own, and aborts the process when that file's disk is full.
TEST_F(RocksStoreTest, WritesNoLogFileOfItsOwn) {
    auto const store = open().value();
    ASSERT_TRUE(runner_.run(store->commit(poll_with("1", "one", clock_.now()))));
    ASSERT_TRUE(runner_.run(store->flush()));

    for (auto const& entry : std::filesystem::directory_iterator{path()}) {
        auto const name = entry.path().filename().string();
        EXPECT_FALSE(name.starts_with("LOG")) << name;
    }
}

TEST_F(RocksStoreTest, TurnsAwayASecondProcess) {
    auto open_beside = [&] {
        auto const second = open();
        std::cerr << (second ? "opened" : second.error().message()) << '\n';
        std::_Exit(second ? 0 : 1);
    };
    // Not in the child, which comes here as well.
    auto const is_child = ::testing::internal::InDeathTestChild();
    auto const store = is_child ? nullptr : open().value();

    EXPECT_EXIT(open_beside(), testing::ExitedWithCode(1), "another newswired is using this state_dir");
}

TEST_F(RocksStoreTest, SpeaksNotOfAnotherProcessWhenTheLockCannotBeOpened) {
    std::filesystem::create_directories(std::filesystem::path{path()} / "LOCK");

    auto const opened = open();

    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), errc::unavailable);
}

TEST_F(RocksStoreTest, CannotBeOpenedWhereAFileIs) {
    std::ofstream{path()} << "a file";

    auto const opened = open();

    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), errc::unavailable);
}

TEST_F(RocksStoreTest, HasEverythingThatWasCommittedWhenItIsKilled) {
    constexpr int kCommits = 300;
    auto commit_and_die = [&] {
        auto const store = open().value();
        for (int i = 0; i < kCommits; ++i) {
            auto const name = std::to_string(i);
            auto const receipt = runner_.run(store->commit(poll_with(name, "text " + name, clock_.now())));
            if (!receipt) {
                std::_Exit(1);
            }
        }
        auto const moved = runner_.run(store->advance("file", {}, {.seq = 200, .position = "here"}));
        std::cerr << (moved ? "all is written in " : "failed in ") << store->log() << '\n';
        ::kill(::getpid(), SIGKILL);
    };

    EXPECT_EXIT(commit_and_die(), testing::KilledBySignal(SIGKILL), "all is written");

    auto const store = open().value();
    auto const entries = runner_.run(store->read(0, 1000, 1 << 20)).value();
    ASSERT_EQ(entries.size(), std::size_t{kCommits});
    for (std::size_t i = 0; i < entries.size(); ++i) {
        EXPECT_EQ(entries[i].seq, i + 1);
        EXPECT_EQ(entries[i].body, "text " + std::to_string(i));
    }
    EXPECT_EQ(runner_.run(store->cursor("file")).value().position, "here");
    EXPECT_EQ(runner_.run(store->feeds({kFeedA})).value().at(0).state, "state of 299");
    auto const again = runner_.run(store->commit(poll_with("7", "text 7", clock_.now()))).value();
    EXPECT_EQ(again.verdicts.at(0).outcome, Outcome::unchanged);
}

constexpr int kNoPermission = 77;

void expect(bool true_thing, char const* what) {
    if (!true_thing) {
        std::cerr << "not so: " << what << '\n';
        std::_Exit(1);
    }
}

// In a process of its own, and with file systems of its own, so that nothing is left mounted.
void mount_a_small_disk(std::string const& path) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=48m") != 0) {
        std::_Exit(kNoPermission);
    }
}

void expect_every_article(Store& store, TaskRunner& runner, std::uint64_t count) {
    for (std::uint64_t after = 0; after < count;) {
        auto const entries = runner.run(store.read(after, 50, 1 << 20)).value();
        expect(!entries.empty(), "every article can be read");
        for (auto const& entry : entries) {
            expect(entry.seq == ++after, "numbers have no gaps");
            expect(entry.body.starts_with(std::to_string(after - 1) + ' '), "articles come in order");
        }
    }
    expect(runner.run(store.read(count, 1, 1)).value().empty(), "nothing is there twice");
}

void survive_a_full_disk(std::string const& disk, FakeClock& clock) {
    mount_a_small_disk(disk);
    TaskRunner runner;
    auto const ballast = disk + "/ballast";
    std::ofstream{ballast} << std::string(20 << 20, '.');
    RocksOptions const options{.path = disk + "/state", .tail_bytes = 0};
    auto store = open_rocks_store(options, clock).value();
    auto noise = [state = std::uint64_t{1}](std::string text) mutable {
        while (text.size() < 100'000) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            text += char(state >> 56);
        }
        return text;
    };
    std::uint64_t committed = 0;
    auto next = poll_with("0", noise("0 "), clock.now());
    while (committed < 1000 && runner.run(store->commit(next))) {
        auto const name = std::to_string(++committed);
        next = poll_with(name, noise(name + ' '), clock.now());
    }
    expect(committed > 10 && committed < 1000, "the disk fills up");
    expect(!runner.run(store->commit(next)), "a full disk stays full");
    // Sinks go on reading what they lack.
    expect_every_article(*store, runner, committed);

    std::filesystem::remove(ballast);
    bool healed = false;
    for (int attempt = 0; attempt < 5 && !healed; ++attempt) {
        healed = runner.run(store->commit(next)).has_value();
    }
    expect(healed, "it goes on once there is room");
    expect_every_article(*store, runner, committed + 1);
    store.reset();
    store = open_rocks_store(options, clock).value();
    expect_every_article(*store, runner, committed + 1);
    std::_Exit(0);
}

TEST_F(RocksStoreTest, SurvivesADiskThatIsReallyFull) {
    auto const disk = folder_ / "disk";
    std::filesystem::create_directories(disk);
    bool may_mount = true;
    auto went_well = [&may_mount](int status) {
        may_mount = !(WIFEXITED(status) && WEXITSTATUS(status) == kNoPermission);
        return !may_mount || testing::ExitedWithCode(0)(status);
    };

    EXPECT_EXIT(survive_a_full_disk(disk, clock_), went_well, "");

    if (!may_mount) {
        GTEST_SKIP() << "a small file system can be mounted by root only";
    }
}

// What is in the database while no store has it open.
class InsideTest : public RocksStoreTest {
  protected:
    void write(std::string const& key, std::string const& value) {
        RocksDb inside{{.path = path()}, clock_};
        ASSERT_TRUE(inside.open());
        ASSERT_TRUE(inside.db().Put({}, inside.family(kDefault), key, value).ok());
    }
    std::string value(std::string const& key) {
        RocksDb inside{{.path = path()}, clock_};
        EXPECT_TRUE(inside.open());
        return inside.get(kDefault, key).value().value_or("");
    }
    std::size_t known_values() {
        RocksDb inside{{.path = path()}, clock_};
        EXPECT_TRUE(inside.open());
        rocksdb::CompactRangeOptions options;
        options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
        EXPECT_TRUE(inside.db().CompactRange(options, inside.family(kKnown), nullptr, nullptr).ok());
        std::unique_ptr<rocksdb::Iterator> const place{inside.db().NewIterator({}, inside.family(kKnown))};
        std::size_t count = 0;
        for (place->SeekToFirst(); place->Valid(); place->Next()) {
            ++count;
        }
        return count;
    }
};

TEST_F(InsideTest, LeavesAStateOfANewerProgramAlone) {
    write(meta_key("log"), std::string{"\x03what a later version knows"});

    auto const opened = open();

    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), errc::wrong_version);
}

TEST_F(InsideTest, SaysWhenItsIdentityIsDamaged) {
    write(meta_key("log"), std::string{"\x01\x1a"
                                       "cut"});

    auto const opened = open();

    ASSERT_FALSE(opened.has_value());
    EXPECT_EQ(opened.error(), errc::corrupt);
}

TEST_F(InsideTest, ReadsFeedsWhoseMemoryStoodApart) {
    open().value().reset();
    std::vector<FeedId> ids;
    for (std::uint64_t id = 1; id <= 3; ++id) {
        ids.push_back({id});
    }
    auto const number = [](std::uint64_t id) { return std::string(7, '\0') + char(id); };
    write("f" + number(1), "first");
    write("d" + number(1), number(7));
    write("f" + number(2), "second");
    write("w" + number(2), "window");
    write(meta_key("log"), std::string{"\x01\x01n\x0A", 4});

    for (int i = 0; i < 2; ++i) {
        auto const store = open().value();
        auto const records = runner_.run(store->feeds(ids)).value();
        auto const due = runner_.run(store->due_times(nullptr)).value();

        EXPECT_EQ(store->log(), "n");
        EXPECT_EQ(records.at(0).state, "first");
        EXPECT_EQ(records.at(1).state, "second");
        EXPECT_EQ(records.at(1).window, "window");
        EXPECT_EQ(records.at(2).state, "");
        ASSERT_EQ(due.size(), 2u);
        EXPECT_EQ(due.at(0).next_poll, SystemTime{milliseconds{7}});
        EXPECT_EQ(due.at(1).next_poll, SystemTime{});
    }
    EXPECT_EQ(value(meta_key("log")).substr(0, 1), "\x02");
    EXPECT_EQ(value("f" + number(1)), "");
}

TEST_F(InsideTest, SaysWhenACursorIsDamaged) {
    open().value().reset();
    write(cursor_key("file"), "\xFF");
    auto const store = open().value();

    EXPECT_EQ(runner_.run(store->cursor("file")).error(), errc::corrupt);
    EXPECT_EQ(runner_.run(store->advance("file", {}, {.seq = 1})).error(), errc::corrupt);
}

TEST_F(InsideTest, TakesNoRoomForWhatIsForgotten) {
    {
        auto const store = open().value();
        auto poll = poll_with("1", "one", clock_.now());
        poll.items.push_back(item(kFeedA, "2", "two", "https://a.example/2"));
        poll.keep = std::chrono::days{10};
        ASSERT_TRUE(runner_.run(store->commit(poll)));
    }
    clock_.advance(std::chrono::days{10});
    EXPECT_EQ(known_values(), 5u);

    clock_.advance(seconds{1});
    EXPECT_EQ(known_values(), 0u);
}

}  // namespace
}  // namespace newswired::storage

#include "sinks/file/line_file.hpp"

#include "core/log.hpp"
#include "sinks/errors.hpp"
#include "tests/support/faulty_files.hpp"
#include "tests/support/sink_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>

namespace newswired::sinks {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

constexpr auto kZstd = config::Rotate::Compress::zstd;

class LineFileTest : public testing::Test {
  protected:
    LineFileTest() { log::start(log::Level::info, folder_.path("log/log")); }
    ~LineFileTest() override { log::start(log::Level::info, ""); }

    /// A process that begins behind `position`.
    std::unique_ptr<LineFile> start(std::string const& position, config::Rotate rotate = {}) {
        auto file = std::make_unique<LineFile>(*disk_, path(), rotate);
        EXPECT_TRUE(file->open(position));
        return file;
    }

    std::string path(std::string const& addition = "") const {
        return folder_.path("out/articles.jsonl" + addition);
    }

    std::string found(std::string const& addition = "") { return test::contents(*disk_, path(addition)); }

    void put(std::string const& addition, std::string const& bytes) {
        fs::create_directories(folder_.path("out"));
        std::ofstream{path(addition), std::ios::binary} << bytes;
    }

    std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (auto const& entry : fs::directory_iterator{folder_.path("out")}) {
            all.push_back(entry.path().filename().string());
        }
        std::sort(all.begin(), all.end());
        return all;
    }

    std::string logged() const {
        std::ifstream in{folder_.path("log/log")};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    test::SinkFolder folder_;
    std::unique_ptr<FileSystem> disk_ = make_file_system();
};

using ReopeningTest = LineFileTest;

TEST_F(ReopeningTest, GoesOnInANewFileAfterLogrotateRenamedTheOld) {
    auto const file = start("");
    ASSERT_TRUE(file->append("one\n"));
    fs::rename(path(), path("-20260131"));
    ASSERT_TRUE(file->append("two\n"));

    ASSERT_TRUE(file->reopen());
    ASSERT_TRUE(file->append("three\n"));

    EXPECT_EQ(found("-20260131"), "one\ntwo\n");
    EXPECT_EQ(found(), "three\n");
}

TEST_F(ReopeningTest, TakesTheFileThatLogrotateCreated) {
    auto const file = start("");
    ASSERT_TRUE(file->append("one\n"));
    fs::rename(path(), path(".1"));
    put("", "");

    ASSERT_TRUE(file->reopen());
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(".1"), "one\n");
    EXPECT_EQ(found(), "two\n");
}

TEST_F(ReopeningTest, ChangesNothingWhenNothingWasRenamed) {
    auto const file = start("");
    auto const position = file->append("one\n");

    auto const reopened = file->reopen();
    ASSERT_TRUE(reopened);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(*reopened, *position);
    EXPECT_EQ(found(), "one\ntwo\n");
}

TEST_F(ReopeningTest, CutsTheRenamedFileByItsInodeWhateverItsName) {
    std::string stored;
    {
        auto const file = start("");
        stored = *file->append("one\n");
        ASSERT_TRUE(file->append("two\n"));
    }
    fs::rename(path(), folder_.path("out/yesterday"));

    auto const file = start(stored);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(test::contents(*disk_, folder_.path("out/yesterday")), "one\n");
    EXPECT_EQ(found(), "two\n");
}

TEST_F(ReopeningTest, TakesBackWhatWentIntoTheNewFileBeforeTheCrash) {
    std::string stored;
    {
        auto const file = start("");
        stored = *file->append("one\n");
        fs::rename(path(), path(".1"));
        ASSERT_TRUE(file->reopen());
        ASSERT_TRUE(file->append("two\n"));
    }

    auto const file = start(stored);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(".1"), "one\n");
    EXPECT_EQ(found(), "two\n");
}

TEST_F(ReopeningTest, FailsRatherThanDoubleWhenTheRenamedFileCanNotBeCut) {
    std::string stored;
    {
        auto const file = start("");
        stored = *file->append("one\n");
        ASSERT_TRUE(file->append("two\n"));
    }
    fs::rename(path(), path(".1"));
    test::FaultyFiles files{*disk_};
    files.always_fail("open", path(".1"), EACCES);
    LineFile file{files, path(), {}};

    auto const opened = file.open(stored);

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), boost::system::errc::permission_denied);
    EXPECT_THAT(names(), ElementsAre("articles.jsonl.1"));
}

TEST_F(ReopeningTest, LeavesStrangersInTheFolderAlone) {
    put(".bak", "not ours");
    put(".1.bak", "nor this");
    put(".01", "nor that");
    put("x.2", "at all");
    auto const file = start("", {.size = 4, .files = 1, .compress = kZstd});
    for (auto const* line : {"one\n", "two\n", "three\n"}) {
        ASSERT_TRUE(file->append(line));
    }
    auto const stored = file->position();
    fs::rename(path(), path("-old"));

    start(stored);

    EXPECT_EQ(found(".bak"), "not ours");
    EXPECT_EQ(found(".1.bak"), "nor this");
    EXPECT_EQ(found(".01"), "nor that");
    EXPECT_EQ(found("x.2"), "at all");
}

using ChangedByOthersTest = LineFileTest;

TEST_F(ChangedByOthersTest, BeginsANewFileWhenItsOwnIsGoneAtTheStart) {
    auto const stored = *start("")->append("one\n");
    fs::remove(path());

    auto const file = start(stored);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(), "two\n");
    EXPECT_THAT(logged(), HasSubstr("gone"));
}

TEST_F(ChangedByOthersTest, DoesNotWriteIntoADeletedFile) {
    auto const file = start("");
    auto const stored = *file->append("one\n");
    fs::remove(path());

    auto const refused = file->append("two\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::file_changed);
    ASSERT_TRUE(file->open(stored));
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(), "two\n");
}

TEST_F(ChangedByOthersTest, LeavesNoHoleAfterCopytruncate) {
    auto const file = start("");
    auto const stored = *file->append("one\n");
    fs::copy_file(path(), path(".1"));
    fs::resize_file(path(), 0);

    auto const refused = file->append("two\n");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), errc::file_changed);
    ASSERT_TRUE(file->open(stored));
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(".1"), "one\n");
    EXPECT_EQ(found(), "two\n");
}

TEST_F(ChangedByOthersTest, GoesOnAtTheStartOfAFileThatWasEmptiedMeanwhile) {
    auto const stored = *start("")->append("one\n");
    fs::resize_file(path(), 0);

    auto const file = start(stored);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(), "two\n");
    EXPECT_THAT(logged(), HasSubstr("somebody else cut it"));
}

TEST_F(ChangedByOthersTest, EndsALineThatSomebodyCut) {
    auto const stored = *start("")->append("one\ntwo\n");
    fs::resize_file(path(), 6);

    auto const file = start(stored);
    ASSERT_TRUE(file->append("three\n"));

    EXPECT_EQ(found(), "one\ntw\nthree\n");
}

TEST_F(ChangedByOthersTest, DoesNotCutInTheMiddleOfALine) {
    auto const stored = *start("")->append("one\n");
    std::ofstream{path(), std::ios::trunc} << "a line of somebody else\n";

    auto const file = start(stored);
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(), "a line of somebody else\ntwo\n");
    EXPECT_THAT(logged(), HasSubstr("somebody else changed it"));
}

TEST_F(ChangedByOthersTest, GoesOnBehindWhatAFileHeldBeforeANewLog) {
    put("", "of an earlier life\nand half a");

    auto const file = start("");
    ASSERT_TRUE(file->append("one\n"));

    EXPECT_EQ(found(), "of an earlier life\nand half a\none\n");
}

TEST_F(ChangedByOthersTest, TakesAPositionThatItCanNotReadForNone) {
    put("", "one\n");

    auto const file = start("\xff\xff");
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_EQ(found(), "one\ntwo\n");
}

using DiskTest = LineFileTest;

TEST_F(DiskTest, LeavesNothingHalfWrittenWhenItIsFull) {
    std::string const batch = "two, which does not fit\nthree\n";
    std::size_t write = 0;
    std::string stored;
    {
        test::FaultyFiles files{*disk_};
        LineFile file{files, path(), {}};
        ASSERT_TRUE(file.open(""));
        stored = *file.append("one\n");
        (void)file.append(batch);
        auto const last = std::find(files.points().rbegin(), files.points().rend(), "write " + path()) -
                          files.points().rbegin();
        write = files.points().size() - std::size_t(last) - 1;
    }
    fs::remove(path());
    test::FaultyFiles files{*disk_, write, test::Fault::error_half_way};
    LineFile file{files, path(), {}};
    ASSERT_TRUE(file.open(""));
    stored = *file.append("one\n");

    auto const refused = file.append(batch);
    auto const after_failure = found();
    ASSERT_TRUE(file.open(stored));
    auto const after_recovery = found();
    ASSERT_TRUE(file.append(batch));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), boost::system::errc::no_space_on_device);
    EXPECT_NE(after_failure, "one\n");
    EXPECT_EQ(after_recovery, "one\n");
    EXPECT_EQ(found(), "one\n" + batch);
}

/// No file may grow beyond `bytes`: a write that crosses it is cut short, the next one fails.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        auto limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(FileSizeLimit const&) = delete;
    FileSizeLimit& operator=(FileSizeLimit const&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_F(DiskTest, LeavesNothingHalfWrittenAfterAShortWrite) {
    auto const file = start("");
    auto const stored = *file->append("one\n");
    log::start(log::Level::error, "");  // the log may not grow either
    Result<std::string> refused = std::string{};
    {
        FileSizeLimit const limit{10};
        refused = file->append("two, which is cut short\n");
    }
    auto const after_failure = found();

    ASSERT_TRUE(file->open(stored));
    auto const after_recovery = found();
    ASSERT_TRUE(file->append("two\n"));

    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), boost::system::errc::file_too_large);
    EXPECT_EQ(after_failure, "one\ntwo, w");
    EXPECT_EQ(after_recovery, "one\n");
    EXPECT_EQ(found(), "one\ntwo\n");
}

TEST_F(DiskTest, SaysSoWhenTheDeviceIsFull) {
    auto const full = disk_->open("/dev/full", false);
    ASSERT_TRUE(full);

    auto const written = (*full)->write_at(0, "one\n");

    ASSERT_FALSE(written);
    EXPECT_EQ(written.error(), boost::system::errc::no_space_on_device);
}

TEST_F(DiskTest, NamesThePathThatItMayNotWriteOnce) {
    test::FaultyFiles files{*disk_};
    files.always_fail("open", path(), EACCES);
    LineFile file{files, path(), {}};

    auto const opened = file.open("");
    (void)file.open("");

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), boost::system::errc::permission_denied);
    auto const text = logged();
    EXPECT_THAT(text, HasSubstr("file=" + path() + " reason=\"Permission denied\""));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1) << text;
}

TEST_F(DiskTest, SaysWhatIsWrongWithAFolderThatIsNone) {
    std::ofstream{folder_.path("out")} << "a file";
    LineFile file{*disk_, path(), {}};

    auto const opened = file.open("");

    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), boost::system::errc::not_a_directory);
    EXPECT_THAT(logged(), HasSubstr(path()));
}

TEST_F(DiskTest, LetsTheGroupReadAndNobodyElse) {
    auto const mask = ::umask(022);
    auto const file = start("", {.size = 4, .files = 3, .compress = kZstd});
    for (auto const* line : {"one\n", "two\n", "three\n"}) {
        ASSERT_TRUE(file->append(line));
    }
    ::umask(mask);

    for (auto const* addition : {"", ".1", ".2.zst"}) {
        struct stat info {};
        ASSERT_EQ(::stat(path(addition).c_str(), &info), 0) << addition;
        EXPECT_EQ(info.st_mode & 07777, 0640u) << addition;
    }
}

TEST_F(DiskTest, WritesInTheWorkingDirectoryWhenThePathNamesNoFolder) {
    auto const before = fs::current_path();
    fs::current_path(fs::path{folder_.path("x")}.parent_path());
    LineFile file{*disk_, "bare.jsonl", {.size = 4, .files = 2}};

    auto const opened = file.open("");
    auto const first = file.append("one\n");
    auto const second = file.append("two\n");
    fs::current_path(before);

    EXPECT_TRUE(opened && first && second);
    EXPECT_EQ(test::contents(*disk_, folder_.path("bare.jsonl.1")), "one\n");
    EXPECT_EQ(test::contents(*disk_, folder_.path("bare.jsonl")), "two\n");
}

using RotationTest = LineFileTest;

TEST_F(RotationTest, KeepsSoManyFilesAndTheNewestLines) {
    auto const file = start("", {.size = 12, .files = 3});
    for (int number = 10; number < 30; ++number) {
        ASSERT_TRUE(file->append("l" + std::to_string(number) + "\n"));
    }

    EXPECT_THAT(names(),
                ElementsAre("articles.jsonl", "articles.jsonl.1", "articles.jsonl.2", "articles.jsonl.3"));
    EXPECT_EQ(found(".3"), "l19\nl20\nl21\n");
    EXPECT_EQ(found(".2"), "l22\nl23\nl24\n");
    EXPECT_EQ(found(".1"), "l25\nl26\nl27\n");
    EXPECT_EQ(found(), "l28\nl29\n");
}

TEST_F(RotationTest, KeepsOneFileWhenToldSo) {
    auto const file = start("", {.size = 4, .files = 1});
    for (auto const* line : {"one\n", "two\n", "six\n"}) {
        ASSERT_TRUE(file->append(line));
    }

    EXPECT_THAT(names(), ElementsAre("articles.jsonl", "articles.jsonl.1"));
    EXPECT_EQ(found(".1"), "two\n");
}

TEST_F(RotationTest, NeverHappensWithoutASize) {
    auto const file = start("");
    ASSERT_TRUE(file->append(std::string(100'000, 'x') + "\n"));
    ASSERT_TRUE(file->append("two\n"));

    EXPECT_THAT(names(), ElementsAre("articles.jsonl"));
}

TEST_F(RotationTest, KeepsABatchTogetherThatIsLargerThanAFile) {
    auto const file = start("", {.size = 5, .files = 2});
    ASSERT_TRUE(file->append("one\ntwo\nthree\n"));
    ASSERT_TRUE(file->append("four\n"));

    EXPECT_THAT(names(), ElementsAre("articles.jsonl", "articles.jsonl.1"));
    EXPECT_EQ(found(".1"), "one\ntwo\nthree\n");
    EXPECT_EQ(found(), "four\n");
}

TEST_F(RotationTest, CompressesAllButTheNewest) {
    auto const file = start("", {.size = 4, .files = 3, .compress = kZstd});
    for (auto const* line : {"one\n", "two\n", "six\n", "ten\n", "end\n"}) {
        ASSERT_TRUE(file->append(line));
    }

    EXPECT_THAT(names(), ElementsAre("articles.jsonl", "articles.jsonl.1", "articles.jsonl.2.zst",
                                     "articles.jsonl.3.zst"));
    EXPECT_EQ(found(".3.zst"), "two\n");
    EXPECT_EQ(found(".2.zst"), "six\n");
    EXPECT_EQ(found(".1"), "ten\n");
}

TEST_F(RotationTest, CatchesUpWithFilesThatWereLeftPlain) {
    put(".1", "three\n");
    put(".2", "two\n");
    put(".3", "one\n");
    auto const file = start("", {.size = 4, .files = 8, .compress = kZstd});
    for (auto const* line : {"4th\n", "5th\n", "6th\n"}) {
        ASSERT_TRUE(file->append(line));
    }

    EXPECT_THAT(names(), ElementsAre("articles.jsonl", "articles.jsonl.1", "articles.jsonl.2.zst",
                                     "articles.jsonl.3.zst", "articles.jsonl.4.zst", "articles.jsonl.5.zst"));
    EXPECT_EQ(found(".5.zst"), "one\n");
}

TEST_F(RotationTest, ClosesAGapInTheNumbersBeforeAnythingIsRemoved) {
    put(".1", "three\n");
    put(".3", "one\n");
    auto const file = start("", {.size = 4, .files = 3});
    ASSERT_TRUE(file->append("4th\n"));
    ASSERT_TRUE(file->append("5th\n"));

    EXPECT_EQ(found(".3"), "one\n");
    EXPECT_EQ(found(".2"), "three\n");
    EXPECT_EQ(found(".1"), "4th\n");
}

TEST_F(RotationTest, GivesWayToLogrotateWhenThatWasFaster) {
    auto const file = start("", {.size = 4, .files = 3, .compress = kZstd});
    auto const stored = *file->append("one\n");
    fs::rename(path(), path(".1"));
    put("", "");
    ASSERT_TRUE(file->append("two\n"));

    // A crash before that position was stored.
    auto const again = start(stored, {.size = 4, .files = 3, .compress = kZstd});
    ASSERT_TRUE(again->append("two\n"));

    EXPECT_THAT(names(), ElementsAre("articles.jsonl", "articles.jsonl.1"));
    EXPECT_EQ(found(".1"), "one\n");
    EXPECT_EQ(found(), "two\n");
}

}  // namespace
}  // namespace newswired::sinks

#include "sinks/file/compress.hpp"

#include "tests/support/faulty_files.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/sink_folder.hpp"

#include <gtest/gtest.h>

#include <random>

namespace newswired::sinks {
namespace {

class CompressTest : public testing::Test {
  protected:
    void put(std::string const& bytes) {
        auto const file = disk_.open("out/a.1", true);
        ASSERT_TRUE((*file)->write_at(0, bytes));
    }

    test::MemoryDisk disk_;
};

TEST_F(CompressTest, KeepsEveryByteOfAFileOfManyBlocks) {
    std::mt19937 random{1};
    std::string bytes;
    while (bytes.size() < 900'000) {
        bytes += std::to_string(random()) + "\n";
    }
    put(bytes);

    ASSERT_TRUE(compress_file(disk_, "out/a.1"));

    EXPECT_EQ(disk_.list("out").value(), std::vector<std::string>{"a.1.zst"});
    EXPECT_TRUE(test::contents(disk_, "out/a.1.zst") == bytes);
}

TEST_F(CompressTest, MakesAWholeFrameOfAnEmptyFile) {
    put("");

    ASSERT_TRUE(compress_file(disk_, "out/a.1"));

    EXPECT_EQ(test::contents(disk_, "out/a.1.zst"), "");
}

TEST_F(CompressTest, IsNotDisturbedByWhatACrashLeft) {
    put("one\n");
    auto const left = disk_.open("out/a.1.zst.tmp", true);
    ASSERT_TRUE((*left)->write_at(0, std::string(500, '?')));

    ASSERT_TRUE(compress_file(disk_, "out/a.1"));

    EXPECT_EQ(test::contents(disk_, "out/a.1.zst"), "one\n");
}

TEST_F(CompressTest, KeepsThePlainFileAndNothingElseWhenTheDiskIsFull) {
    put("one\n");
    test::FaultyFiles files{disk_};
    files.always_fail("write", "out/a.1.zst.tmp", ENOSPC);

    auto const done = compress_file(files, "out/a.1");

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error(), boost::system::errc::no_space_on_device);
    EXPECT_EQ(disk_.list("out").value(), std::vector<std::string>{"a.1"});
    EXPECT_EQ(test::contents(disk_, "out/a.1"), "one\n");
}

}  // namespace
}  // namespace newswired::sinks

#include "daemon/private_file.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace newswired::daemon {
namespace {

TEST(PrivateFile, ComesBackAsItWasWritten) {
    test::TemporaryFolder const folder;
    auto const path = folder / "memory";
    std::ofstream{path + ".new"} << "left by a crash, and readable for all";
    std::string const bytes{"a\0b", 3};

    ASSERT_TRUE(write_private_file(path, "first").has_value());
    ASSERT_TRUE(write_private_file(path, bytes).has_value());

    EXPECT_EQ(read_private_file(path), bytes);
    struct stat status {};
    ASSERT_EQ(stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
    EXPECT_NE(stat((path + ".new").c_str(), &status), 0);
}

TEST(PrivateFile, IsEmptyWhenItCannotBeRead) {
    test::TemporaryFolder const folder;

    EXPECT_EQ(read_private_file(folder / "missing"), "");
    EXPECT_EQ(read_private_file(folder.path().string()), "");
    EXPECT_FALSE(write_private_file(folder / "missing/file", "x").has_value());
}

}  // namespace
}  // namespace newswired::daemon

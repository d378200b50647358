#include "tests/support/sink_folder.hpp"
#include "tests/support/sink_host.hpp"

#include <gtest/gtest.h>

namespace newswired::sinks {
namespace {

class FileSinkTest : public testing::Test {
  protected:
    std::unique_ptr<Sink> make() {
        return host_.make({.name = "articles", .type = "file", .path = folder_.path("out/articles.jsonl")});
    }

    std::string found() {
        auto const disk = make_file_system();
        return test::contents(*disk, folder_.path("out/articles.jsonl"));
    }

    test::SinkFolder folder_;
    test::SinkHost host_;
};

TEST_F(FileSinkTest, WritesOneRecordALine) {
    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open("")));

    ASSERT_TRUE(host_.run(sink->deliver(host_.records(1, 2))));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(3, 3))));

    EXPECT_EQ(found(), "{\"seq\":1}\n{\"seq\":2}\n{\"seq\":3}\n");
}

TEST_F(FileSinkTest, TakesBackWhatWasNotStored) {
    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open("")));
    auto const stored = host_.run(sink->deliver(host_.records(1, 1)));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(2, 4))));

    auto const reopened = host_.run(sink->open(*stored));
    auto const after_reopening = found();
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(2, 2))));

    EXPECT_EQ(*reopened, *stored);
    EXPECT_EQ(after_reopening, "{\"seq\":1}\n");
    EXPECT_EQ(found(), "{\"seq\":1}\n{\"seq\":2}\n");
}

TEST_F(FileSinkTest, GoesOnInAnotherProcess) {
    std::string stored;
    {
        auto const sink = make();
        ASSERT_TRUE(host_.run(sink->open("")));
        stored = *host_.run(sink->deliver(host_.records(1, 1)));
        ASSERT_TRUE(host_.run(sink->deliver(host_.records(2, 2))));
    }

    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open(stored)));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(2, 2))));

    EXPECT_EQ(found(), "{\"seq\":1}\n{\"seq\":2}\n");
}

TEST_F(FileSinkTest, RefusesRecordsBeforeItIsOpen) {
    auto const sink = make();

    EXPECT_FALSE(host_.run(sink->deliver(host_.records(1, 1))));
}

TEST_F(FileSinkTest, ReopensAfterLogrotate) {
    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open("")));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(1, 1))));
    std::filesystem::rename(folder_.path("out/articles.jsonl"), folder_.path("out/articles.jsonl.1"));

    ASSERT_TRUE(host_.run(sink->reopen()));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(2, 2))));

    EXPECT_EQ(found(), "{\"seq\":2}\n");
}

}  // namespace
}  // namespace newswired::sinks

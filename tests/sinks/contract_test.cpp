// What every sink promises (sinks/sink.hpp), for each line of sinks.inc.

#include "tests/support/captured_stdout.hpp"
#include "tests/support/sink_folder.hpp"
#include "tests/support/sink_host.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>

#include <optional>

namespace newswired::sinks {
namespace {

constexpr char const* kTypes[] = {
#define NEWSWIRED_SINK(type, make) #type,
#include "sinks/sinks.inc"
#undef NEWSWIRED_SINK
};

class SinkContractTest : public testing::TestWithParam<char const*> {
  protected:
    std::unique_ptr<Sink> make() {
        host_.client().answer("https://any.example/in", http::Response{.status = 204});
        return host_.make({.name = "any",
                           .type = GetParam(),
                           .path = folder_.path("out/any"),
                           .url = "https://any.example/in"});
    }

    // A sink may write to standard output; what else it reaches is in the folder or scripted.
    void begin() {
        auto const descriptor = ::open(folder_.path("stdout").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        captured_.emplace(descriptor);
        ::close(descriptor);
    }

    test::SinkFolder folder_;
    test::SinkHost host_;
    std::optional<test::CapturedStdout> captured_;
};

TEST_P(SinkContractTest, IsMadeByTheNameOfItsType) {
    EXPECT_TRUE(is_built(GetParam()));
    EXPECT_NE(make(), nullptr);
}

TEST_P(SinkContractTest, OpensWithoutAPositionAndAgainBehindEachThatItReturned) {
    begin();
    std::string stored;
    for (std::uint64_t life = 0; life < 3; ++life) {
        auto const sink = make();
        auto const opened = host_.run(sink->open(stored));
        ASSERT_TRUE(opened) << opened.error().message();
        auto const again = host_.run(sink->open(*opened));
        ASSERT_TRUE(again) << again.error().message();
        EXPECT_EQ(*again, *opened);
        auto const delivered = host_.run(sink->deliver(host_.records(life * 2 + 1, life * 2 + 2)));
        ASSERT_TRUE(delivered) << delivered.error().message();
        stored = *delivered;
    }
}

TEST_P(SinkContractTest, TakesABatchTwice) {
    begin();
    auto const sink = make();
    auto const stored = host_.run(sink->open(""));
    ASSERT_TRUE(stored);
    auto const first = host_.run(sink->deliver(host_.records(1, 3)));
    ASSERT_TRUE(first);

    ASSERT_TRUE(host_.run(sink->open(*stored)));
    auto const second = host_.run(sink->deliver(host_.records(1, 3)));

    ASSERT_TRUE(second) << second.error().message();
    EXPECT_EQ(*second, *first);
}

TEST_P(SinkContractTest, GoesOnAfterReopening) {
    begin();
    auto const sink = make();
    ASSERT_TRUE(host_.run(sink->open("")));
    ASSERT_TRUE(host_.run(sink->deliver(host_.records(1, 1))));

    auto const reopened = host_.run(sink->reopen());
    ASSERT_TRUE(reopened) << reopened.error().message();

    EXPECT_TRUE(host_.run(sink->deliver(host_.records(2, 2))));
    EXPECT_TRUE(host_.run(make()->open(*reopened)));
}

TEST_P(SinkContractTest, IsKnownToTheConfiguration) {
    auto const is_known = [](std::string_view type) {
#define NEWSWIRED_SINK_TYPE(name, built) \
    if (type == #name) {                 \
        return built;                    \
    }
#include "config/known_sinks.inc"
#undef NEWSWIRED_SINK_TYPE
        return false;
    };

    EXPECT_TRUE(is_known(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Sinks, SinkContractTest, testing::ValuesIn(kTypes),
                         [](auto const& one) { return std::string{one.param}; });

TEST(SinksTest, MakeNothingOfATypeThatIsNotBuilt) {
    test::SinkHost host;

    EXPECT_FALSE(is_built("telegraph"));
    EXPECT_EQ(host.make({.name = "any", .type = "telegraph"}), nullptr);
}

TEST(SinksTest, AreAllThereThatTheConfigurationCallsBuilt) {
#define NEWSWIRED_SINK_TYPE(name, built) EXPECT_EQ(is_built(#name), built) << #name;
#include "config/known_sinks.inc"
#undef NEWSWIRED_SINK_TYPE
}

}  // namespace
}  // namespace newswired::sinks

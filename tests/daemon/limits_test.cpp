#include "daemon/limits.hpp"

#include <gtest/gtest.h>

#include <sched.h>
#include <sys/resource.h>

namespace newswired::daemon {
namespace {

/// The limit of open files, put back after the test.
class LimitsTest : public testing::Test {
  protected:
    LimitsTest() { ::getrlimit(RLIMIT_NOFILE, &before_); }
    ~LimitsTest() override { ::setrlimit(RLIMIT_NOFILE, &before_); }

    rlimit before_{};
};

TEST_F(LimitsTest, RaisesTheLimitOfOpenFilesAsFarAsItMay) {
    rlimit low = before_;
    low.rlim_cur = 300;
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);

    (void)descriptors_allow(1);

    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    EXPECT_EQ(now.rlim_cur, before_.rlim_max);
}

TEST_F(LimitsTest, AllowsWhatIsWantedWhereThereIsRoom) {
    EXPECT_EQ(descriptors_allow(1), 1u);
}

TEST_F(LimitsTest, AllowsNoMoreThanTheLimitHasRoomFor) {
    auto const allowed = descriptors_allow(std::size_t{1} << 40);

    EXPECT_GE(allowed, 1u);
    EXPECT_LT(allowed, before_.rlim_max);
}

TEST(UsableCores, AreThoseOfTheAffinityMask) {
    cpu_set_t before;
    ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (CPU_ISSET(cpu, &before)) {
            CPU_SET(cpu, &one);
            break;
        }
    }
    EXPECT_EQ(usable_cores(), std::size_t(CPU_COUNT(&before)));
    ASSERT_EQ(::sched_setaffinity(0, sizeof one, &one), 0);
    EXPECT_EQ(usable_cores(), 1u);
    ::sched_setaffinity(0, sizeof before, &before);
}

}  // namespace
}  // namespace newswired::daemon

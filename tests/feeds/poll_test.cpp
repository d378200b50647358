#include "feeds/poll.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

struct StatusCase {
    std::uint16_t status;
    PollOutcome outcome;
};

class StatusTest : public testing::TestWithParam<StatusCase> {};

TEST_P(StatusTest, CountsByItsFirstDigit) {
    http::Response response;
    response.status = GetParam().status;

    EXPECT_EQ(answer_of(response, {}, {}).outcome, GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Status, StatusTest,
    testing::Values(StatusCase{200, PollOutcome::document}, StatusCase{203, PollOutcome::document},
                    StatusCase{204, PollOutcome::not_modified}, StatusCase{205, PollOutcome::not_modified},
                    StatusCase{206, PollOutcome::refused}, StatusCase{226, PollOutcome::document},
                    StatusCase{299, PollOutcome::document}, StatusCase{300, PollOutcome::refused},
                    StatusCase{304, PollOutcome::not_modified}, StatusCase{399, PollOutcome::refused},
                    StatusCase{404, PollOutcome::refused}, StatusCase{410, PollOutcome::gone},
                    StatusCase{418, PollOutcome::refused}, StatusCase{451, PollOutcome::refused},
                    StatusCase{511, PollOutcome::refused}, StatusCase{999, PollOutcome::refused}),
    [](auto const& param) { return std::to_string(param.param.status); });

TEST(PollTest, APartOfADocumentKeepsTheTagOfTheWhole) {
    http::Response response{.status = 206, .body = "<rss>"};
    response.fields.set("ETag", "\"part\"");

    auto const answer = answer_of(response, {.etag = "\"whole\""}, {});

    EXPECT_EQ(answer.validators.etag, "\"whole\"");
}

}  // namespace
}  // namespace newswired::feeds

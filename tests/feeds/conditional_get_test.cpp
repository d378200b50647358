#include "feeds/conditional_get.hpp"

#include <gtest/gtest.h>

namespace newswired::feeds {
namespace {

Validators const kKnown{
    .etag = R"("v1")", .last_modified = "Tue, 06 Jan 2026 08:00:00 GMT", .url = "https://a.example/f"};

http::Response answer(std::uint16_t status, std::string etag, std::string last_modified) {
    http::Response response{.status = status, .effective_url = "https://a.example/f"};
    if (!etag.empty()) {
        response.fields.add("ETag", std::move(etag));
    }
    if (!last_modified.empty()) {
        response.fields.add("Last-Modified", std::move(last_modified));
    }
    return response;
}

TEST(ConditionalGetTest, SendsBothValidatorsByteForByteToTheirOwnUrlOnly) {
    http::Request request{.url = "https://a.example/f"};

    make_conditional(request, kKnown);

    EXPECT_EQ(request.fields["If-None-Match"], R"("v1")");
    EXPECT_EQ(request.fields["If-Modified-Since"], "Tue, 06 Jan 2026 08:00:00 GMT");
    EXPECT_EQ(request.conditional_url, "https://a.example/f");
}

TEST(ConditionalGetTest, InventsNoValidator) {
    http::Request request{.url = "https://a.example/f"};

    make_conditional(request, {.etag = "odd, ;\"tag", .url = "https://a.example/f"});

    EXPECT_EQ(request.fields["If-None-Match"], "odd, ;\"tag");
    EXPECT_FALSE(request.fields.has("If-Modified-Since"));
}

TEST(ConditionalGetTest, TakesEachNewValidatorByItself) {
    auto const next = next_validators(answer(200, R"("v1")", "Wed, 07 Jan 2026 08:00:00 GMT"), kKnown);

    EXPECT_EQ(next.etag, R"("v1")");
    EXPECT_EQ(next.last_modified, "Wed, 07 Jan 2026 08:00:00 GMT");
}

TEST(ConditionalGetTest, DropsValidatorsThatADocumentCameWithout) {
    EXPECT_TRUE(next_validators(answer(200, "", ""), kKnown).empty());
}

TEST(ConditionalGetTest, TakesNewValidatorsFromA304AndKeepsWhatItOmits) {
    auto const next = next_validators(answer(304, R"("v2")", ""), kKnown);

    EXPECT_EQ(next.etag, R"("v2")");
    EXPECT_EQ(next.last_modified, kKnown.last_modified);
}

}  // namespace
}  // namespace newswired::feeds

#include "http/message.hpp"
#include "http/client.hpp"

#include <gtest/gtest.h>

#include <set>

namespace newswired::http {
namespace {

TEST(Fields, AreFoundWhateverTheirCase) {
    Fields fields;
    fields.add("ETag", "\"a\"");
    fields.add("Link", "one");
    fields.add("link", "two");

    EXPECT_EQ(fields["etag"], "\"a\"");
    EXPECT_EQ(fields["LINK"], "one");
    EXPECT_EQ(fields.joined("Link"), "one, two");
    EXPECT_TRUE(fields.has("eTaG"));
    EXPECT_FALSE(fields.has("Tag"));
    EXPECT_EQ(fields["Tag"], "");
}

TEST(Fields, SetReplacesEveryFieldOfThatName) {
    Fields fields;
    fields.add("Link", "one");
    fields.add("link", "two");

    fields.set("LINK", "three");

    EXPECT_EQ(fields.size(), 1u);
    EXPECT_EQ(fields["link"], "three");
}

TEST(Errors, HaveASentenceEach) {
    std::set<std::string> sentences;
    for (int code = 1; code <= static_cast<int>(errc::shutting_down); ++code) {
        sentences.insert(make_error_code(static_cast<errc>(code)).message());
    }

    EXPECT_EQ(sentences.size(), static_cast<std::size_t>(errc::shutting_down));
    EXPECT_FALSE(sentences.contains("an unknown error"));
    EXPECT_EQ(make_error_code(errc::silence).message(), "the server sent nothing for the time allowed");
}

}  // namespace
}  // namespace newswired::http

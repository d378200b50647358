#include "articles/body/body.hpp"

#include <gtest/gtest.h>

namespace newswired::articles {
namespace {

Body read(std::string_view html) {
    return read_body({.value = html, .kind = feeds::TextKind::html, .base = "https://example.org/a/"});
}

TEST(BodyTest, IsHtmlTextAndImageOfOneReading) {
    auto const body =
        read("<p>One &amp two<p><img src=b.jpg onload=x> <ul><li>three<li>four</ul><script>no</script>");

    EXPECT_EQ(body.html,
              "<p>One &amp; two</p><p><img src=\"https://example.org/a/b.jpg\"> </p>"
              "<ul><li>three</li><li>four</li></ul>");
    EXPECT_EQ(body.text, "One & two\n\n- three\n- four");
    EXPECT_EQ(body.first_image, "https://example.org/a/b.jpg");
}

TEST(BodyTest, HasTheTextOfWhatStays) {
    EXPECT_EQ(read("a<button>no</button>b<select><option>no</select>").text, "ab");
    EXPECT_EQ(read("<pre><x>\n a</pre>").text, " a") << "the first line end in it is none";
    EXPECT_EQ(read("<xmp>&lt;b></xmp>").text, "&lt;b>") << "no references in it";
}

TEST(BodyTest, TakesTheFirstImageThatIsShown) {
    EXPECT_EQ(read("<img src=/p.gif width=1 height=1><img src=data:,x><img data-src=/l.jpg>").first_image,
              "https://example.org/l.jpg");
    EXPECT_EQ(read("<p>none</p>").first_image, "");
}

}  // namespace
}  // namespace newswired::articles

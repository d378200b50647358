#include "core/listen_address.hpp"

#include <gtest/gtest.h>

#include <string>

namespace newswired {
namespace {

TEST(ListenAddressTest, ReadsAddressesAndPorts) {
    EXPECT_EQ(parse_listen_address("127.0.0.1:9470"), (ListenAddress{.host = "127.0.0.1", .port = 9470}));
    EXPECT_EQ(parse_listen_address("[::1]:80"), (ListenAddress{.host = "::1", .port = 80}));
    EXPECT_EQ(parse_listen_address("localhost:1"), (ListenAddress{.host = "127.0.0.1", .port = 1}));
    EXPECT_EQ(parse_listen_address(":65535"), (ListenAddress{.host = "0.0.0.0", .port = 65535}));
}

TEST(ListenAddressTest, ReadsUnixSockets) {
    auto const address = parse_listen_address("unix:/run/newswired/http.sock");

    ASSERT_TRUE(address.has_value());
    EXPECT_TRUE(address->is_unix());
    EXPECT_EQ(address->path, "/run/newswired/http.sock");
}

TEST(ListenAddressTest, RefusesEverythingElse) {
    for (auto const* text :
         {"", "9470", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
          "news.example:80", "::1:80", "[::1]", "[127.0.0.1]:80", "256.0.0.1:80", "unix:", "unix:relative"}) {
        EXPECT_FALSE(parse_listen_address(text).has_value()) << text;
    }
    EXPECT_FALSE(parse_listen_address("unix:/" + std::string(200, 'x')).has_value());
}

}  // namespace
}  // namespace newswired

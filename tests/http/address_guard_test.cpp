#include "http/address_guard.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace newswired::http {
namespace {

using boost::asio::ip::make_address;

class Refused : public testing::TestWithParam<char const*> {};
TEST_P(Refused, IsNotConnectedTo) {
    EXPECT_FALSE(AddressGuard{}.allows(make_address(GetParam())));
}
INSTANTIATE_TEST_SUITE_P(V4, Refused,
                         testing::Values("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255",
                                         "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1",
                                         "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1",
                                         "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
                                         "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
                                         "255.255.255.255"));
INSTANTIATE_TEST_SUITE_P(V6, Refused,
                         testing::Values("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.1.2.3",
                                         "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
                                         "2001:0:5ef5:79fd::80ff:fffe", "2001:0:a00:1::f7f7:f7f7",
                                         "2001:2::1", "2001:10::1", "2001:db8::1", "2002:7f00:1::1",
                                         "2002:c0a8:101::1", "3fff::1", "fc00::1", "fd12:3456::1", "fe80::1",
                                         "fec0::1", "ff02::1", "4000::1"));

class Allowed : public testing::TestWithParam<char const*> {};
TEST_P(Allowed, IsConnectedTo) {
    EXPECT_TRUE(AddressGuard{}.allows(make_address(GetParam())));
}
INSTANTIATE_TEST_SUITE_P(Public, Allowed,
                         testing::Values("1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255",
                                         "100.128.0.0", "126.255.255.255", "128.0.0.1", "172.15.255.255",
                                         "172.32.0.0", "192.0.1.1", "198.17.255.255", "198.20.0.0",
                                         "223.255.255.255", "2001:4860:4860::8888", "2001:200::1",
                                         "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808",
                                         "2002:808:808::1"));

TEST(AddressGuard, LetsPassWhatTheOperatorListed) {
    AddressGuard const guard{{"127.77.0.0/16", "fd00:1::/32", "10.0.0.5"}};

    EXPECT_TRUE(guard.allows(make_address("127.77.200.1")));
    EXPECT_TRUE(guard.allows(make_address("::ffff:127.77.0.1")));
    EXPECT_TRUE(guard.allows(make_address("fd00:1::5")));
    EXPECT_TRUE(guard.allows(make_address("10.0.0.5")));
    EXPECT_FALSE(guard.allows(make_address("127.66.0.1")));
    EXPECT_FALSE(guard.allows(make_address("::ffff:127.66.0.1")));
    EXPECT_FALSE(guard.allows(make_address("fd00:2::5")));
    EXPECT_FALSE(guard.allows(make_address("10.0.0.4")));
}

TEST(AddressGuard, TakesEverythingWhenToldSo) {
    AddressGuard const guard{{"0.0.0.0/0", "::/0"}};

    EXPECT_TRUE(guard.allows(make_address("127.0.0.1")));
    EXPECT_TRUE(guard.allows(make_address("fe80::1")));
}

TEST(AddressGuard, NamesTheTextThatIsNoRange) {
    for (auto const* text :
         {"127.0.0.0/33", "::/129", "127.0.0.0/", "127.0.0.0/x", "host", "", "10.0.0.0/8 "}) {
        EXPECT_THROW(AddressGuard{{text}}, std::invalid_argument) << text;
    }
}

}  // namespace
}  // namespace newswired::http

#include "core/bytes.hpp"

#include <gtest/gtest.h>

namespace newswired {
namespace {

TEST(BytesTest, ReadsBackWhatWasWritten) {
    std::string bytes;
    ByteWriter writer{bytes};
    writer.varint(300);
    writer.signed_varint(-2);
    writer.fixed64(0x0102030405060708);
    writer.string("abc");

    EXPECT_EQ(bytes, std::string("\xAC\x02\x03\x01\x02\x03\x04\x05\x06\x07\x08\x03"
                                 "abc"));
    ByteReader reader{bytes};
    EXPECT_EQ(reader.varint(), 300u);
    EXPECT_EQ(reader.signed_varint(), -2);
    EXPECT_EQ(reader.fixed64(), 0x0102030405060708u);
    EXPECT_EQ(reader.string(), "abc");
    EXPECT_TRUE(reader.at_end());
    EXPECT_FALSE(reader.failed());
}

TEST(BytesTest, WritesTheSameWithRoomToSpare) {
    std::string bytes;
    ByteWriter writer{bytes};
    char room[100];
    RoomyWriter roomy{room};
    auto const write = [](auto& out) {
        out.byte(0xFE);
        for (std::uint64_t const value : {0ull, 127ull, 128ull, 300ull, ~0ull}) {
            out.varint(value);
            out.signed_varint(-std::int64_t(value >> 1));
        }
        out.fixed64(0x0102030405060708);
        out.string("abc");
        out.string({});
    };
    write(writer);
    write(roomy);

    EXPECT_EQ(roomy.written(), bytes);
}

TEST(BytesTest, NeverWritesBeyondItsRoom) {
    char room[12];
    RoomyWriter roomy{room};

    EXPECT_THROW(roomy.string("123456789012"), std::length_error);
    EXPECT_EQ(roomy.written(), "\x0C");
    roomy.byte(1);
    EXPECT_EQ(roomy.written(), "\x0C\x01");
    roomy.byte(2);
    EXPECT_THROW(roomy.varint(3), std::length_error);
}

TEST(BytesTest, SaysThatItFailedInsteadOfReadingOn) {
    ByteReader cut{
        std::string_view{"\x05"
                         "ab"}};
    EXPECT_EQ(cut.string(), "");
    EXPECT_TRUE(cut.failed());

    ByteReader endless{"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"};
    EXPECT_EQ(endless.varint(), 0u);
    EXPECT_TRUE(endless.failed());
}

}  // namespace
}  // namespace newswired

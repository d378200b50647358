// A compact encoding for what is stored: varints, fixed integers and length-prefixed strings.
//
//   varint   7 bits a byte, least significant first, high bit: more follow     (as Protocol Buffers)
//   signed   zigzag, then varint
//   string   varint length, bytes
//
// The reader never throws and never reads past the end: after bytes that are not what was asked for it is
// `failed()` and everything it returns is zero or empty, so a caller checks once, at the end.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace newswired {

class ByteWriter {
  public:
    explicit ByteWriter(std::string& out) : out_{out} {}

    void byte(std::uint8_t value) { out_.push_back(char(value)); }
    void varint(std::uint64_t value) {
        if (value < 0x80) {  // as most are
            byte(std::uint8_t(value));
            return;
        }
        char bytes[10];
        std::size_t count = 0;
        while (value >= 0x80) {
            bytes[count++] = char(value | 0x80);
            value >>= 7;
        }
        bytes[count++] = char(value);
        out_.append(bytes, count);
    }
    void signed_varint(std::int64_t value) { varint(std::uint64_t(value) << 1 ^ std::uint64_t(value >> 63)); }
    /// Most significant byte first, so that keys sort as numbers do.
    void fixed64(std::uint64_t value) {
        char bytes[8];
        for (std::size_t i = 0; i < 8; ++i) {
            bytes[i] = char(value >> (56 - 8 * i));
        }
        out_.append(bytes, sizeof bytes);
    }
    void raw(std::string_view bytes) { out_ += bytes; }
    void string(std::string_view bytes) {
        varint(bytes.size());
        out_ += bytes;
    }

  private:
    std::string& out_;
};

/// The same into memory that the caller has reckoned to be enough, without a look at how it grows.  Throws
/// std::length_error where it is not: a mistake of the caller's.
class RoomyWriter {
  public:
    static constexpr std::size_t kVarint =
        10;  ///< bytes that each number takes at most, and is to have room for

    explicit RoomyWriter(std::span<char> room)
        : begin_{room.data()}, at_{room.data()}, end_{room.data() + room.size()} {}

    void byte(std::uint8_t value) {
        need(kVarint);
        *at_++ = char(value);
    }
    void varint(std::uint64_t value) {
        need(kVarint);
        while (value >= 0x80) {
            *at_++ = char(value | 0x80);
            value >>= 7;
        }
        *at_++ = char(value);
    }
    void signed_varint(std::int64_t value) { varint(std::uint64_t(value) << 1 ^ std::uint64_t(value >> 63)); }
    void fixed64(std::uint64_t value) {
        need(kVarint);
        for (int shift = 56; shift >= 0; shift -= 8) {
            *at_++ = char(value >> shift);
        }
    }
    void string(std::string_view bytes) {
        varint(bytes.size());
        need(bytes.size());
        at_ = std::copy(bytes.begin(), bytes.end(), at_);
    }

    std::string_view written() const { return {begin_, std::size_t(at_ - begin_)}; }

  private:
    void need(std::size_t bytes) const {
        if (bytes > std::size_t(end_ - at_)) {
            throw std::length_error{"a record is longer than was reckoned"};
        }
    }

    char* begin_;
    char* at_;
    char* end_;
};

class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_{bytes} {}

    std::uint8_t byte() {
        if (rest_.empty()) {
            fail();
            return 0;
        }
        auto const value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::uint64_t varint() {
        auto const* at = rest_.data();
        auto const* const end = at + rest_.size();
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && at != end; shift += 7) {
            auto const part = static_cast<unsigned char>(*at++);
            value |= std::uint64_t{part & 0x7Fu} << shift;
            if (part < 0x80) {
                rest_ = {at, std::size_t(end - at)};
                return value;
            }
        }
        fail();
        return 0;
    }
    std::int64_t signed_varint() {
        auto const value = varint();
        return std::int64_t(value >> 1) ^ -std::int64_t(value & 1);
    }
    std::uint64_t fixed64() {
        std::uint64_t value = 0;
        for (unsigned char const part : raw(8)) {
            value = value << 8 | part;
        }
        return value;
    }
    /// `size` bytes; a view into what is read.
    std::string_view raw(std::size_t size) {
        if (size > rest_.size()) {
            fail();
            return {};
        }
        std::string_view const bytes{rest_.data(), size};
        rest_.remove_prefix(size);
        return bytes;
    }
    std::string_view string() { return raw(varint()); }

    bool failed() const { return failed_; }
    bool at_end() const { return rest_.empty(); }

  private:
    void fail() {
        failed_ = true;
        rest_ = {};
    }

    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace newswired

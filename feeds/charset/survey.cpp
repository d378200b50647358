#include "feeds/charset/survey.hpp"

#include "feeds/charset/survey_fast.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace newswired::feeds {
namespace {

// A block's loop has no branch and a fixed length, so that compilers make vector instructions of it.
constexpr std::size_t kBlock = 64;

struct Block {
    unsigned char all_bits = 0;
    unsigned char forbidden = 0;
};

Block look_at(char const* bytes) {
    Block block;
    for (std::size_t i = 0; i < kBlock; ++i) {
        auto const byte = static_cast<unsigned char>(bytes[i]);
        // Bitwise, and in unsigned char, for the same reason.
        auto const low = static_cast<unsigned char>(byte < 0x20);
        auto const allowed = static_cast<unsigned char>((byte == '\t') | (byte == '\n') | (byte == '\r'));
        block.all_bits = static_cast<unsigned char>(block.all_bits | byte);
        block.forbidden = static_cast<unsigned char>(block.forbidden | (low & (allowed ^ 1u)));
    }
    return block;
}

// The first byte above 0x7F from `place` on; `end` when there is none before it.
std::size_t next_high(std::string_view bytes, std::size_t place, std::size_t end) {
    static_assert(std::endian::native == std::endian::little);
    for (; place + 8 <= end; place += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + place, 8);
        if (auto const high = word & 0x8080808080808080u; high != 0) {
            return place + static_cast<std::size_t>(std::countr_zero(high)) / 8;
        }
    }
    while (place < end && static_cast<unsigned char>(bytes[place]) < 0x80) {
        ++place;
    }
    return place;
}

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u;
}

}  // namespace

std::size_t sequence_length(std::string_view bytes) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    auto const lead = bytes.empty() ? 0xFFu : byte(0);
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < 2 || !continues(bytes[1])) {
        return 0;
    }
    if (lead < 0xE0) {
        return 2;
    }
    if (bytes.size() < 3 || !continues(bytes[2])) {
        return 0;
    }
    if (lead < 0xF0) {  // neither overlong nor a surrogate
        return (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) >= 0xA0) ? 0 : 3;
    }
    if (bytes.size() < 4 || !continues(bytes[3])) {
        return 0;
    }
    return (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) >= 0x90) ? 0 : 4;
}

// The sequence that `bytes` begins with, or one stray byte; returns its length.
std::size_t count_sequence(std::string_view bytes, Survey& found) {
    found.ascii = false;
    auto const length = sequence_length(bytes);
    if (length == 0) {
        ++found.stray;
        return 1;
    }
    ++found.sequences;
    found.has_latin1_controls =
        found.has_latin1_controls || (bytes[0] == '\xC2' && static_cast<unsigned char>(bytes[1]) < 0xA0);
    return length;
}

Survey survey(std::string_view bytes) {
    if (auto const fast = survey_fast(bytes)) {
        return *fast;
    }
    return survey_carefully(bytes);
}

Survey survey_carefully(std::string_view bytes) {
    Survey found;
    std::size_t place = 0;
    while (place < bytes.size()) {
        if (bytes.size() - place >= kBlock) {
            auto const block = look_at(bytes.data() + place);
            found.has_controls = found.has_controls || block.forbidden != 0;
            if (block.all_bits < 0x80) {
                place += kBlock;
                continue;
            }
        } else {
            auto const rest = bytes.substr(place);
            found.has_controls = found.has_controls || std::any_of(rest.begin(), rest.end(), is_forbidden);
        }
        for (auto const end = std::min(place + kBlock, bytes.size()); place < end;) {
            place = next_high(bytes, place, end);
            while (place < end && static_cast<unsigned char>(bytes[place]) >= 0x80) {
                place += count_sequence(bytes.substr(place), found);
            }
        }
    }
    return found;
}

}  // namespace newswired::feeds

// The decoders behind content_coding.hpp, one for each library.

#pragma once

#include "http/content_coding.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace newswired::http {

enum class CodingName : std::uint8_t { gzip, deflate, br, zstd };

/// Whether `head`, the first bytes of a body, are certainly of that coding.
bool has_magic(CodingName name, std::string_view head);

/// A decoder for a body that begins with `head` (deflate: with or without the zlib wrapper).
std::unique_ptr<Coding> make_decoder(CodingName name, std::string_view head);

/// Appends to `out` up to `max` bytes from a library that writes into a buffer: `step(p, n)` fills at most
/// `n` bytes at `p` and returns how many it wrote.  False when `out` is full.
template <typename Step>
bool append_some(std::string& out, std::size_t max, Step&& step) {
    constexpr std::size_t kStep = 16 * 1024;
    auto const used = out.size();
    // One byte beyond `max` tells a body that ends there from one that goes on.
    auto const room = std::min(kStep, max + 1 - std::min(max + 1, used));
    if (room == 0) {
        return false;
    }
    if (out.capacity() < used + room) {
        out.reserve(std::max(used + room, 2 * out.capacity()));
    }
    out.resize(used + room);
    auto const written = step(out.data() + used, room);
    out.resize(used + written);
    return out.size() <= max;
}

}  // namespace newswired::http

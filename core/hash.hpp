// Hashes: SHA-256 for what others see or what decides about an article, XXH3 for everything internal.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace newswired {

using Sha256 = std::array<unsigned char, 32>;

/// A running SHA-256.  Keep one and reuse it: its context costs more to make than a short text to hash.
/// Not thread-safe.
class Sha256Hasher {
  public:
    Sha256Hasher();
    ~Sha256Hasher();
    Sha256Hasher(Sha256Hasher const&) = delete;
    Sha256Hasher& operator=(Sha256Hasher const&) = delete;

    void update(std::string_view bytes);

    /// A field of a structure: its length goes first, so that ("ab", "c") and ("a", "bc") differ.
    void update_field(std::string_view bytes);

    /// The digest of all updates since the last call; the hasher is then as new.
    Sha256 finish();

  private:
    struct Context;
    std::unique_ptr<Context> context_;
};

Sha256 sha256(std::string_view bytes);

/// RFC 2104 with SHA-256.
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);

enum class HmacHash : std::uint8_t { sha1, sha256, sha384, sha512 };

/// RFC 2104 with the hash that others chose; the digest's bytes.
std::string hmac(HmacHash hash, std::string_view key, std::string_view bytes);

/// Compares digests without telling by the time it takes how far they agree.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// 64 bits of XXH3; not for anything that an adversary may gain by colliding.
std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed = 0);

/// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace newswired

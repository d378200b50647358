#include "core/hash.hpp"

#include "core/hash_wide.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <new>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace newswired {

struct Sha256Hasher::Context {
    EVP_MD_CTX* md = EVP_MD_CTX_new();
    // Fetched once: an implicit fetch for every digest costs more than hashing a short text.
    EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);

    Context() {
        if (md == nullptr || algorithm == nullptr) {
            throw std::bad_alloc{};
        }
        start();
    }
    ~Context() {
        EVP_MD_CTX_free(md);
        EVP_MD_free(algorithm);
    }
    Context(Context const&) = delete;
    Context& operator=(Context const&) = delete;

    void start() { EVP_DigestInit_ex2(md, algorithm, nullptr); }
};

Sha256Hasher::Sha256Hasher() : context_{std::make_unique<Context>()} {}
Sha256Hasher::~Sha256Hasher() = default;

void Sha256Hasher::update(std::string_view bytes) {
    EVP_DigestUpdate(context_->md, bytes.data(), bytes.size());
}

void Sha256Hasher::update_field(std::string_view bytes) {
    unsigned char length[8];
    for (unsigned i = 0; i < sizeof length; ++i) {
        length[i] = static_cast<unsigned char>(std::uint64_t{bytes.size()} >> (8 * i));
    }
    EVP_DigestUpdate(context_->md, length, sizeof length);
    update(bytes);
}

Sha256 Sha256Hasher::finish() {
    Sha256 digest;
    EVP_DigestFinal_ex(context_->md, digest.data(), nullptr);
    context_->start();
    return digest;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
    Sha256 digest{};
    unsigned length = digest.size();
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), digest.data(), &length);
    return digest;
}

std::string hmac(HmacHash hash, std::string_view key, std::string_view bytes) {
    EVP_MD const* algorithm = EVP_sha256();
    switch (hash) {
        case HmacHash::sha1:
            algorithm = EVP_sha1();
            break;
        case HmacHash::sha256:
            break;
        case HmacHash::sha384:
            algorithm = EVP_sha384();
            break;
        case HmacHash::sha512:
            algorithm = EVP_sha512();
            break;
    }
    std::string digest(EVP_MAX_MD_SIZE, '\0');
    unsigned length = 0;
    HMAC(algorithm, key.data(), static_cast<int>(key.size()),
         reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()), &length);
    digest.resize(length);
    return digest;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Sha256 sha256(std::string_view bytes) {
    thread_local Sha256Hasher hasher;
    hasher.update(bytes);
    return hasher.finish();
}

std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed) {
#if defined(__x86_64__) && defined(__GNUC__)
    constexpr std::size_t kWide = 240;  // shorter ones are hashed in another way, which has no use for it
    static bool const has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2 && bytes.size() > kWide) {
        return xxh3_wide(bytes, seed);
    }
#endif
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string to_hex(std::string_view bytes) {
    constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char const byte : bytes) {
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
    }
    return text;
}

}  // namespace newswired

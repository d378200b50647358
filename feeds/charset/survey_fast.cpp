#include "feeds/charset/survey_fast.hpp"

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#include <cstddef>
#include <cstring>

#define NEWSWIRED_AVX2 __attribute__((target("avx2")))

namespace newswired::feeds {
namespace {

constexpr std::size_t kStep = 32;

NEWSWIRED_AVX2 inline __m256i twice(__m128i table) {
    return _mm256_broadcastsi128_si256(table);
}

NEWSWIRED_AVX2 inline __m256i high_nibbles(__m256i bytes) {
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));
}

// The bytes `Count` places before those of `now`.
template <int Count>
NEWSWIRED_AVX2 inline __m256i shifted(__m256i now, __m256i before) {
    return _mm256_alignr_epi8(now, _mm256_permute2x128_si256(before, now, 0x21), 16 - Count);
}

// What is wrong with each pair of bytes, after Keiser and Lemire, "Validating UTF-8 in less than one
// instruction per byte" (2021).  Each bit is a kind of fault; one that all three tables see is there.
NEWSWIRED_AVX2 inline __m256i faults_of_pairs(__m256i now, __m256i before) {
    constexpr char kShort = 1 << 0;      // a lead byte, then no continuation
    constexpr char kLong = 1 << 1;       // ASCII, then a continuation
    constexpr char kOverlong3 = 1 << 2;  // E0 80..9F
    constexpr char kTooLarge = 1 << 3;   // F4 90.., F5..
    constexpr char kSurrogate = 1 << 4;  // ED A0..
    constexpr char kOverlong2 = 1 << 5;  // C0, C1
    constexpr char kTooLarge1000 = 1 << 6;
    constexpr char kOverlong4 = 1 << 6;               // F0 80..8F
    constexpr char kTwo = static_cast<char>(1 << 7);  // two continuations
    constexpr char kCarry = static_cast<char>(kShort | kLong | kTwo);

    auto const first_high = twice(_mm_setr_epi8(
        kLong, kLong, kLong, kLong, kLong, kLong, kLong, kLong, kTwo, kTwo, kTwo, kTwo, kShort | kOverlong2,
        kShort, kShort | kOverlong3 | kSurrogate, kShort | kTooLarge | kTooLarge1000 | kOverlong4));
    constexpr char kF5 = static_cast<char>(kCarry | kTooLarge | kTooLarge1000);
    auto const first_low = twice(_mm_setr_epi8(
        static_cast<char>(kCarry | kOverlong3 | kOverlong2 | kOverlong4),
        static_cast<char>(kCarry | kOverlong2), kCarry, kCarry, static_cast<char>(kCarry | kTooLarge), kF5,
        kF5, kF5, kF5, kF5, kF5, kF5, kF5, static_cast<char>(kF5 | kSurrogate), kF5, kF5));
    constexpr char kSecond = static_cast<char>(kLong | kOverlong2 | kTwo);
    auto const second_high = twice(
        _mm_setr_epi8(kShort, kShort, kShort, kShort, kShort, kShort, kShort, kShort,
                      static_cast<char>(kSecond | kOverlong3 | kTooLarge1000 | kOverlong4),
                      static_cast<char>(kSecond | kOverlong3 | kTooLarge),
                      static_cast<char>(kSecond | kSurrogate | kTooLarge),
                      static_cast<char>(kSecond | kSurrogate | kTooLarge), kShort, kShort, kShort, kShort));

    auto const previous = shifted<1>(now, before);
    auto const low = _mm256_and_si256(previous, _mm256_set1_epi8(0x0F));
    return _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(first_high, high_nibbles(previous)),
                                             _mm256_shuffle_epi8(first_low, low)),
                            _mm256_shuffle_epi8(second_high, high_nibbles(now)));
}

NEWSWIRED_AVX2 inline __m256i faults_of(__m256i now, __m256i before) {
    // The third byte of three and the third and fourth of four must be continuations, and only they may
    // follow one.
    auto const third = _mm256_subs_epu8(shifted<2>(now, before), _mm256_set1_epi8(0xE0 - 0x80));
    auto const fourth = _mm256_subs_epu8(shifted<3>(now, before), _mm256_set1_epi8(0xF0 - 0x80));
    auto const must_continue =
        _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
    return _mm256_xor_si256(must_continue, faults_of_pairs(now, before));
}

// C2 80..9F
NEWSWIRED_AVX2 inline __m256i latin1_controls(__m256i now, __m256i before) {
    auto const after_c2 =
        _mm256_cmpeq_epi8(shifted<1>(now, before), _mm256_set1_epi8(static_cast<char>(0xC2)));
    auto const low = _mm256_cmpeq_epi8(_mm256_min_epu8(now, _mm256_set1_epi8(static_cast<char>(0x9F))), now);
    return _mm256_and_si256(after_c2, low);
}

NEWSWIRED_AVX2 inline __m256i controls(__m256i now) {
    // Each allowed one, looked up by its lower half, finds itself.
    auto const allowed =
        twice(_mm_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, '\t', '\n', -1, -1, '\r', -1, -1));
    auto const low = _mm256_cmpeq_epi8(_mm256_min_epu8(now, _mm256_set1_epi8(0x1F)), now);
    return _mm256_andnot_si256(_mm256_cmpeq_epi8(_mm256_shuffle_epi8(allowed, now), now), low);
}

// A sequence that the last bytes begin and that more bytes must end.
NEWSWIRED_AVX2 inline bool ends_within_a_sequence(__m256i last) {
    alignas(kStep) unsigned char bytes[kStep];
    _mm256_store_si256(reinterpret_cast<__m256i*>(bytes), last);
    return bytes[kStep - 1] >= 0xC0 || bytes[kStep - 2] >= 0xE0 || bytes[kStep - 3] >= 0xF0;
}

struct Seen {
    __m256i faults;
    __m256i controls;
    __m256i latin1;
    __m256i all;
    __m256i before;
};

NEWSWIRED_AVX2 inline __m256i load(char const* bytes) {
    return _mm256_loadu_si256(reinterpret_cast<__m256i const*>(bytes));
}

NEWSWIRED_AVX2 inline void look_at(Seen& seen, char const* bytes) {
    auto const now = load(bytes);
    seen.controls = _mm256_or_si256(seen.controls, controls(now));
    seen.all = _mm256_or_si256(seen.all, now);
    // ASCII after ASCII needs no more than that.
    if (_mm256_movemask_epi8(_mm256_or_si256(now, seen.before)) != 0) {
        seen.faults = _mm256_or_si256(seen.faults, faults_of(now, seen.before));
        seen.latin1 = _mm256_or_si256(seen.latin1, latin1_controls(now, seen.before));
    }
    seen.before = now;
}

// Four steps at once, when all of it is ASCII after ASCII.
NEWSWIRED_AVX2 inline bool look_at_ascii(Seen& seen, char const* bytes) {
    auto const a = load(bytes);
    auto const b = load(bytes + kStep);
    auto const c = load(bytes + 2 * kStep);
    auto const d = load(bytes + 3 * kStep);
    auto const all = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d));
    if (_mm256_movemask_epi8(_mm256_or_si256(all, seen.before)) != 0) {
        return false;
    }
    seen.controls =
        _mm256_or_si256(seen.controls, _mm256_or_si256(_mm256_or_si256(controls(a), controls(b)),
                                                       _mm256_or_si256(controls(c), controls(d))));
    seen.before = d;
    return true;
}

NEWSWIRED_AVX2 inline bool any(__m256i bytes) {
    return _mm256_testz_si256(bytes, bytes) == 0;
}

NEWSWIRED_AVX2 std::optional<Survey> look(std::string_view bytes) {
    auto const zero = _mm256_setzero_si256();
    Seen seen{zero, zero, zero, zero, zero};
    std::size_t place = 0;
    while (place + 4 * kStep <= bytes.size()) {
        if (!look_at_ascii(seen, bytes.data() + place)) {
            for (std::size_t i = 0; i < 4; ++i) {
                look_at(seen, bytes.data() + place + i * kStep);
            }
        }
        place += 4 * kStep;
    }
    for (; place + kStep <= bytes.size(); place += kStep) {
        look_at(seen, bytes.data() + place);
    }
    // The rest, followed by spaces: those end whatever sequence has not ended.
    alignas(kStep) char rest[kStep];
    std::memset(rest, ' ', kStep);
    std::memcpy(rest, bytes.data() + place, bytes.size() - place);
    look_at(seen, rest);
    if (any(seen.faults) || ends_within_a_sequence(seen.before)) {
        return std::nullopt;
    }
    return Survey{.ascii = _mm256_movemask_epi8(seen.all) == 0,
                  .has_controls = any(seen.controls),
                  .has_latin1_controls = any(seen.latin1)};
}

}  // namespace

std::optional<Survey> survey_fast(std::string_view bytes) {
    static bool const has_avx2 = __builtin_cpu_supports("avx2") != 0;
    return has_avx2 ? look(bytes) : std::nullopt;
}

}  // namespace newswired::feeds

#else

namespace newswired::feeds {

std::optional<Survey> survey_fast(std::string_view) {
    return std::nullopt;
}

}  // namespace newswired::feeds

#endif

// A feed's rhythm: how often it publishes, at which hours, on which weekdays and at which minutes of the
// hour.
//
// Learnt from the times at which its items came, forgotten with a half-life, and some sixty bytes in storage.
// forecast.hpp says by it where the next article is likely; explain tells it in words.
//
// The bins count where articles came.  They are halved now and then, and shares() believes them only as far
// as they stand out from chance (James and Stein's shrinkage): a feed with few items counts as one that may
// publish at any time.  Pure; everything in UTC.

#pragma once

#include "core/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::feeds {

struct Rhythm {
    static constexpr std::size_t kHours = 24;
    static constexpr std::size_t kWeekdays = 7;
    static constexpr std::size_t kTwelfths = 12;  ///< of an hour: five minutes each
    static constexpr std::chrono::hours kLastingHalfLife{14 * 24};
    static constexpr std::chrono::hours kRecentHalfLife{6};
    static constexpr std::int64_t kBinHalfLifeDays = 56;

    SystemTime since{};      ///< what came from here on is known; epoch: nothing is known yet
    SystemTime at{};         ///< as of when the two counts below hold
    double lasting = 0;      ///< articles since `since`, each losing half its weight in kLastingHalfLife
    double recent = 0;       ///< the same with kRecentHalfLife
    SystemTime newest{};     ///< when the newest article came
    std::int64_t halved{0};  ///< when the bins were last halved for their age, days since 1970

    // What came in each bin, a quarter of an article a unit.
    std::array<std::uint8_t, kHours> hours{};
    std::array<std::uint8_t, kWeekdays> weekdays{};  ///< Sunday first
    std::array<std::uint8_t, kTwelfths> twelfths{};

    bool known() const { return since != SystemTime{}; }
    friend bool operator==(Rhythm const&, Rhythm const&) = default;
};

/// An article as the rhythm sees it.
struct Arrival {
    SystemTime at{};
    bool exact = true;  ///< its time of day is known
};

/// The dates of a first document as arrivals, oldest first: what is to come is left out, and dates without a
/// time of day are not exact.
std::vector<Arrival> arrivals_of_backlog(std::span<SystemTime const> dates, SystemTime now);

/// When an item came that is there now and was not at the last poll: at its date if that lies between the two
/// polls, else halfway between them (the date is what a publisher says; what counts is since when it could be
/// read).
Arrival arrival_of_new(SystemTime const* date, SystemTime last_poll, SystemTime now);

/// Takes over what came until `now`; `arrivals` oldest first.  To be called for every poll that was answered
/// well, also with none: silence is evidence too.
void note_arrivals(Rhythm& rhythm, std::span<Arrival const> arrivals, SystemTime now);

/// Articles a day on average, as far as is known at `now`: of the last weeks, and of the last hours.
double lasting_rate(Rhythm const& rhythm, SystemTime now);
double recent_rate(Rhythm const& rhythm, SystemTime now);

/// How many times the average is published in each bin; the mean over the bins is 1.
struct Shares {
    std::array<double, Rhythm::kHours> hours{};
    std::array<double, Rhythm::kWeekdays> weekdays{};
    std::array<double, Rhythm::kTwelfths> twelfths{};
};
Shares shares(Rhythm const& rhythm);

/// "about 3 articles a day, mostly between 08:00 and 10:00 UTC, on weekdays"; empty when nothing is known.
std::string in_words(Rhythm const& rhythm, SystemTime now);

inline constexpr std::size_t kMostRhythmBytes = 128;
/// Some sixty bytes; and back: bytes that are cut or strange give a rhythm of which nothing is known.
std::string encode(Rhythm const& rhythm);
Rhythm decode_rhythm(std::string_view bytes);

}  // namespace newswired::feeds

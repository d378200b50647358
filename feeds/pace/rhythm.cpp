#include "feeds/pace/rhythm.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace newswired::feeds {
namespace {

using Days = std::chrono::duration<double, std::ratio<86400>>;

constexpr std::uint8_t kVersion = 1;
constexpr unsigned kUnitsOfAnArticle = 4;
// Of a longer document the newest count: older ones tell of another season.
constexpr std::size_t kMaxArrivals = 512;
// A poll a week apart says little about the hour.
constexpr std::chrono::hours kVagueFrom{4};
// What is expected of a feed of which little is known: as if a few hours had been seen, with next to nothing.
constexpr double kPriorArticles = 0.02;
constexpr double kPriorDays = 0.3;
// No hour is impossible.  (Tried in bench/schedule: from 0.01 to 0.1 makes little difference.)
constexpr double kLeastShare = 0.02;

double days(SystemTime::duration span) {
    return Days{span}.count();
}

double faded(double count, SystemTime::duration age, std::chrono::hours half_life) {
    return age.count() <= 0 ? count : count * std::exp2(-days(age) / days(half_life));
}

void fade(Rhythm& rhythm, SystemTime now) {
    if (now > rhythm.at) {
        rhythm.lasting = faded(rhythm.lasting, now - rhythm.at, Rhythm::kLastingHalfLife);
        rhythm.recent = faded(rhythm.recent, now - rhythm.at, Rhythm::kRecentHalfLife);
        rhythm.at = now;
    }
}

template <std::size_t Size>
void halve(std::array<std::uint8_t, Size>& bins) {
    for (auto& bin : bins) {
        bin = std::uint8_t(bin / 2);
    }
}

void halve_for_age(Rhythm& rhythm, SystemTime now) {
    auto const today = std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
    constexpr int kHalvingsToNothing = 8;
    if (rhythm.halved == 0 || today < rhythm.halved - Rhythm::kBinHalfLifeDays) {
        rhythm.halved = today;  // a beginning, or a clock that was far ahead
    }
    for (int i = 0; i < kHalvingsToNothing && today - rhythm.halved >= Rhythm::kBinHalfLifeDays; ++i) {
        halve(rhythm.hours);
        halve(rhythm.weekdays);
        halve(rhythm.twelfths);
        rhythm.halved += Rhythm::kBinHalfLifeDays;
    }
    if (today - rhythm.halved >= Rhythm::kBinHalfLifeDays) {
        rhythm.halved = today;
    }
}

template <std::size_t Size>
void count(std::array<std::uint8_t, Size>& bins, std::size_t bin, unsigned units) {
    if (bins[bin] + units > 0xFF) {
        halve(bins);
    }
    bins[bin] = std::uint8_t(bins[bin] + units);
}

struct Place {
    std::size_t hour;
    std::size_t weekday;
    std::size_t twelfth;
};

Place place_of(SystemTime time) {
    using namespace std::chrono;
    auto const day = floor<std::chrono::days>(time);
    auto const minute = std::size_t(floor<minutes>(time - day).count());
    return {.hour = minute / 60,
            .weekday = weekday{day}.c_encoding(),
            .twelfth = minute % 60 / (60 / Rhythm::kTwelfths)};
}

// Old ones weigh less from the beginning: their bins would have been halved since.
unsigned units(SystemTime::duration age) {
    auto const halvings = std::max(0.0, days(age)) / double(Rhythm::kBinHalfLifeDays);
    return unsigned(std::lround(kUnitsOfAnArticle * std::exp2(-halvings)));
}

void count_in_bins(Rhythm& rhythm, Arrival const& arrival, SystemTime now) {
    auto const weight = units(now - arrival.at);
    auto const [hour, weekday, twelfth] = place_of(arrival.at);
    count(rhythm.weekdays, weekday, weight);
    if (arrival.exact) {
        count(rhythm.hours, hour, weight);
        count(rhythm.twelfths, twelfth, weight);
    }
}

double rate(double articles, SystemTime::duration known_for, std::chrono::hours half_life) {
    // The weight of all the time that is known, each day fading as its articles do.
    auto const memory = days(half_life) / std::log(2.0);
    auto const weighed_days = memory * (1 - std::exp2(-std::max(0.0, days(known_for)) / days(half_life)));
    return (articles + kPriorArticles) / (weighed_days + kPriorDays);
}

template <std::size_t Size>
std::array<double, Size> shares_of(std::array<std::uint8_t, Size> const& bins) {
    std::array<double, Size> shares;
    shares.fill(1);
    auto const sum = double(std::accumulate(bins.begin(), bins.end(), 0u)) / kUnitsOfAnArticle;
    auto const even = sum / double(Size);
    double distance = 0;
    for (auto const bin : bins) {
        auto const difference = double(bin) / kUnitsOfAnArticle - even;
        distance += difference * difference;
    }
    if (distance == 0) {
        return shares;
    }
    auto const by_chance = double(Size - 1) * even;
    auto const trust = std::max(0.0, 1 - by_chance / distance) * (1 - kLeastShare);
    for (std::size_t i = 0; i < Size; ++i) {
        shares[i] = 1 + trust * (double(bins[i]) / kUnitsOfAnArticle / even - 1);
    }
    return shares;
}

}  // namespace

std::vector<Arrival> arrivals_of_backlog(std::span<SystemTime const> dates, SystemTime now) {
    std::vector<Arrival> arrivals;
    std::size_t at_midnight = 0;
    for (auto const date : dates) {
        if (date <= now && date > SystemTime{}) {
            at_midnight += std::chrono::floor<std::chrono::days>(date) == date;
            arrivals.push_back({.at = date});
        }
    }
    std::sort(arrivals.begin(), arrivals.end(), [](auto const& a, auto const& b) { return a.at < b.at; });
    if (arrivals.size() > kMaxArrivals) {
        arrivals.erase(arrivals.begin(), arrivals.end() - kMaxArrivals);
    }
    auto const without_time = at_midnight * 2 > arrivals.size();
    for (auto& arrival : arrivals) {
        arrival.exact = !without_time;
    }
    return arrivals;
}

Arrival arrival_of_new(SystemTime const* date, SystemTime last_poll, SystemTime now) {
    if (date != nullptr && *date > last_poll && *date <= now) {
        return {.at = *date};
    }
    auto const between = now - last_poll;
    return {.at = last_poll + between / 2, .exact = between < kVagueFrom};
}

void note_arrivals(Rhythm& rhythm, std::span<Arrival const> arrivals, SystemTime now) {
    halve_for_age(rhythm, now);
    if (!rhythm.known()) {
        // What came before the oldest is not known, so that the oldest only tells since when we know.
        rhythm.since = arrivals.empty() ? now : arrivals.front().at;
        rhythm.at = now;
    }
    fade(rhythm, now);
    auto last_minute = SystemTime::min();
    for (auto const& arrival : arrivals) {
        auto const age = now - arrival.at;
        if (arrival.at > rhythm.since) {
            rhythm.lasting += faded(1, age, Rhythm::kLastingHalfLife);
            rhythm.recent += faded(1, age, Rhythm::kRecentHalfLife);
        }
        rhythm.newest = std::max(rhythm.newest, arrival.at);
        auto const minute = std::chrono::floor<std::chrono::minutes>(arrival.at);
        if (std::exchange(last_minute, minute) != minute) {  // a bunch says no more than one
            count_in_bins(rhythm, arrival, now);
        }
    }
}

double lasting_rate(Rhythm const& rhythm, SystemTime now) {
    return rate(faded(rhythm.lasting, now - rhythm.at, Rhythm::kLastingHalfLife), now - rhythm.since,
                Rhythm::kLastingHalfLife);
}

double recent_rate(Rhythm const& rhythm, SystemTime now) {
    return rate(faded(rhythm.recent, now - rhythm.at, Rhythm::kRecentHalfLife), now - rhythm.since,
                Rhythm::kRecentHalfLife);
}

Shares shares(Rhythm const& rhythm) {
    return {.hours = shares_of(rhythm.hours),
            .weekdays = shares_of(rhythm.weekdays),
            .twelfths = shares_of(rhythm.twelfths)};
}

std::string encode(Rhythm const& rhythm) {
    std::string bytes;
    bytes.reserve(kMostRhythmBytes);
    ByteWriter out{bytes};
    out.byte(kVersion);
    auto put_time = [&](SystemTime time) {
        out.signed_varint(std::chrono::floor<seconds>(time.time_since_epoch()).count());
    };
    auto put_count = [&](double count) { out.varint(std::uint64_t(std::llround(count * 256))); };
    put_time(rhythm.since);
    put_time(rhythm.at);
    put_time(rhythm.newest);
    put_count(rhythm.lasting);
    put_count(rhythm.recent);
    out.signed_varint(rhythm.halved);
    auto put_bins = [&](auto const& bins) {
        out.raw({reinterpret_cast<char const*>(bins.data()), bins.size()});
    };
    put_bins(rhythm.hours);
    put_bins(rhythm.weekdays);
    put_bins(rhythm.twelfths);
    return bytes;
}

Rhythm decode_rhythm(std::string_view bytes) {
    ByteReader in{bytes};
    if (in.byte() != kVersion) {
        return {};
    }
    Rhythm rhythm;
    auto get_time = [&] { return SystemTime{seconds{in.signed_varint()}}; };
    auto get_count = [&] { return double(in.varint()) / 256; };
    rhythm.since = get_time();
    rhythm.at = get_time();
    rhythm.newest = get_time();
    rhythm.lasting = get_count();
    rhythm.recent = get_count();
    rhythm.halved = in.signed_varint();
    auto get_bins = [&](auto& bins) {
        auto const counts = in.raw(bins.size());
        std::copy_n(reinterpret_cast<std::uint8_t const*>(counts.data()), counts.size(), bins.begin());
    };
    get_bins(rhythm.hours);
    get_bins(rhythm.weekdays);
    get_bins(rhythm.twelfths);
    return in.failed() ? Rhythm{} : rhythm;
}

}  // namespace newswired::feeds

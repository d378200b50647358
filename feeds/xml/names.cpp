#include "feeds/xml/names.hpp"

#include "core/text.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace newswired::feeds::xml {
namespace {

struct Known {
    Namespace space;
    std::string_view local;
    Name name;
};

constexpr Known kNames[] = {
#define NEWSWIRED_NAME(space, local) {Namespace::space, #local, Name::space##_##local},
#define NEWSWIRED_NAME_AS(space, local, text) {Namespace::space, text, Name::space##_##local},
#include "feeds/xml/names.inc"
#undef NEWSWIRED_NAME
#undef NEWSWIRED_NAME_AS
};

struct Spelling {
    Namespace space;
    std::string_view text;
};

constexpr Spelling kPrefixes[] = {
#define NEWSWIRED_NAMESPACE(id, prefix) {Namespace::id, prefix},
#define NEWSWIRED_NAMESPACE_URI(id, uri)
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

constexpr Spelling kUris[] = {
#define NEWSWIRED_NAMESPACE(id, prefix)
#define NEWSWIRED_NAMESPACE_URI(id, uri) {Namespace::id, uri},
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

constexpr std::size_t kSlots = 1024;  // a power of two, a few times the number of names
constexpr std::size_t kLongest = 24;

constexpr std::size_t slot_of(Namespace space, std::string_view local) {
    std::size_t hash = 0xCBF29CE484222325u ^ static_cast<std::size_t>(space) * 0x9E3779B97F4A7C15u;
    for (auto const c : local) {
        hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 0x100000001B3u;
    }
    return (hash ^ hash >> 32) & (kSlots - 1);
}

// Open addressing: index + 1 into kNames, 0 is free.
constexpr auto kTable = [] {
    std::array<std::uint16_t, kSlots> table{};
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
        auto slot = slot_of(kNames[i].space, kNames[i].local);
        while (table[slot] != 0) {
            slot = (slot + 1) & (kSlots - 1);
        }
        table[slot] = static_cast<std::uint16_t>(i + 1);
    }
    return table;
}();
static_assert(std::size(kNames) * 2 < kSlots);

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

Namespace namespace_of_uri(std::string_view uri) {
    auto const lower = to_lower(trim(uri));
    auto bare = without_prefix(without_prefix(without_prefix(lower, "https://"), "http://"), "www.");
    while (!bare.empty() && (bare.back() == '/' || bare.back() == '#' || bare.back() == '?')) {
        bare.remove_suffix(1);
    }
    for (auto const& known : kUris) {
        if (known.text == bare) {
            return known.space;
        }
    }
    return Namespace::foreign;
}

Namespace namespace_of_prefix(std::string_view prefix) {
    for (auto const& known : kPrefixes) {
        if (!known.text.empty() && equal_ignoring_case(known.text, prefix)) {
            return known.space;
        }
    }
    return equal_ignoring_case(prefix, "rss") ? Namespace::core : Namespace::foreign;
}

Name name_of(Namespace space, std::string_view local) {
    if (space == Namespace::foreign || local.size() > kLongest) {
        return Name::unknown;
    }
    for (auto slot = slot_of(space, local); kTable[slot] != 0; slot = (slot + 1) & (kSlots - 1)) {
        auto const& known = kNames[kTable[slot] - 1u];
        if (known.space == space && equal_ignoring_case(known.local, local)) {
            return known.name;
        }
    }
    return Name::unknown;
}

}  // namespace newswired::feeds::xml

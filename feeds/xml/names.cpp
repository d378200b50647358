#include "feeds/xml/names.hpp"

#include "core/name_table.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace newswired::feeds::xml {
namespace {

// "dc:date": one table for all vocabularies.
constexpr std::array<std::string_view, kNameCount - 1> kNames{
#define NEWSWIRED_NAME(space, local) #space ":" #local,
#define NEWSWIRED_NAME_AS(space, local, text) #space ":" text,
#include "feeds/xml/names.inc"
#undef NEWSWIRED_NAME
#undef NEWSWIRED_NAME_AS
};
constexpr NameTable kNameTable{kNames};
constexpr std::size_t kLongest =
    std::max_element(kNames.begin(), kNames.end(), [](auto a, auto b) { return a.size() < b.size(); })
        -> size();

constexpr std::string_view kNamespaceIds[] = {
    "",
#define NEWSWIRED_NAMESPACE(id, prefix) #id,
#define NEWSWIRED_NAMESPACE_URI(id, uri)
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

constexpr std::string_view kPrefixes[] = {
    "",
#define NEWSWIRED_NAMESPACE(id, prefix) prefix,
#define NEWSWIRED_NAMESPACE_URI(id, uri)
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

constexpr Namespace kSpacesOfUris[] = {
#define NEWSWIRED_NAMESPACE(id, prefix)
#define NEWSWIRED_NAMESPACE_URI(id, uri) Namespace::id,
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

constexpr std::array<std::string_view, std::size(kSpacesOfUris)> kUris{
#define NEWSWIRED_NAMESPACE(id, prefix)
#define NEWSWIRED_NAMESPACE_URI(id, uri) uri,
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};
constexpr NameTable kUriTable{kUris};

std::string_view without_prefix(std::string_view text, std::string_view prefix) {
    return starts_with_ignoring_case(text, prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

Namespace namespace_of_uri(std::string_view uri) {
    auto bare = trim(uri);
    // Nearly all are written so; others are looked at more closely.
    bare = bare.starts_with("http://") ? bare.substr(7)
                                       : without_prefix(without_prefix(bare, "https://"), "http://");
    bare = without_prefix(bare, "www.");
    while (!bare.empty() && (bare.back() == '/' || bare.back() == '#' || bare.back() == '?')) {
        bare.remove_suffix(1);
    }
    auto const place = kUriTable.find(bare);
    return place < kUris.size() ? kSpacesOfUris[place] : Namespace::foreign;
}

Namespace namespace_of_prefix(std::string_view prefix) {
    for (std::size_t i = 0; i < std::size(kPrefixes); ++i) {
        if (!kPrefixes[i].empty() && equal_ignoring_case(kPrefixes[i], prefix)) {
            return static_cast<Namespace>(i);
        }
    }
    return equal_ignoring_case(prefix, "rss") ? Namespace::core : Namespace::foreign;
}

Name name_of(Namespace space, std::string_view local) {
    auto const id = kNamespaceIds[static_cast<std::size_t>(space)];
    if (space == Namespace::foreign || id.size() + 1 + local.size() > kLongest) {
        return Name::unknown;
    }
    std::array<char, kLongest> key{};
    auto* end = std::copy(id.begin(), id.end(), key.begin());
    *end++ = ':';
    end = std::copy(local.begin(), local.end(), end);
    auto const place = kNameTable.find({key.data(), static_cast<std::size_t>(end - key.data())});
    return place < kNames.size() ? static_cast<Name>(place + 1) : Name::unknown;
}

}  // namespace newswired::feeds::xml

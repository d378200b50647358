// The element names that feeds are made of, as numbers: namespaces.inc and names.inc are the lists.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace newswired::feeds::xml {

/// A vocabulary, whichever of its spellings a document uses.
enum class Namespace : std::uint8_t {
    foreign,  ///< none that we know
#define NEWSWIRED_NAMESPACE(id, prefix) id,
#define NEWSWIRED_NAMESPACE_URI(id, uri)
#include "feeds/xml/namespaces.inc"
#undef NEWSWIRED_NAMESPACE
#undef NEWSWIRED_NAMESPACE_URI
};

/// An element's name in its vocabulary: "atom_title", "dc_date".
enum class Name : std::uint16_t {
    unknown,
#define NEWSWIRED_NAME(space, local) space##_##local,
#define NEWSWIRED_NAME_AS(space, local, text) space##_##local,
#include "feeds/xml/names.inc"
#undef NEWSWIRED_NAME
#undef NEWSWIRED_NAME_AS
};

/// How many names there are, the unknown one included.
inline constexpr std::size_t kNameCount = 1
#define NEWSWIRED_NAME(space, local) +1
#define NEWSWIRED_NAME_AS(space, local, text) +1
#include "feeds/xml/names.inc"
#undef NEWSWIRED_NAME
#undef NEWSWIRED_NAME_AS
    ;

/// By its URI, leniently: scheme, "www.", case and a closing '/', '#' or '?' make no difference.
Namespace namespace_of_uri(std::string_view uri);

/// What feeds mean by a prefix that they forgot to declare; foreign when nothing.
Namespace namespace_of_prefix(std::string_view prefix);

/// Whatever the case of ASCII letters; Name::unknown when it is not listed.
Name name_of(Namespace space, std::string_view local);

}  // namespace newswired::feeds::xml

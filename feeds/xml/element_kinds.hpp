// What is known of elements by their names: which hold what.  It says which white space means nothing and
// which end tags were forgotten.

#pragma once

#include "feeds/xml/names.hpp"

#include <array>
#include <cstdint>

namespace newswired::feeds::xml {

enum Kind : std::uint8_t {
    kStructural = 1,  ///< its children are elements: the white space between them says nothing
    kLeaf = 2,        ///< holds text only: a known element in it means that its end tag was forgotten
    kItem = 4,        ///< an item stands in a container and holds no other item
    kContainer = 8,   ///< a feed or an item
    kBody = 16,       ///< holds whatever its author wrote, even items
    kEntry = 32,      ///< given to whoever reads entries as they close
};

inline constexpr auto kKinds = [] {
    std::array<std::uint8_t, kNameCount> kinds{};
    auto const add = [&kinds](Kind kind, auto... names) {
        ((kinds[static_cast<std::size_t>(names)] |= kind), ...);
    };
    using enum Name;
    add(kStructural, core_rss, core_channel, core_item, core_items, core_image, core_feed, core_entry,
        rdf_rdf, rdf_seq, atom_feed, atom_entry, atom_author, atom_source, media_group, media_content,
        sitemap_urlset, sitemap_url);
    add(kLeaf, core_title, core_link, core_guid, core_pubdate, core_category, core_comments, atom_id,
        atom_updated, atom_published, dc_date, dc_creator);
    add(kItem, core_item, atom_entry, core_entry, sitemap_url);
    add(kContainer, core_item, atom_entry, core_entry, sitemap_url, core_channel, core_rss, rdf_rdf,
        atom_feed, core_feed);
    add(kBody, atom_content, core_description, atom_summary, content_encoded);
    add(kEntry, core_item, atom_entry, core_entry, sitemap_url, sitemap_sitemap);
    return kinds;
}();

constexpr bool is(Kind kind, Name name) {
    return (kKinds[static_cast<std::size_t>(name)] & kind) != 0;
}

}  // namespace newswired::feeds::xml

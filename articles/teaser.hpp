// Teasers: whether a feed's bodies are its articles, or only make one curious for them.
//
// `full_text: auto` asks here.  Every new item leans one way or the other, by what its body looks like; what
// a feed's items lean to is remembered with the feed, and tips over only when it has changed for good, since
// every feed has the odd short article.  Nothing depends on a language: neither "read more" nor any other
// word is looked for.
//
// Teasers: no body at all; a body that ends with "…" or with a link to its own article; bodies that are all
// cut at the same length; one short paragraph under a headline. No teasers: what is long; comments on another
// site's page (link blogs); notes without a title; what is to be heard, seen or looked at (podcasts, videos,
// comics).

#pragma once

#include "articles/article.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace newswired::articles {

/// What one item's body looks like.
struct BodyLook {
    std::uint32_t letters = 0;     ///< its length; count_letters()
    std::uint32_t paragraphs = 0;  ///< that have some length
    bool cut_off = false;          ///< ends with "…", "[...]" or the like
    bool leads_on = false;         ///< ends with a link to the item's own page
    bool unfinished = false;       ///< ends in the middle of a sentence
    bool links_out = false;        ///< has a link to another site
    bool has_media = false;        ///< sound or video belongs to it
    bool has_picture = false;
    bool is_note = false;         ///< no title, or one that only repeats how the body begins
    std::uint64_t elsewhere = 0;  ///< the item's own link leads to another site: its hash; else 0
};

/// `article` as the feed gave it, clean; `home` is a URL of the feed's own site, empty when unknown.
BodyLook look_at_body(Article const& article, std::string_view home);

enum class Lean : std::uint8_t { neither, teaser, whole };

/// What is remembered of a feed's bodies.
struct TeaserMemory {
    bool decided = false;
    bool teasers = false;           ///< what was decided
    std::uint32_t for_teasers = 0;  ///< votes, 16 each, that fade
    std::uint32_t for_whole = 0;
    std::uint32_t cut_at = 0;   ///< the length at which all bodies are cut; 0: at none
    std::uint32_t in_vain = 0;  ///< articles in a row whose pages were no better than the feed's bodies

    friend bool operator==(TeaserMemory const&, TeaserMemory const&) = default;
};

/// Takes the new items of one document into account.
void learn_from_bodies(TeaserMemory& memory, std::span<BodyLook const> bodies);

/// How one item leans, in a feed with that memory; `many_elsewhere`: the document's items lead to several
/// other sites.
Lean lean_of(BodyLook const& body, TeaserMemory const& memory, bool many_elsewhere);

/// Whether the article behind this body is worth a look at its page.
enum class PageWish : std::uint8_t {
    wanted,
    feed_is_whole,  ///< the feed's bodies are its articles
    body_is_whole,  ///< the feed has teasers, but this is none
    in_vain,        ///< pages of this feed were no better, time and again; some are still tried
};
PageWish wish_for_page(BodyLook const& body, TeaserMemory const& memory);

/// A page was looked at: it was better than the feed's body or not.  One that was not asked for, in_vain,
/// counts as no better, so that the next is tried some day.
void learn_from_page(TeaserMemory& memory, bool better);

/// What was learnt, for explain: "its bodies are teasers (14 of the last 16)".
std::string in_words(TeaserMemory const& memory);

/// As bytes and back (core/bytes.hpp); bytes that are cut or unknown give an empty memory.
std::string encode(TeaserMemory const& memory);
TeaserMemory decode_teaser_memory(std::string_view bytes);

}  // namespace newswired::articles

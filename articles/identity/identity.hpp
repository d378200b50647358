// Identity: which item is which, from one poll to the next.
//
// An item is named by what the publisher gave it (Atom id, RSS guid, rdf:about, JSON Feed id); else by its
// link, else by its content.  Publishers give all items of a document the same guid, put tracking parameters
// into guids, or point every link at the home page: what does not tell items apart is passed over.

#pragma once

#include "feeds/parsed_feed.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace newswired::articles {

/// What names an item within its feed.
struct Identity {
    std::string text{};
    /// The link's page is this item's alone in the document and not the home page: it may find an item whose
    /// guid changed.
    bool link_is_own = false;
    std::uint64_t url_hash = 0;  ///< url_hash() of the item's link (fingerprint.hpp)
};

/// Tells the items of one document apart.  Reads the whole document once; `feed` must outlive it.
class Identities {
  public:
    explicit Identities(feeds::ParsedFeed const& feed);

    /// The identity of item number `index`.
    Identity of(std::size_t index) const;

  private:
    // Hashes of one item's names: its id, its link without the fragment, and with it.
    struct Names {
        std::uint64_t id = 0;
        std::uint64_t page = 0;
        std::uint64_t place = 0;
    };

    feeds::ParsedFeed const& feed_;
    std::vector<Names> names_;
    std::vector<std::uint64_t> shared_ids_;     // hashes of ids that several different items carry; sorted
    std::vector<std::uint64_t> shared_pages_;   // of links without their fragments, likewise
    std::vector<std::uint64_t> shared_places_;  // of links with them
    std::uint64_t home_ = 0;
};

}  // namespace newswired::articles

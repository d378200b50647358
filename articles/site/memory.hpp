// What is remembered of a site: which lines its articles have in common, and which articles it was seen in.
//
// A line becomes known when a second, different article has it.  Until then it stands with the article that
// it was first seen in, of which the last kMaxArticles are kept.  The same article again, or one that has
// most of its opening paragraphs, is no second sighting: else the versions of one story would make
// boilerplate of its text.  Bounded in space, and what is not seen any more is forgotten; a few kilobytes a
// site.

#pragma once

#include "articles/site/lines.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::site {

/// One article as the memory sees it.
struct Sighting {
    std::uint32_t article = 0;  ///< a hash that tells it from others
    std::uint64_t title = 0;    ///< hash_of() it
    std::vector<Line> lines{};  ///< in order
};

/// A line that at least two different articles had.
struct KnownLine {
    std::uint64_t hash = 0;
    std::uint32_t count = 0;  ///< articles that had it
    std::uint32_t since = 0;  ///< number of the article that had it first
    std::uint16_t day = 0;    ///< when it was last seen, days since 1970
};

class SiteMemory {
  public:
    static constexpr std::size_t kMaxKnown = 1024;      // real sites have tens; 11 bytes each
    static constexpr std::size_t kMaxArticles = 64;     // about a hundred bytes each
    static constexpr std::size_t kMaxLines = 64;        // of an article: its first and last ones
    static constexpr std::size_t kMaxSingle = 2048;     // lines seen once
    static constexpr std::uint16_t kForgetAfter = 120;  // days; a redesign is over by then

    explicit SiteMemory(std::uint16_t today = 0) : today_{today} {}

    /// The memory as bytes (a version first), and back; of bytes that are none, a new one.
    std::string encode() const;
    static SiteMemory decode(std::string_view bytes, std::uint16_t today);

    void learn(Sighting const& sighting);

    /// None when fewer than two articles had it.
    KnownLine const* find(std::uint64_t hash) const;
    /// Of the articles seen since the line was first, how many had it: 0 to 1.
    double share(KnownLine const& line) const;
    /// Whether it is the title of an article seen lately, other than `article`.
    bool is_title_of_another(std::uint64_t hash, std::uint32_t article) const;

    std::size_t known_lines() const { return known_.size(); }
    std::uint32_t articles() const { return articles_; }

  private:
    struct Article {
        std::uint32_t number = 0;
        std::uint32_t article = 0;
        std::uint64_t title = 0;
        std::vector<std::uint32_t> opening{};  // of its first paragraphs
        std::vector<std::uint64_t> single{};   // lines that only it had
    };
    struct Slot {
        std::uint64_t hash = 0;
        std::uint32_t known = 0;   // index in known_ + 1
        std::uint32_t number = 0;  // else: of the article that has it
    };

    std::vector<std::uint32_t> opening_of(std::vector<Line> const& lines) const;
    bool was_seen(std::uint32_t article, std::vector<std::uint32_t> const& opening) const;
    void see(Article& article, std::uint64_t hash);
    Slot& slot(std::uint64_t hash);
    Slot const* find_slot(std::uint64_t hash) const;
    bool is_kept(std::uint32_t number) const;
    void grow();

    std::uint16_t today_;
    std::uint32_t articles_ = 0;
    std::vector<KnownLine> known_{};
    std::deque<Article> recent_{};  // oldest first
    std::vector<Slot> slots_{};     // open addressing
    std::size_t used_ = 0;
};

}  // namespace newswired::articles::site

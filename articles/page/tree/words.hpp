// What publishers call the parts of their pages: the words in class, id, role and itemprop.
//
// Names are cut where letters change kind ("articleBody", "post-content", "story__text") and each word is
// looked up in words.inc.  A word is a hint, never a verdict: what it names goes only when enough is left.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace newswired::articles::page {

using Words = std::uint32_t;

enum Word : Words {
    word_comments = 1u << 0,
    word_related = 1u << 1,  ///< teasers of other articles
    word_share = 1u << 2,
    word_newsletter = 1u << 3,
    word_cookies = 1u << 4,
    word_navigation = 1u << 5,
    word_sidebar = 1u << 6,
    word_footer = 1u << 7,
    word_ad = 1u << 8,
    word_byline = 1u << 9,
    word_tags = 1u << 10,
    word_popup = 1u << 11,
    word_hidden = 1u << 12,
    word_promo = 1u << 13,
    word_tools = 1u << 14,  ///< print, rate, log in, search
    word_header = 1u << 15,
    word_caption = 1u << 16,
    word_date = 1u << 17,
    word_title = 1u << 18,
    word_lead = 1u << 19,          ///< standfirst
    word_subject = 1u << 20,       ///< article, post, story, entry
    word_part = 1u << 21,          ///< body, content, text
    word_body = 1u << 22,          ///< a subject followed by a part: "entry-content"
    word_article_body = 1u << 23,  ///< itemprop=articleBody
    word_main = 1u << 24,
    word_widget = 1u << 25,
    word_author_box = 1u << 26,
    word_media = 1u << 27,
    word_neutral = 1u << 28,
    word_ingredients = 1u << 29,  ///< of a recipe
};

/// Reads attributes; remembers what it has read, since pages repeat their class names.
class WordReader {
  public:
    Words read(std::string_view attributes, bool is_heading);

  private:
    Words read_value(std::string_view value);
    Words read_name(std::string_view name);

    std::unordered_map<std::string_view, Words> known_;
};

}  // namespace newswired::articles::page

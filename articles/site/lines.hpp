// Lines: what a site's articles are compared by, line for line of their content_text.
//
// A line that comes again on many pages of a site is seldom quite the same there: "The post … appeared first
// on …" has the article's title in it, "Published 5 March 2024" its date.  So what is the article's own is
// taken out before a line is hashed: its title, its authors and tags, addresses, dates, numbers.  Most lines
// hold none of that and are hashed as they are.  No allocation a line.

#pragma once

#include "articles/article.hpp"
#include "articles/site/numbers.hpp"
#include "core/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace newswired::articles::site {

struct Line {
    std::uint64_t hash = 0;    ///< 48 bits of what is left without the article's own; never 0
    std::uint32_t weight = 0;  ///< about how many letters that is; a Chinese character counts as two
    bool has_own = false;      ///< the article's title or an address stood in it
    bool varies = false;       ///< it held numbers that are no date: perhaps the news itself
};

/// About how many letters `text` has; a Chinese character counts as two.
std::uint32_t weight_of(std::string_view text);

/// 48 bits, never 0.
std::uint64_t hash_of(std::string_view text);

/// Reads the lines of one article, which must outlive it.
class LineReader {
  public:
    explicit LineReader(Article const& article) : article_{article} {}

    /// `line` is trimmed and not empty.
    Line read(std::string_view line);

  private:
    bool take_out_own(std::string_view line);
    void take_out_tags();
    bool take_out_numbers();

    Article const& article_;
    std::string text_{};     // scratch: the line without what is the article's own
    std::string scratch_{};  // scratch
    NumberEraser numbers_{};
};

/// `line` without the mark of a list item at its beginning.
std::string_view without_bullet(std::string_view line);

/// Calls `each(line)` for every line of content_text that is not empty, trimmed and without its bullet.
template <typename Each>
void for_each_line(std::string_view content_text, Each each) {
    while (!content_text.empty()) {
        auto const end = content_text.find('\n');
        auto const line = without_bullet(trim(content_text.substr(0, end)));
        if (!line.empty()) {
            each(line);
        }
        content_text.remove_prefix(end == std::string_view::npos ? content_text.size() : end + 1);
    }
}

}  // namespace newswired::articles::site

// People: names as bylines and metadata have them, taken apart and cleaned; none of the software's accounts,
// of the site or its departments.

#pragma once

#include "articles/page/metadata/metadata.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::articles::page {

class People {
  public:
    /// `site_name` is nobody's name; it outlives this.
    explicit People(std::string_view site_name) : site_name_{site_name} {}

    /// Adds those that `text`, a line of HTML, names: one string may hold several.  What is no name is left
    /// out, and so is whoever is there already.
    void add(std::string_view text, std::string_view url = {});

    bool empty() const { return found_.empty(); }
    std::vector<Author> take() { return std::move(found_); }

  private:
    std::string_view site_name_;
    std::vector<Author> found_;
};

/// Whether `line` begins as bylines do: "by", "von", "автор:".
bool begins_as_byline(std::string_view line);

/// The text of a piece of HTML.
std::string plain(std::string_view html);

}  // namespace newswired::articles::page

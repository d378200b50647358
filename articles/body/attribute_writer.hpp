// Attributes of sanitised HTML: those of a stranger's start tag that may stay, and as much of their values as
// may.

#pragma once

#include "articles/body/image_attributes.hpp"
#include "articles/body/url_cleaner.hpp"
#include "articles/html/attributes.hpp"

#include <string>
#include <string_view>

namespace newswired::articles {

class AttributeWriter {
  public:
    /// Appends to `html`, which must outlive it.
    AttributeWriter(std::string& html, std::string_view base, Policy policy)
        : html_{html}, urls_{base, policy} {}

    /// The attributes of a start tag; `foreign`: inside <svg> or <math>.
    void write(std::string_view attributes, bool foreign);

    /// Those of an <img>: addresses that a script was to put in place take their place.
    void write_image(std::string_view attributes, ImageAttributes const& image);

    /// The address of the first image so written that has one of http or https; empty when none has.
    std::string const& first_image() const { return first_image_; }

  private:
    using Names = html::AttributeSet;

    void write_others(std::string_view attributes, bool foreign, Names seen);
    void write_value(html::KnownAttribute const& attribute, std::string_view source);
    void note_image(html::KnownAttribute const& attribute, std::string_view url);
    void write_attribute(html::KnownAttribute const& attribute, std::string_view value);

    std::string& html_;
    UrlCleaner urls_;
    std::string decoded_;  // scratch
    bool in_image_ = false;
    std::string first_image_;
};

}  // namespace newswired::articles

// URLs of sanitised HTML: of a scheme that runs nothing, absolute, and for articles without tracking
// parameters.

#pragma once

#include "articles/body/sanitize.hpp"

#include <string>
#include <string_view>

namespace newswired::articles {

class UrlCleaner {
  public:
    /// `base`: absolute, or empty: relative URLs stay as they are.
    UrlCleaner(std::string_view base, Policy policy) : base_{base}, policy_{policy} {}

    /// The URL that an attribute's (decoded) value stands for; empty when it may not stay.  Often a view into
    /// `value`; else good until the next call.
    std::string_view clean(std::string_view value);

    /// The same for a list of images, "a.jpg 1x, b.jpg 2x".
    std::string clean_set(std::string_view value);

  private:
    std::string_view base_;
    Policy policy_;
    std::string made_;
};

}  // namespace newswired::articles

// The sanitiser's workings: tokens in, balanced allow-listed HTML out.  sanitize.hpp is the door.

#pragma once

#include "articles/html/tokenizer.hpp"
#include "articles/sanitize.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles {

class Sanitizer {
  public:
    /// Appends to `out`, which must outlive it.
    Sanitizer(std::string& out, std::string_view base, Policy policy)
        : out_{out}, base_{base}, policy_{policy} {}

    void run(std::string_view html);

  private:
    // Deeper than any page that a person wrote; what is deeper keeps its text.
    static constexpr std::size_t kMaxDepth = 256;

    void text(std::string_view source);
    void start_tag(html::Token const& token);
    void end_tag(html::Token const& token);
    bool goes_with_content(html::ElementId element);
    void drop_content(html::ElementId element);
    bool is_allowed(html::ElementId element) const;
    void close_implied(html::ElementId element);
    void close_to(std::size_t depth);
    void write_start(html::Token const& token);
    void write_attributes(html::Token const& token);
    void write_known_attribute(std::string_view name, std::string_view source, bool foreign);
    void write_attribute(std::string_view name, std::string_view value);
    std::string clean_url(std::string_view value) const;
    std::string clean_srcset(std::string_view value) const;
    bool is_pixel(html::Token const& token) const;
    std::size_t find_open(html::ElementId element) const;

    std::string& out_;
    std::string_view base_;
    Policy policy_;
    html::Tokenizer* tokens_ = nullptr;
    bool noscript_repeats_ = false;  // the image before was lazy, and is repeated for those without scripts
    std::vector<html::ElementId> never_end_;  // elements whose end tags have run out
    std::vector<html::ElementId> open_;
    std::size_t foreign_ = 0;             // depth + 1 of the open <svg> or <math>; 0: none
    std::vector<std::string_view> seen_;  // scratch: the attributes of the tag at hand
    std::string decoded_;                 // scratch
};

}  // namespace newswired::articles

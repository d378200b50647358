// The elements that are open at a place of sanitised HTML, and which of them a tag closes by itself.

#pragma once

#include "articles/html/tags.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace newswired::articles {

class OpenElements {
  public:
    // Deeper than any page that a person wrote; what is deeper keeps its text.
    static constexpr std::size_t kMaxDepth = 256;

    std::size_t depth() const { return depth_; }
    bool is_full() const { return depth_ == kMaxDepth; }
    html::ElementId operator[](std::size_t place) const { return elements_[place]; }
    html::ElementId innermost() const { return elements_[depth_ - 1]; }

    /// Not when it is full.
    void open(html::ElementId element) {
        elements_[depth_++] = element;
        ++counts_[element];
    }
    /// Not when none is open.
    void close() { --counts_[elements_[--depth_]]; }

    bool holds(html::ElementId element) const { return counts_[element] > 0; }
    /// The place of the innermost such element.
    std::optional<std::size_t> find(html::ElementId element) const;

  private:
    std::array<html::ElementId, kMaxDepth> elements_;
    std::size_t depth_ = 0;
    std::array<std::uint16_t, html::kElementCount> counts_{};
};

/// The depth that a start tag of `element` leaves open (HTML Living Standard, 13.2.6.4.7, as far as it
/// matters here): a list item ends the one before it, a block ends a paragraph.
std::size_t depth_before(OpenElements const& open, html::ElementId element);

/// The depth that an end tag of `element` leaves open; none when it closes nothing.
std::optional<std::size_t> depth_after(OpenElements const& open, html::ElementId element);

}  // namespace newswired::articles

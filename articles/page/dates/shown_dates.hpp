// Dates as the page shows them to readers: beside the headline, in <time>, in what is named a date, in text.

#pragma once

#include "articles/page/tree/tree.hpp"

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// How a page writes days.
struct DayOrder {
    bool month_first = false;
};

/// What 3/4/2020 means: what the page's own unmistakable dates say, else its language and address.
DayOrder day_order(Tree const& tree, std::string_view language, std::string_view url);

/// A date in any form, from attributes, <meta> or text; empty when `text` is none.
std::string any_date(std::string_view text, DayOrder order);

/// Dates near the headline; either may be empty.
struct BesideHeadline {
    std::string published{};
    std::string changed{};  ///< a word says that it is of a change
};

class ShownDates {
  public:
    ShownDates(Tree const& tree, DayOrder order);

    /// The nearest ones.
    BesideHeadline beside_headline() const;

    /// These look where the article surely is, or (not careful) everywhere but in comments.
    std::string in_time_element(bool careful) const;
    std::string in_named_part(bool careful) const;
    std::string in_text(bool careful) const;

    /// Behind a word that says what it is, behind the headline: "Published: May 25, 2025".
    std::string labelled_as_published() const;

    /// Of elements with this itemprop.
    std::string in_property(std::string_view property, bool careful) const;

  private:
    bool elsewhere(NodeId id, bool careful) const;
    std::string of_node(NodeId id) const;
    bool stands_in_sentence(NodeId id) const;
    std::string line_around(NodeId id) const;

    Tree const& tree_;
    DayOrder order_;
    NodeId headline_;
};

}  // namespace newswired::articles::page

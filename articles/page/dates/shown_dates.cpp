#include "articles/page/dates/shown_dates.hpp"

#include "articles/page/dates/dates.hpp"
#include "articles/page/dates/labels.hpp"
#include "articles/page/tree/headline.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {

using namespace html;

namespace {

// A line with a date in it; what is longer is a sentence.
constexpr std::size_t kLongestLine = 90;
// How many nodes may stand between a headline and its date.
constexpr NodeId kBehind = 140;
constexpr NodeId kBefore = 30;
// A date above a headline is its own only when it stands close: there are also today's date and other
// teasers.
constexpr NodeId kWeightBefore = 3;

std::string as_time(std::string day) {
    return day.empty() ? day : day + "T00:00:00";
}

// One look at each piece of text for d/d/yyyy.
void count_orders(std::string_view text, int& month_first, int& day_first) {
    for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
        auto number_before = [&](std::size_t end) {
            return end >= 2 && is_digit(text[end - 1]) && is_digit(text[end - 2]) &&
                           (end < 3 || !is_digit(text[end - 3]))
                       ? (text[end - 2] - '0') * 10 + text[end - 1] - '0'
                       : 0;
        };
        if (at + 8 > text.size() || text[at + 3] != '/' || !is_digit(text[at + 4]) ||
            !is_digit(text[at + 7])) {
            continue;
        }
        auto const first = number_before(at);
        auto const second = number_before(at + 3);
        if (first > 12 && first <= 31 && second >= 1 && second <= 12) {
            ++day_first;
        } else if (second > 12 && second <= 31 && first >= 1 && first <= 12) {
            ++month_first;
        }
    }
}

}  // namespace

DayOrder day_order(Tree const& tree, std::string_view language, std::string_view url) {
    auto month_first = 0;
    auto day_first = 0;
    for (NodeId i = 1; i < tree.size(); ++i) {
        if (tree[i].kind == Node::Kind::text) {
            count_orders(tree[i].source, month_first, day_first);
        }
    }
    if (month_first != day_first) {
        return {.month_first = month_first > day_first};
    }
    if (!language.empty() && !starts_with_ignoring_case(language, "en")) {
        return {.month_first = false};
    }
    for (std::string_view const country : {".uk/", ".au/", ".nz/", ".ie/", ".in/", ".za/", ".de/", ".fr/"}) {
        if (url.find(country) != std::string_view::npos) {
            return {.month_first = false};
        }
    }
    return {.month_first =
                !equal_ignoring_case(language, "en-gb") && !equal_ignoring_case(language, "en-au")};
}

std::string any_date(std::string_view text, DayOrder order) {
    if (text.size() < 6) {
        return {};
    }
    if (text.size() >= 10 && is_digit(text[3]) && text[4] == '-') {
        if (auto date = stated_date(text); !date.empty()) {
            return date;
        }
    }
    auto const whole = stated_date(text);
    if (auto const day = day_in_text(text, order.month_first); !day.empty()) {
        return whole.starts_with(day) ? whole : as_time(day);  // with its time, when they agree
    }
    return whole;
}

ShownDates::ShownDates(Tree const& tree, DayOrder order)
    : tree_{tree}, order_{order}, headline_{find_headline(tree)} {}

// Whether what stands there dates something else: a comment, a teaser, the site.  What holds the headline too
// is none of these, whatever it is called.
bool ShownDates::elsewhere(NodeId id, bool careful) const {
    Words const unwanted =
        careful ? word_comments | word_related | word_sidebar | word_footer | word_navigation : word_comments;
    for (; id != kNone && !(headline_ != kNone && tree_.contains(id, headline_)); id = tree_[id].parent) {
        auto const& node = tree_[id];
        if ((node.words & unwanted) != 0 && !node.is(tag_body) && !node.is(tag_html)) {
            return true;
        }
        // A quotation has the date of what it quotes.
        if (careful &&
            (node.is(tag_footer) || node.is(tag_aside) || node.is(tag_nav) || node.is(tag_blockquote))) {
            return true;
        }
    }
    return false;
}

std::string ShownDates::of_node(NodeId id) const {
    auto const& node = tree_[id];
    if (node.is(tag_time)) {
        return any_date(tree_.attribute(id, "datetime"), order_);
    }
    if (node.kind == Node::Kind::element) {
        // Microformats, and what a script would write.
        auto const marked =
            (node.words & word_date) != 0 || node.source.find("data-date") != std::string_view::npos;
        for (auto const* const key : {"title", "data-date", "data-datetime"}) {
            if (auto date = marked ? any_date(tree_.attribute(id, key), order_) : std::string{};
                !date.empty()) {
                return date;
            }
        }
    }
    if (node.kind == Node::Kind::element || node.source.size() < 6) {
        return {};
    }
    auto const text = trim(node.source);
    return text.size() > kLongestLine ? std::string{} : as_time(day_in_text(text, order_.month_first));
}

// A day that a sentence speaks of.
bool ShownDates::stands_in_sentence(NodeId id) const {
    auto block = tree_[id].parent;
    while (block != kNone && (tree_[block].element == kUnknown || !has(tree_[block].element, B))) {
        block = tree_[block].parent;
    }
    constexpr std::size_t kShortestSentence = 160;
    return block != kNone && tree_[block].is(tag_p) &&
           tree_.text(block, kShortestSentence).size() >= kShortestSentence;
}

// The word that says what a date is may stand in elements around it.
std::string ShownDates::line_around(NodeId id) const {
    constexpr std::size_t kLongestLabelled = 60;
    constexpr NodeId kMostParts = 12;
    std::string line;
    for (auto at = id; at != kNone && tree_[at].end - at <= kMostParts; at = tree_[at].parent) {
        auto text = tree_[at].kind == Node::Kind::text ? std::string{trim(tree_[at].source)}
                                                       : tree_.text(at, kLongestLabelled + 1);
        if (text.size() > kLongestLabelled && at != id) {
            break;
        }
        line = std::move(text);
    }
    return line;
}

BesideHeadline ShownDates::beside_headline() const {
    if (headline_ == kNone) {
        return {};
    }
    auto const end = tree_[headline_].end;
    auto const begin = headline_ > kBefore ? headline_ - kBefore : 1;
    BesideHeadline found;
    auto distance = kNone;
    for (auto i = begin; i < std::min(tree_.size(), end + kBehind); ++i) {
        if (i >= headline_ && i < end) {
            continue;
        }
        auto const away = i < headline_ ? (headline_ - i) * kWeightBefore : i - end;
        if (away >= distance) {
            continue;
        }
        auto date = of_node(i);
        if (date.empty() || elsewhere(i, true) || stands_in_sentence(i)) {
            continue;
        }
        if (tells_of_change(line_around(i))) {
            found.changed = found.changed.empty() ? date : found.changed;
        } else {
            found.published = std::move(date);
            distance = away;
        }
    }
    return found;
}

std::string ShownDates::in_property(std::string_view property, bool careful) const {
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.kind != Node::Kind::element || node.is(tag_meta) ||
            find_ignoring_case(node.source, property) == std::string_view::npos ||
            tree_.attribute(i, "itemprop").find(property) == std::string::npos || elsewhere(i, careful)) {
            continue;
        }
        for (auto const* const key : {"content", "datetime"}) {
            if (auto date = any_date(tree_.attribute(i, key), order_); !date.empty()) {
                return date;
            }
        }
        if (auto date = any_date(tree_.text(i, 120), order_); !date.empty()) {
            return date;
        }
    }
    return {};
}

std::string ShownDates::in_time_element(bool careful) const {
    std::string first;
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.is(tag_time) && !elsewhere(i, careful)) {
            auto date = any_date(tree_.attribute(i, "datetime"), order_);
            if (date.empty()) {
                date = any_date(tree_.text(i, 120), order_);
            }
            if (date.empty()) {
                continue;
            }
            auto const marked = tree_.has_attribute(i, "pubdate") ||
                                find_ignoring_case(node.source, "publish") != std::string_view::npos ||
                                find_ignoring_case(node.source, "entry-date") != std::string_view::npos;
            if (marked) {
                return date;
            }
            if (first.empty() && find_ignoring_case(node.source, "updated") == std::string_view::npos) {
                first = date;
            }
        } else if ((node.is(tag_abbr) || node.is(tag_span)) && (node.words & word_date) != 0 &&
                   !elsewhere(i, careful)) {
            if (auto date = any_date(tree_.attribute(i, "title"), order_); !date.empty()) {
                return date;
            }
        }
    }
    return first;
}

std::string ShownDates::in_named_part(bool careful) const {
    for (NodeId i = 1; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.kind != Node::Kind::element || (node.words & (word_date | word_byline)) == 0 ||
            elsewhere(i, careful)) {
            continue;
        }
        auto const text = tree_.text(i, 160);
        if (text.size() > 150) {
            continue;
        }
        if (auto date = as_time(day_in_text(text, order_.month_first)); !date.empty()) {
            return date;
        }
    }
    return {};
}

std::string ShownDates::labelled_as_published() const {
    constexpr std::size_t kLongestLabel = 60;
    constexpr NodeId kNear = 6;
    for (NodeId i = headline_ == kNone ? 1 : headline_; i < tree_.size(); ++i) {
        auto const& node = tree_[i];
        if (node.kind != Node::Kind::text || node.source.size() > kLongestLabel ||
            !tells_of_publishing(node.source) || elsewhere(i, false)) {
            continue;
        }
        for (auto at = i; at < std::min(tree_.size(), i + kNear); ++at) {
            if (auto date = of_node(at); !date.empty()) {
                return date;
            }
        }
    }
    return {};
}

// The first short text after the headline that names a day, else the first of all.
std::string ShownDates::in_text(bool careful) const {
    NodeId from = 1;
    for (NodeId i = 1; i < tree_.size(); ++i) {
        if (tree_[i].is(tag_h1)) {
            from = i;
            break;
        }
    }
    for (auto const begin : {from, NodeId{1}}) {
        for (auto i = begin; i < tree_.size(); ++i) {
            auto const& node = tree_[i];
            // A short script may write nothing but the date.
            constexpr std::size_t kLongestScript = 100;
            auto const shows = node.kind == Node::Kind::text || (!careful && node.kind == Node::Kind::raw &&
                                                                 node.source.size() < kLongestScript);
            if (!shows || node.source.size() < 8 || elsewhere(i, careful)) {
                continue;
            }
            auto const start = node.source.substr(0, node.source.size() > 120 ? 40 : 120);
            if (auto date = as_time(day_in_text(start, order_.month_first)); !date.empty()) {
                return date;
            }
        }
        if (begin == 1) {
            break;
        }
    }
    return {};
}

}  // namespace newswired::articles::page

#include "articles/body/open_elements.hpp"

#include <algorithm>
#include <initializer_list>

namespace newswired::articles {

using namespace html;

namespace {

using Tags = std::initializer_list<Tag>;

bool is_any(ElementId element, Tags tags) {
    return std::find(tags.begin(), tags.end(), element) != tags.end();
}

// The depth without the innermost of `closes`, unless one of `within` stands before it.
std::size_t close_nearest(OpenElements const& open, std::size_t depth, Tags closes, Tags within) {
    if (std::none_of(closes.begin(), closes.end(), [&](Tag tag) { return open.holds(tag); })) {
        return depth;
    }
    for (auto i = depth; i > 0 && !is_any(open[i - 1], within); --i) {
        if (is_any(open[i - 1], closes)) {
            return i - 1;
        }
    }
    return depth;
}

}  // namespace

std::optional<std::size_t> OpenElements::find(ElementId element) const {
    if (holds(element)) {
        for (auto i = depth_; i > 0; --i) {
            if (elements_[i - 1] == element) {
                return i - 1;
            }
        }
    }
    return {};
}

std::size_t depth_before(OpenElements const& open, ElementId element) {
    auto depth = open.depth();
    switch (element) {
        case tag_li:
            depth = close_nearest(open, depth, {tag_li},
                                  {tag_ul, tag_ol, tag_menu, tag_dir, tag_table, tag_td, tag_th});
            break;
        case tag_dt:
        case tag_dd:
            depth = close_nearest(open, depth, {tag_dt, tag_dd}, {tag_dl, tag_table, tag_td, tag_th});
            break;
        case tag_option:
            depth = close_nearest(open, depth, {tag_option}, {tag_select, tag_optgroup});
            break;
        case tag_optgroup:
            depth = close_nearest(open, depth, {tag_optgroup}, {tag_select});
            break;
        case tag_td:
        case tag_th:
            depth = close_nearest(open, depth, {tag_td, tag_th}, {tag_tr, tag_table});
            break;
        case tag_tr:
            depth = close_nearest(open, depth, {tag_tr}, {tag_table});
            break;
        case tag_thead:
        case tag_tbody:
        case tag_tfoot:
            depth = close_nearest(open, depth, {tag_thead, tag_tbody, tag_tfoot}, {tag_table});
            break;
        case tag_a:
            depth = close_nearest(open, depth, {tag_a}, {tag_td, tag_th, tag_table});
            break;
        default:
            break;
    }
    if (has(element, B)) {
        depth = close_nearest(open, depth, {tag_p}, {tag_td, tag_th, tag_table, tag_caption, tag_button});
    }
    return depth;
}

std::optional<std::size_t> depth_after(OpenElements const& open, ElementId element) {
    auto const place = open.find(element);
    // A stray end tag inside a table cell closes nothing outside of it.
    auto const leaves_cells =
        is_any(element, {tag_table, tag_tr, tag_tbody, tag_thead, tag_tfoot}) || has(element, S | M);
    if (!place || leaves_cells) {
        return place;
    }
    for (auto i = open.depth(); i > *place + 1; --i) {
        if (is_any(open[i - 1], {tag_td, tag_th})) {
            return {};
        }
    }
    return place;
}

}  // namespace newswired::articles

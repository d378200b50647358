#include "articles/site/judge.hpp"

#include <algorithm>
#include <cstddef>

namespace newswired::articles::site {
namespace {

// "One sighting is too few": measured, two others and no fewer.
constexpr std::uint32_t kOthers = 2;
// A short line may be anybody's ("Thank you."), so it must be in so many of the site's articles …
constexpr std::uint32_t kShort = 40;
constexpr double kShareOfShort = 0.5;
// … or in some of them, and beside something that goes.
constexpr double kShareBeside = 0.25;
// What the reports on one matter repeat is in few of all articles.
constexpr double kShareOfProse = 0.15;
constexpr double kShareInside = 0.25;
constexpr std::uint32_t kOthersInside = 3;
constexpr double kShareOfFew = 0.5;  // when there are fewer others
constexpr double kLinky = 0.4;
constexpr double kAllLink = 0.7;
// A credit line or a date may stand between what goes; text after which nothing goes is the article's end.
constexpr std::uint32_t kLongestGap = 30;
constexpr int kGaps = 1;
constexpr std::uint32_t kLongestTeaser = 300;
constexpr std::uint32_t kLongestTeaserTitle = 150;
constexpr std::uint32_t kShortestTitle = 12;
// Parts of the whole that may go, so that what the site's articles mostly consist of stays.
constexpr double kMostProse = 0.5;
constexpr double kMostInside = 0.3;
constexpr double kMostVarying = 0.2;
constexpr double kMostTeasers = 0.5;
constexpr double kMostTeasersBelow = 0.75;  // of what stands below something that surely goes

class Judge {
  public:
    explicit Judge(std::vector<Facts> const& blocks) : blocks_{blocks}, goes_(blocks.size()) {
        for (auto const& block : blocks) {
            total_ += block.weight;
        }
    }

    std::vector<bool> run();

  private:
    enum class Place { edge, inside };

    bool is_linky(Facts const& block) const {
        return block.has_own || block.link_weight >= kLinky * block.weight;
    }
    bool is_prose(std::size_t i) const { return blocks_[i].weight >= kShort && !is_linky(blocks_[i]); }
    bool is_known(Facts const& block) const {
        return block.weight > 0 && block.others >= kOthers && !block.is_fixed;
    }
    bool goes_at_edge(std::size_t i, bool beside) const;
    bool goes_inside(Facts const& block) const;
    bool is_teaser(std::size_t i) const;
    void judge_end();
    void judge_teasers(std::size_t above, std::size_t below);
    void judge_titles();
    void judge_beginning();
    void judge_inside();
    bool introduces(std::size_t i) const;
    void keep_headings();
    void keep_lists();
    template <typename Test>
    void keep_if_most(double most, Test test);
    std::size_t next_text(std::size_t i) const;
    std::uint32_t weight_going() const;

    std::vector<Facts> const& blocks_;
    std::vector<bool> goes_;
    std::uint32_t total_ = 0;
    std::size_t first_ = 0;  // the middle: [first_, last_)
    std::size_t last_ = 0;
};

std::vector<bool> Judge::run() {
    last_ = blocks_.size();
    judge_end();
    judge_titles();
    judge_beginning();
    judge_inside();
    keep_lists();
    keep_if_most(kMostProse, [&](std::size_t i) { return is_prose(i) && is_known(blocks_[i]); });
    keep_if_most(kMostVarying, [&](std::size_t i) { return blocks_[i].varies; });
    keep_headings();
    if (weight_going() == total_) {
        goes_.assign(goes_.size(), false);
    }
    return std::move(goes_);
}

bool Judge::goes_at_edge(std::size_t i, bool beside) const {
    auto const& block = blocks_[i];
    if (!is_known(block)) {
        return false;
    }
    if (is_linky(block)) {
        return true;
    }
    if (block.weight >= kShort) {
        return block.share >= kShareOfProse;
    }
    return block.share >= kShareOfShort || (beside && block.share >= kShareBeside);
}

bool Judge::goes_inside(Facts const& block) const {
    if (!is_known(block) || block.is_heading || block.share < kShareInside) {
        return false;
    }
    auto const all_link = block.link_weight >= kAllLink * block.weight;
    return all_link ||
           (block.weight >= kShort && (block.others >= kOthersInside || block.share >= kShareOfFew));
}

// Something about another article: its title, the beginning of its text, or a link to it.
bool Judge::is_teaser(std::size_t i) const {
    auto const& block = blocks_[i];
    if (block.weight == 0 || block.weight > kLongestTeaser || block.is_fixed) {
        return false;
    }
    if (block.is_other_title || block.trails_off) {
        return true;
    }
    if (block.links_to_site && block.link_weight >= kAllLink * block.weight) {
        return true;
    }
    // The line above a teaser's text is its title.
    auto const next = next_text(i);
    return block.weight <= kLongestTeaserTitle && next < blocks_.size() && blocks_[next].trails_off &&
           blocks_[next].weight <= kLongestTeaser;
}

std::size_t Judge::next_text(std::size_t i) const {
    do {
        ++i;
    } while (i < blocks_.size() && blocks_[i].weight == 0);
    return i;
}

// From the last block upwards, as long as blocks go or little stands between those that do.
void Judge::judge_end() {
    int gaps = 0;
    bool beside = false;
    auto teasers_end = blocks_.size();
    for (auto i = blocks_.size(); i-- > 0;) {
        auto const& block = blocks_[i];
        if (goes_at_edge(i, beside)) {
            goes_[i] = true;
            judge_teasers(i, teasers_end);
            teasers_end = last_ = i;
            beside = true;
            gaps = 0;
        } else if (block.weight > 0 && !is_teaser(i)) {
            beside = false;
            if (block.weight > kLongestGap || block.is_heading || ++gaps > kGaps) {
                break;
            }
        }
    }
    keep_if_most(kMostTeasersBelow, [&](std::size_t i) { return !is_known(blocks_[i]); });
}

// What stands under block number `above`, which goes, and before `below`.  A text that trails off is a teaser
// only under a short line such as "Related"; under a newsletter's pitch it may be the article's last
// sentence.
void Judge::judge_teasers(std::size_t above, std::size_t below) {
    auto const under_heading = blocks_[above].weight < kShort;
    for (auto i = above + 1; i < below; ++i) {
        auto const& block = blocks_[i];
        goes_[i] =
            goes_[i] || (is_teaser(i) && (under_heading || block.is_other_title || block.links_to_site));
    }
}

// Titles of other articles at the end, each perhaps with the beginning of its text, though nothing known
// stands above them.
void Judge::judge_titles() {
    std::vector<std::size_t> going;
    std::uint32_t weight = 0;
    auto i = last_;
    while (i > 0) {
        auto const title = blocks_[i - 1].trails_off && i > 1 ? i - 2 : i - 1;
        if (!blocks_[title].is_other_title || blocks_[title].weight < kShortestTitle) {
            break;
        }
        for (auto one = title; one < i; ++one) {
            going.push_back(one);
            weight += blocks_[one].weight;
        }
        i = title;
    }
    if (weight > kMostTeasers * total_) {
        return;  // an article about other articles
    }
    for (auto const one : going) {
        goes_[one] = true;
        last_ = std::min(last_, one);
    }
}

// A short line that stands above a list, a table or other short lines: "Ingredients", "The results:".
bool Judge::introduces(std::size_t i) const {
    auto const& block = blocks_[i];
    auto const next = next_text(i);
    if (block.weight >= kShort || block.has_own || next == blocks_.size() || goes_[next]) {
        return false;
    }
    auto const& below = blocks_[next];
    auto const is_list = (below.list != 0 && below.list != block.list) || below.is_fixed;
    return is_list ? !is_linky(below) : !is_known(below) && below.weight < kShort;
}

void Judge::judge_beginning() {
    int gaps = 0;
    bool beside = false;
    for (std::size_t i = 0; i < last_; ++i) {
        if (blocks_[i].weight == 0) {
            continue;
        }
        if (goes_at_edge(i, beside) && !introduces(i)) {
            goes_[i] = true;
            first_ = i + 1;
            beside = true;
            gaps = 0;
        } else if (blocks_[i].weight <= kLongestGap && gaps < kGaps) {
            ++gaps;
            beside = false;
        } else {
            break;
        }
    }
}

void Judge::judge_inside() {
    std::uint32_t weight = 0;
    std::vector<std::size_t> going;
    for (auto i = first_; i < last_; ++i) {
        if (!goes_[i] && goes_inside(blocks_[i])) {
            going.push_back(i);
            weight += blocks_[i].weight;
        }
    }
    if (weight <= kMostInside * total_) {
        for (auto const i : going) {
            goes_[i] = true;
        }
    }
}

// A heading goes with what it stands above, or as the last thing there is.
void Judge::keep_headings() {
    for (auto i = blocks_.size(); i-- > 0;) {
        if (goes_[i] && blocks_[i].is_heading && !blocks_[i].has_own) {
            auto const next = next_text(i);
            goes_[i] = next >= blocks_.size() || goes_[next];
        }
    }
}

// A list goes as a whole or not at all, but for its links.
void Judge::keep_lists() {
    for (std::size_t i = 0; i < blocks_.size();) {
        auto end = i + 1;
        while (end < blocks_.size() && blocks_[end].list == blocks_[i].list) {
            ++end;
        }
        auto stays = [&](std::size_t k) { return !goes_[k] && blocks_[k].weight > 0; };
        bool whole = true;
        for (auto k = i; k < end; ++k) {
            whole = whole && !stays(k);
        }
        for (auto k = i; k < end && blocks_[i].list != 0 && !whole; ++k) {
            goes_[k] = goes_[k] && is_linky(blocks_[k]);
        }
        i = end;
    }
}

// What is `test` stays when it is more than `most` of the whole.
template <typename Test>
void Judge::keep_if_most(double most, Test test) {
    std::uint32_t weight = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        weight += goes_[i] && test(i) ? blocks_[i].weight : 0;
    }
    if (weight > most * total_) {
        for (std::size_t i = 0; i < blocks_.size(); ++i) {
            goes_[i] = goes_[i] && !test(i);
        }
    }
}

std::uint32_t Judge::weight_going() const {
    std::uint32_t weight = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        weight += goes_[i] ? blocks_[i].weight : 0;
    }
    return weight;
}

}  // namespace

std::vector<bool> judge(std::vector<Facts> const& blocks) {
    return Judge{blocks}.run();
}

}  // namespace newswired::articles::site

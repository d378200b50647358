#include "articles/page/body/copies.hpp"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace newswired::articles::page {

using namespace html;

namespace {

// A refrain, a notice, the steps of an exercise may come again.
constexpr std::uint32_t kShortestCopy = 800;
constexpr std::size_t kFewestBlocks = 3;
// Blocks that are compared in vain: a page made of thousands that look alike is not looked at any longer.
constexpr std::size_t kMostCompared = 200'000;

struct Block {
    NodeId id = 0;
    std::uint64_t looks = 0;  // equal for equal texts, seldom for others
    std::uint32_t length = 0;
};

std::vector<Block> blocks_of(Tree const& tree, std::vector<Measure> const& measures, NodeId article) {
    std::vector<Block> blocks;
    for (auto i = article + 1; i < tree[article].end;) {
        auto const& node = tree[i];
        auto const& m = measures[i];
        auto const whole = m.text > 0 && m.own_text == m.text && !node.dropped;
        if (whole) {
            auto const looks = std::uint64_t{m.own_text} << 32 | std::uint64_t{m.own_commas & 0xFFFF} << 16 |
                               (m.own_link & 0xFFFF);
            blocks.push_back({i, looks, m.own_text});
        }
        // Rows of a table may well be alike.
        i = whole || node.dropped || node.is(tag_table) ? node.end : i + 1;
    }
    return blocks;
}

// Most articles have no two blocks of one look.
bool may_repeat(std::vector<Block> const& blocks) {
    std::vector<std::uint64_t> looks;
    looks.reserve(blocks.size());
    for (auto const& block : blocks) {
        looks.push_back(block.looks);
    }
    std::sort(looks.begin(), looks.end());
    std::size_t equal = 0;
    for (std::size_t i = 1; i < looks.size(); ++i) {
        equal += looks[i] == looks[i - 1] ? 1 : 0;
    }
    return equal >= kFewestBlocks;
}

// How many blocks from `at` on are those from `before` on.
std::size_t run(Tree const& tree, std::vector<Block> const& blocks, std::size_t before, std::size_t at,
                std::size_t& compared) {
    std::size_t count = 0;
    std::uint32_t length = 0;
    while (at + count < blocks.size() && before + count < at &&
           blocks[at + count].looks == blocks[before + count].looks) {
        length += blocks[at + count].length;
        ++count;
    }
    compared += count;
    if (count < kFewestBlocks || length < kShortestCopy) {
        return 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (tree.text(blocks[at + i].id) != tree.text(blocks[before + i].id)) {
            return 0;
        }
    }
    return count;
}

}  // namespace

void drop_copies(Tree& tree, std::vector<Measure> const& measures, NodeId article) {
    auto const blocks = blocks_of(tree, measures, article);
    if (!may_repeat(blocks)) {
        return;
    }
    std::unordered_map<std::uint64_t, std::size_t> first;
    std::size_t compared = 0;
    for (std::size_t i = 0; i < blocks.size() && compared < kMostCompared;) {
        auto const [place, is_new] = first.try_emplace(blocks[i].looks, i);
        auto const count = is_new ? 0 : run(tree, blocks, place->second, i, compared);
        for (std::size_t copy = i; copy < i + count; ++copy) {
            tree[blocks[copy].id].dropped = true;
        }
        i += count == 0 ? 1 : count;
    }
}

}  // namespace newswired::articles::page

// What a page shows beside its text: the half of verdict.hpp that looks at the tree.

#pragma once

#include "articles/page/tree/tree.hpp"
#include "articles/page/verdict/signs.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::page {

struct Circumstances {
    std::vector<std::string> names{};  ///< parts of the title, first headings; fold_case()
    std::string all_text{};            ///< visible text, fold_case(), as far as the first kMaxText letters
    std::uint32_t letters = 0;         ///< of the visible text, all of it
    std::vector<std::string>
        blocks{};  ///< short blocks, but for those of navigation and teasers; fold_case()
    std::vector<std::string> labels{};  ///< links and buttons as a whole; fold_case()
    std::string noscript{};             ///< what those without script are told; fold_case()
    std::string refresh_to{};           ///< <meta http-equiv=refresh> that comes at once: where to
    bool asks_password = false;
    bool has_wall = false;         ///< a part of it is called a paywall
    bool costs_money = false;      ///< it tells machines that its article is not for free
    bool is_served_whole = false;  ///< … but what is not for free is there all the same
    bool has_scripts = false;

    static constexpr std::size_t kMaxText = 20'000;
    static constexpr std::size_t kMaxBlocks = 400;
};

Circumstances look_around(Tree const& tree);

}  // namespace newswired::articles::page

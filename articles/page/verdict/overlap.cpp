#include "articles/page/verdict/overlap.hpp"

#include "articles/unicode.hpp"
#include "core/hash.hpp"
#include "core/text.hpp"

#include <array>
#include <string>

namespace newswired::articles::page {
namespace {

// Shorter words are in every text.
constexpr std::size_t kShortest = 5;
// … but for numbers, which hardly are.
constexpr std::size_t kShortestNumber = 3;

bool is_number(std::u32string const& word) {
    return word.find_first_not_of(U"0123456789") == std::u32string::npos;
}

std::uint64_t hash_of(std::u32string_view word) {
    return xxh3({reinterpret_cast<char const*>(word.data()), word.size() * sizeof(char32_t)});
}

}  // namespace

void TellingWords::add(std::string_view text) {
    std::u32string run;
    auto kind = Script::none;
    auto take = [&] {
        auto const piece = kind == Script::dense ? std::size_t{2} : std::size_t{4};
        if (kind == Script::alphabetic) {
            if (run.size() >= kShortest || (run.size() >= kShortestNumber && is_number(run))) {
                words_.insert(hash_of(run));
            }
        } else if (kind != Script::none && run.size() >= piece) {
            for (std::size_t i = 0; i + piece <= run.size(); ++i) {
                words_.insert(hash_of(std::u32string_view{run}.substr(i, piece)));
            }
        }
        run.clear();
    };
    for (std::size_t place = 0; place < text.size() && words_.size() < kMaxWords;) {
        auto const c = fold_case(next_code_point(text, place));
        auto const script = script_of(c);
        if (script != kind) {
            take();
            kind = script;
        }
        run += c;
    }
    take();
}

double TellingWords::found_in(TellingWords const& other) const {
    if (words_.empty()) {
        return 0;
    }
    std::size_t found = 0;
    for (auto const word : words_) {
        found += other.words_.contains(word) ? 1 : 0;
    }
    return double(found) / double(words_.size());
}

}  // namespace newswired::articles::page

#include "storage/shelves/dead_letters.hpp"

#include "storage/keys.hpp"
#include "storage/values.hpp"

#include <algorithm>
#include <utility>

namespace newswired::storage {

Result<std::size_t> add_dead_letter(Tables& tables, std::string const& sink, DeadLetter const& letter,
                                    std::size_t most) {
    auto const own = dead_key(sink, letter.seq);
    std::vector<std::string> keys{own};
    auto const take = [&](std::string_view key, std::string_view) {
        if (key != own) {
            keys.emplace_back(key);
        }
        return true;
    };
    auto const visited = tables.visit(kDefault, dead_prefix(sink), dead_prefix(sink), take);
    if (!visited) {
        return visited.error();
    }
    std::sort(keys.begin(), keys.end());
    auto const surplus = keys.size() - std::min(keys.size(), most);
    Batch batch;
    batch.push_back({.family = kDefault, .key = own, .value = encode(letter)});
    for (std::size_t i = 0; i < surplus; ++i) {
        batch.push_back({.family = kDefault, .key = keys[i]});
    }
    auto const written = tables.write(std::move(batch), true);
    return written ? Result<std::size_t>{surplus} : Result<std::size_t>{written.error()};
}

Result<std::vector<DeadLetter>> read_dead_letters(Tables const& tables, std::string const& sink,
                                                  std::uint64_t after, std::size_t max_count) {
    std::vector<DeadLetter> letters;
    auto const prefix = dead_prefix(sink);
    auto const take = [&](std::string_view key, std::string_view value) {
        if (letters.size() == max_count) {
            return false;
        }
        auto const seq = number_at(key.substr(prefix.size()));
        if (auto letter = decode_dead(seq, value); letter && seq > after) {
            letters.push_back(std::move(*letter));
        }
        return true;
    };
    auto const visited = tables.visit(kDefault, dead_key(sink, after), prefix, take);
    return visited ? Result<std::vector<DeadLetter>>{std::move(letters)} : visited.error();
}

Result<void> remove_dead_letters(Tables& tables, std::string const& sink,
                                 std::vector<std::uint64_t> const& seqs) {
    Batch batch;
    for (auto const seq : seqs) {
        batch.push_back({.family = kDefault, .key = dead_key(sink, seq)});
    }
    return tables.write(std::move(batch), false);
}

}  // namespace newswired::storage

#include "feeds/arena.hpp"

#include <algorithm>

namespace newswired::feeds {

void Arena::use(std::size_t chunk) {
    current_ = chunk;
    at_ = chunks_[chunk].bytes.get();
    end_ = at_ + chunks_[chunk].size;
}

void* Arena::allocate_elsewhere(std::size_t size, std::size_t alignment) {
    auto const needed = size + alignment;
    while (current_ + 1 < chunks_.size()) {  // left over from before a rewind
        use(current_ + 1);
        if (needed <= chunks_[current_].size) {
            return allocate(size, alignment);
        }
    }
    auto const usual = chunks_.empty() ? kFirstChunk : std::min(chunks_.back().size * 2, kLargestChunk);
    auto const room = std::max(usual, needed);
    // new char[] rather than make_unique, which would fill it with zeros.
    chunks_.push_back({std::unique_ptr<char[]>{new char[room]}, room});
    use(chunks_.size() - 1);
    return allocate(size, alignment);
}

void Arena::rewind(Mark const& mark) {
    if (mark.at == nullptr) {  // taken before there was any memory
        if (!chunks_.empty()) {
            use(0);
        }
        return;
    }
    use(mark.chunk);
    at_ = mark.at;
}

}  // namespace newswired::feeds

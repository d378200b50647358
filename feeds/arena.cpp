#include "feeds/arena.hpp"

#include <algorithm>

namespace newswired::feeds {

void Arena::use(std::size_t chunk, char* from) {
    current_ = chunk;
    at_ = from;
    end_ = chunks_[chunk].bytes.get() + chunks_[chunk].size;
    forbid(at_, static_cast<std::size_t>(end_ - at_));
}

void* Arena::allocate_elsewhere(std::size_t size, std::size_t alignment) {
    auto const needed = size + alignment;
    while (current_ + 1 < chunks_.size()) {  // left over from before a rewind
        use(current_ + 1, chunks_[current_ + 1].bytes.get());
        if (needed <= chunks_[current_].size) {
            return allocate(size, alignment);
        }
    }
    auto const usual = chunks_.empty() ? kFirstChunk : std::min(chunks_.back().size * 2, kLargestChunk);
    auto const room = std::max(usual, needed);
    // new char[] rather than make_unique, which would fill it with zeros.
    chunks_.push_back({std::unique_ptr<char[]>{new char[room]}, room});
    use(chunks_.size() - 1, chunks_.back().bytes.get());
    return allocate(size, alignment);
}

void Arena::rewind(Mark const& mark) {
    if (chunks_.empty()) {
        return;
    }
    for (auto later = mark.chunk + 1; later <= current_; ++later) {
        forbid(chunks_[later].bytes.get(), chunks_[later].size);
    }
    // Without a place, it was taken before there was any memory.
    use(mark.chunk, mark.at != nullptr ? mark.at : chunks_[mark.chunk].bytes.get());
}

}  // namespace newswired::feeds

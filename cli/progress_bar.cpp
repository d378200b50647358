#include "cli/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace newswired::cli {

ProgressBar::ProgressBar() : shown_{::isatty(STDERR_FILENO) == 1} {}

void ProgressBar::show(std::size_t done, std::size_t all, std::string_view note) {
    if (!shown_ || all == 0) {
        return;
    }
    constexpr std::size_t kWidth = 40;
    auto const filled = std::min(done * kWidth / all, kWidth);
    std::string const bar = std::string(filled, '#') + std::string(kWidth - filled, '.');
    std::fprintf(stderr, "\r\x1b[K[%s] %zu/%zu feeds  %.*s", bar.c_str(), done, all, int(note.size()),
                 note.data());
    std::fflush(stderr);
}

void ProgressBar::clear() {
    if (shown_) {
        std::fputs("\r\x1b[K", stderr);
    }
}

}  // namespace newswired::cli

// A progress bar on stderr, when that is a terminal.

#pragma once

#include <cstddef>
#include <string_view>

namespace newswired::cli {

class ProgressBar {
  public:
    ProgressBar();

    bool is_shown() const { return shown_; }
    void show(std::size_t done, std::size_t all, std::string_view note);
    void clear();

  private:
    bool shown_;
};

}  // namespace newswired::cli

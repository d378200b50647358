// Standard output, led elsewhere for a while.

#pragma once

#include <unistd.h>

#include <cstdio>

namespace newswired::test {

/// While it lives, what is written to standard output goes to `descriptor`, which stays the caller's.
class CapturedStdout {
  public:
    explicit CapturedStdout(int descriptor) {
        std::fflush(stdout);
        saved_ = ::dup(STDOUT_FILENO);
        ::dup2(descriptor, STDOUT_FILENO);
    }
    ~CapturedStdout() {
        ::dup2(saved_, STDOUT_FILENO);
        ::close(saved_);
    }
    CapturedStdout(CapturedStdout const&) = delete;
    CapturedStdout& operator=(CapturedStdout const&) = delete;

  private:
    int saved_ = -1;
};

}  // namespace newswired::test

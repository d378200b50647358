// Drives a fuzz target without libFuzzer: newswired_fuzz_X SEEDS INPUTS [FIRST]
//
// Input number n is a seed file, changed by a generator that starts from n: the same inputs every time, on
// every machine.  When one crashes, its number is printed; run again with FIRST = that number and INPUTS = 1,
// or with INPUTS = 0 to have the input itself printed.  An input that takes longer than kMaxSeconds fails
// too: nothing that is read here may take more than linear time.

#include "tests/fuzz/fuzz.hpp"

#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

// Crashes that a sanitizer finds become aborts, so that the number of the input is printed.
extern "C" char const* __asan_default_options() {
    return "abort_on_error=1:detect_leaks=0";
}
extern "C" char const* __ubsan_default_options() {
    return "abort_on_error=1:print_stacktrace=1";
}

namespace {

constexpr double kMaxSeconds = 10;
constexpr std::size_t kMaxSize = 64 * 1024;

unsigned long current_input = 0;

extern "C" void print_input(int number) {
    char text[64];
    auto const length = std::snprintf(text, sizeof text, "input %lu, signal %d\n", current_input, number);
    [[maybe_unused]] auto const written = write(STDERR_FILENO, text, static_cast<std::size_t>(length));
    std::signal(number, SIG_DFL);
    std::raise(number);
}

std::vector<std::string> read_seeds(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::directory_iterator{folder}) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> seeds;
    for (auto const& path : paths) {
        std::ifstream file{path, std::ios::binary};
        seeds.emplace_back(std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{});
    }
    return seeds;
}

class Mutator {
  public:
    Mutator(std::vector<std::string> const& seeds, unsigned long input) : seeds_{seeds}, random_{input} {}

    std::string make() {
        auto text = seeds_[below(seeds_.size())];
        for (auto changes = 1 + below(12); changes > 0; --changes) {
            change(text);
            text.resize(std::min(text.size(), kMaxSize));
        }
        return text;
    }

  private:
    // Not std::uniform_int_distribution, whose numbers differ between libraries.
    std::size_t below(std::size_t limit) {
        return limit == 0 ? 0 : static_cast<std::size_t>(random_() % limit);
    }

    std::string piece_of(std::string const& text, std::size_t longest) {
        auto const start = below(text.size());
        return text.substr(start, below(longest) + 1);
    }

    void change(std::string& text) {
        static constexpr std::string_view kOdd[] = {"<",
                                                    ">",
                                                    "&",
                                                    "\"",
                                                    "'",
                                                    "]]>",
                                                    "<![CDATA[",
                                                    "<!--",
                                                    "-->",
                                                    "&#",
                                                    "&amp;lt;",
                                                    "</",
                                                    "/>",
                                                    "<?xml",
                                                    "?>",
                                                    "\xEF\xBB\xBF",
                                                    "\xFF\xFE",
                                                    "\xC3",
                                                    "\xED\xA0\x80",
                                                    "\xF4\x90\x80\x80",
                                                    "99999999999999999999",
                                                    "-1",
                                                    "0",
                                                    "xmlns=",
                                                    "xmlns:a='",
                                                    "xml:base='",
                                                    "<!DOCTYPE a [",
                                                    "<!ENTITY a '&a;'>",
                                                    "&a;",
                                                    "{",
                                                    "}",
                                                    "[",
                                                    "]",
                                                    ":",
                                                    "e308",
                                                    "\\ud800",
                                                    "encoding='utf-16'",
                                                    "encoding='iso-2022-jp'",
                                                    "javascript:",
                                                    "<script>",
                                                    "<svg>",
                                                    "<style>",
                                                    "&#x110000;"};
        auto const place = below(text.size() + 1);
        switch (below(9)) {
            case 0:
                if (place < text.size()) {
                    text[place] = static_cast<char>(random_());
                }
                break;
            case 1:
                if (place < text.size()) {
                    text[place] = static_cast<char>(text[place] ^ (1 << below(8)));
                }
                break;
            case 2:
                text.erase(place, below(40) + 1);
                break;
            case 3:
                text.insert(place, kOdd[below(std::size(kOdd))]);
                break;
            case 4:
                text.insert(place, piece_of(text, 200));
                break;
            case 5:
                text.insert(place, piece_of(seeds_[below(seeds_.size())], 200));
                break;
            case 6: {
                auto const piece = piece_of(text, 30);
                for (auto times = below(50); times > 0 && text.size() < kMaxSize; --times) {
                    text.insert(place, piece);
                }
                break;
            }
            case 7:
                text.insert(place, below(64), static_cast<char>(random_()));
                break;
            default:
                if (below(4) == 0) {
                    text.resize(place);
                }
        }
    }

    std::vector<std::string> const& seeds_;
    std::mt19937_64 random_;
};

double seconds_for(std::string const& text) {
    auto const start = std::chrono::steady_clock::now();
    LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(text.data()), text.size());
    return std::chrono::duration<double>{std::chrono::steady_clock::now() - start}.count();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: newswired_fuzz_X SEEDS INPUTS [FIRST]\n", stderr);
        return 2;
    }
    auto const seeds = read_seeds(argv[1]);
    auto const count = std::strtoul(argv[2], nullptr, 10);
    auto const first = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 0;
    if (seeds.empty()) {
        std::fputs("no seeds\n", stderr);
        return 2;
    }
    if (count == 0) {
        auto const text = Mutator{seeds, first}.make();
        std::fwrite(text.data(), 1, text.size(), stdout);
        return 0;
    }
    std::signal(SIGABRT, print_input);
    std::signal(SIGSEGV, print_input);
    double slowest = 0;
    for (current_input = first; current_input < first + count; ++current_input) {
        auto const taken = seconds_for(Mutator{seeds, current_input}.make());
        slowest = std::max(slowest, taken);
        newswired::fuzz::require(taken < kMaxSeconds, "linear time");
    }
    std::printf("%lu inputs, slowest %.3f s\n", count, slowest);
    return 0;
}

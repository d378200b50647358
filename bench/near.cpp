// How well near-duplicates are found: newswired_bench_near FOLDER [DUPLICATE [STORY]]
//
// Takes every .txt of the folder (bench/near_texts.py writes such a folder), makes versions of it (words
// replaced, removed and added; paragraphs cut and reordered; a lede added), and asks an index as the ledger
// does: by bands, then by similarity.  Prints for each kind of version how many find their text (recall), how
// many are told to be another's (wrong), for texts alone how many are taken for versions of others
// (precision), and the cost.

#include "core/sketch.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using namespace newswired;

std::mt19937 random_bits{42};

double chance() {
    return std::uniform_real_distribution{0.0, 1.0}(random_bits);
}
std::size_t below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random_bits);
}

std::vector<std::string> texts_of(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() == ".txt") {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> texts;
    for (auto const& file : files) {
        std::ifstream in{file};
        std::ostringstream text;
        text << in.rdbuf();
        texts.push_back(to_valid_utf8(text.str()));
    }
    return texts;
}

// Words of a text with spaces, characters of one without.
std::vector<std::string> tokens_of(std::string_view line) {
    std::vector<std::string> tokens;
    auto const spaces = std::count(line.begin(), line.end(), ' ');
    if (std::size_t(spaces) * 25 > line.size()) {
        for (auto const word : split(line, ' ')) {
            tokens.emplace_back(std::string{word} + ' ');
        }
        return tokens;
    }
    for (std::size_t i = 0; i < line.size();) {
        auto end = i + 1;
        while (end < line.size() && (line[end] & 0xC0) == 0x80) {
            ++end;
        }
        tokens.emplace_back(line.substr(i, end - i));
        i = end;
    }
    return tokens;
}

std::string with_edits(std::string const& text, double rate, std::vector<std::string> const& words) {
    std::string out;
    for (auto const line : split(text, '\n')) {
        for (auto const& token : tokens_of(line)) {
            if (chance() >= rate) {
                out += token;
                continue;
            }
            switch (below(3)) {
                case 0:
                    out += words[below(words.size())] + ' ';
                    break;
                case 1:
                    out += token + words[below(words.size())] + ' ';
                    break;
                default:
                    break;
            }
        }
        out += '\n';
    }
    return out;
}

std::vector<std::string> paragraphs_of(std::string const& text) {
    std::vector<std::string> paragraphs;
    for (auto const line : split(text, '\n')) {
        if (!trim(line).empty()) {
            paragraphs.emplace_back(line);
        }
    }
    return paragraphs;
}

std::string joined(std::vector<std::string> const& paragraphs) {
    std::string text;
    for (auto const& paragraph : paragraphs) {
        text += paragraph + '\n';
    }
    return text;
}

std::string cut(std::string const& text) {
    auto paragraphs = paragraphs_of(text);
    paragraphs.resize(std::max<std::size_t>(1, paragraphs.size() * 7 / 10));
    return joined(paragraphs);
}

std::string reordered(std::string const& text) {
    auto paragraphs = paragraphs_of(text);
    std::shuffle(paragraphs.begin(), paragraphs.end(), random_bits);
    return joined(paragraphs);
}

// Another text's first paragraph before it.
std::string with_lede(std::string const& text, std::string const& other) {
    return paragraphs_of(other).front().substr(0, 400) + '\n' + text;
}

class Index {
  public:
    struct Match {
        std::size_t text = 0;
        double similarity = 0;
    };

    void put(Sketch const& sketch, std::size_t text) {
        for (auto const band : sketch.filed()) {
            holders_[band] = text;
        }
        sketches_[text] = sketch;
    }

    std::optional<Match> find(Sketch const& sketch) {
        std::optional<Match> best;
        for (auto const band : sketch.bands) {
            auto const holder = holders_.find(band);
            if (holder == holders_.end()) {
                continue;
            }
            ++compared;
            auto const alike = similarity(sketch.cells, sketches_[holder->second].cells);
            if (!best || alike > best->similarity) {
                best = Match{.text = holder->second, .similarity = alike};
            }
        }
        return best;
    }

    std::size_t compared = 0;

  private:
    std::unordered_map<std::uint64_t, std::size_t> holders_;
    std::unordered_map<std::size_t, Sketch> sketches_;
};

Sketch sketch_of(std::string const& text) {
    return sketch(text).value_or(Sketch{});
}

struct Version {
    char const* name;
    std::vector<std::string> texts;
};

void report(Version const& version, Index& index, double duplicate, double story) {
    std::size_t found = 0;
    std::size_t grouped = 0;
    std::size_t wrong = 0;
    double sum = 0;
    for (std::size_t i = 0; i < version.texts.size(); ++i) {
        auto const one = sketch(version.texts[i]);
        auto const match = one ? index.find(*one) : std::nullopt;
        found += match && match->text == i && match->similarity >= duplicate;
        grouped += match && match->text == i && match->similarity >= story;
        wrong += match && match->text != i && match->similarity >= duplicate;
        sum += match && match->text == i ? match->similarity : 0;
    }
    auto const count = double(version.texts.size());
    std::printf("%-24s duplicate %.3f  story %.3f  wrong %.4f  mean similarity of found %.2f\n", version.name,
                double(found) / count, double(grouped) / count, double(wrong) / count,
                sum / double(std::max<std::size_t>(grouped, 1)));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "newswired_bench_near FOLDER [DUPLICATE [STORY]]\n");
        return 64;
    }
    auto const duplicate = argc > 2 ? std::atof(argv[2]) : 0.6;
    auto const story = argc > 3 ? std::atof(argv[3]) : 0.3;
    auto texts = texts_of(argv[1]);
    std::erase_if(texts, [](std::string const& text) { return !sketch(text); });
    std::vector<std::string> words;
    for (auto const& text : texts) {
        for (auto const& token : tokens_of(text)) {
            words.emplace_back(trim(token));
        }
    }

    // What the folder holds twice is no test of precision.
    Index index;
    std::vector<std::string> different;
    for (auto& text : texts) {
        auto const one = sketch_of(text);
        if (auto const match = index.find(one); match && match->similarity >= story) {
            std::printf("alike (%.2f), left out: %.60s | %.60s\n", match->similarity, text.c_str(),
                        different[match->text].c_str());
            continue;
        }
        index.put(one, different.size());
        different.push_back(std::move(text));
    }
    texts = std::move(different);
    std::printf("%zu texts; of %zu pairs, %zu have a band in common\n", texts.size(),
                texts.size() * (texts.size() - 1) / 2, index.compared);

    std::vector<Version> versions{{"2 % of words", {}},  {"5 % of words", {}},
                                  {"10 % of words", {}}, {"20 % of words", {}},
                                  {"last 30 % cut", {}}, {"paragraphs reordered", {}},
                                  {"a lede added", {}},  {"cut, lede, 5 % of words", {}}};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        auto const& text = texts[i];
        auto const& other = texts[(i + 1) % texts.size()];
        std::size_t v = 0;
        for (double const rate : {0.02, 0.05, 0.1, 0.2}) {
            versions[v++].texts.push_back(with_edits(text, rate, words));
        }
        versions[v++].texts.push_back(cut(text));
        versions[v++].texts.push_back(reordered(text));
        versions[v++].texts.push_back(with_lede(text, other));
        versions[v++].texts.push_back(with_edits(with_lede(cut(text), other), 0.05, words));
    }
    for (auto const& version : versions) {
        report(version, index, duplicate, story);
    }

    std::size_t bytes = 0;
    auto const start = std::clock();
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
        for (auto const& text : texts) {
            auto const one = sketch_of(text);
            bytes += index.find(one) ? text.size() : 0;
        }
    }
    auto const seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf("%.1f us an article, %.0f MB/s\n", seconds * 1e6 / kRounds / double(texts.size()),
                double(bytes) / seconds / 1e6);
}

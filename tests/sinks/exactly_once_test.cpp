// Exactly once: the process dies, or the disk fails, at each numbered point of a script.  Delivery then goes
// on from the cursor stored last, and at the end the files must be those of a run that nothing disturbed.

#include "sinks/file/line_file.hpp"

#include "core/log.hpp"
#include "tests/support/faulty_files.hpp"
#include "tests/support/memory_disk.hpp"
#include "tests/support/sink_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <sstream>

namespace newswired::sinks {
namespace {

using test::Crash;
using test::Fault;
using test::FaultyFiles;
using test::MemoryDisk;

constexpr config::Rotate kZstd{.size = 500, .files = 3, .compress = config::Rotate::Compress::zstd};

constexpr config::Rotate kSmall{.size = 130, .files = 2, .compress = config::Rotate::Compress::zstd};

/// What is delivered, and what happens meanwhile.
struct Script {
    config::Rotate rotate{};
    std::uint64_t lines = 60;
    std::uint64_t batch = 3;
    std::set<std::uint64_t> logrotate_after{};  ///< renamed from outside behind these lines
    std::uint64_t reopened_later = 0;           ///< so many lines before SIGHUP comes
};

std::string line(std::uint64_t seq) {
    // Lengths differ, so that no cut falls on a line's end by chance.
    return "{\"seq\": " + std::to_string(seq) + ", \"text\": \"" + std::string(seq * 7 % 23, 'x') + "\"}\n";
}

std::string lines_from_to(std::uint64_t first, std::uint64_t last) {
    std::string all;
    for (auto seq = first; seq <= last; ++seq) {
        all += line(seq);
    }
    return all;
}

/// The machine's side of a run: what stays when the process dies.
class Machine {
  public:
    Machine(FileSystem& disk, std::string folder, Script script)
        : disk_{disk}, folder_{std::move(folder)}, script_{std::move(script)} {}

    /// Every life of the process pretends so.
    void pretend(std::string operation) { pretended_ = std::move(operation); }

    /// One life, as delivery leads it: to the end, or to a crash.  False after a crash.
    bool live(FaultyFiles& files) {
        if (!pretended_.empty()) {
            files.pretend(pretended_);
        }
        LineFile file{files, path(), script_.rotate};
        try {
            deliver(files, file);
            return true;
        } catch (Crash const&) {
            return false;
        }
    }

    /// Name → bytes; compressed ones under their plain names.
    std::map<std::string, std::string> found() {
        std::map<std::string, std::string> all;
        for (auto name : disk_.list(folder_).value()) {
            auto const bytes = test::contents(disk_, folder_ + "/" + name);
            if (name.ends_with(".zst")) {
                name.resize(name.size() - 4);
            }
            all[name] += bytes;
        }
        return all;
    }

    std::vector<std::string> names() { return disk_.list(folder_).value(); }

  private:
    std::string path() const { return folder_ + "/articles.jsonl"; }

    // The same order of calls as in daemon/delivery/delivery.cpp.
    void deliver(FaultyFiles& files, LineFile& file) {
        bool in_doubt = true;
        for (;;) {
            if (in_doubt) {
                in_doubt = !file.open(position_) || !store(files, file.position(), seq_);
                if (in_doubt) {
                    continue;
                }
            }
            logrotate();
            if (hangup_at_ && seq_ >= *hangup_at_) {
                auto const position = file.reopen();
                in_doubt = !position || !store(files, *position, seq_);
                if (in_doubt) {
                    continue;
                }
                hangup_at_.reset();
            }
            if (seq_ == script_.lines) {
                return;
            }
            auto const last = std::min(seq_ + script_.batch, script_.lines);
            auto const position = file.append(lines_from_to(seq_ + 1, last));
            in_doubt = !position || !store(files, *position, last);
        }
    }

    bool store(FaultyFiles& files, std::string const& position, std::uint64_t seq) {
        auto work = [&] {
            position_ = position;
            seq_ = seq;
        };
        return files.step("store the cursor", work).has_value();
    }

    void logrotate() {
        if (script_.logrotate_after.erase(seq_) == 0) {
            return;
        }
        auto const name = path() + "-" + std::to_string(++renamed_);
        ASSERT_TRUE(disk_.rename(path(), name));
        ASSERT_TRUE(disk_.sync_folder(folder_));
        hangup_at_ = seq_ + script_.reopened_later;
    }

    FileSystem& disk_;
    std::string folder_;
    Script script_;
    std::string pretended_;
    std::string position_;
    std::uint64_t seq_ = 0;
    int renamed_ = 0;
    std::optional<std::uint64_t> hangup_at_;
};

/// All lines, oldest first: what was renamed from outside, then PATH.9 … PATH.1, then PATH.
std::string joined(std::map<std::string, std::string> const& files) {
    std::string outside;
    std::string rotated;
    std::string current;
    for (auto const& [name, bytes] : files) {
        auto const addition = name.substr(std::string{"articles.jsonl"}.size());
        if (addition.empty()) {
            current = bytes;
        } else if (addition[0] == '-') {
            outside += bytes;
        } else {
            rotated.insert(0, bytes);
        }
    }
    return outside + rotated + current;
}

bool has_doubled_line(std::string const& all) {
    std::set<std::string> seen;
    std::istringstream in{all};
    for (std::string one; std::getline(in, one);) {
        if (!seen.insert(one).second) {
            return true;
        }
    }
    return false;
}

/// A run that did not end as the undisturbed one did.
struct Failure {
    std::string fault{};
    std::string all{};
};

class ExactlyOnceTest : public testing::Test {
  protected:
    // Thousands of faults, each with its warning.
    ExactlyOnceTest() { log::start(log::Level::error, "/dev/null"); }
    ~ExactlyOnceTest() override { log::start(log::Level::info, ""); }

    /// A run that nothing disturbs: its points and its files.
    void run_undisturbed(Script const& script) {
        MemoryDisk disk;
        Machine machine{disk, "out", script};
        FaultyFiles files{disk};
        ASSERT_TRUE(machine.live(files));
        points_ = files.points();
        expected_ = machine.found();
    }

    /// A run with `fault` at `point`, then a loss of power, then lives without faults.
    void run(Script const& script, std::size_t point, Fault fault, MemoryDisk::Loss loss) {
        MemoryDisk disk;
        Machine machine{disk, "out", script};
        machine.pretend(pretended_);
        FaultyFiles struck{disk, point, fault};
        if (!machine.live(struck)) {
            disk.lose_power(loss);
        }
        ASSERT_LT(point, struck.points().size()) << "never reached";
        finish(disk, machine, struck.points(), point, fault);
    }

    /// As run(), but the process that recovers is struck as well.
    void run_twice_struck(Script const& script, std::size_t point, Fault fault, std::size_t second,
                          Fault second_fault, MemoryDisk::Loss loss) {
        MemoryDisk disk;
        Machine machine{disk, "out", script};
        FaultyFiles struck{disk, point, fault};
        if (!machine.live(struck)) {
            disk.lose_power(loss);
        }
        FaultyFiles recovering{disk, second, second_fault};
        if (!machine.live(recovering)) {
            disk.lose_power(loss);
        }
        finish(disk, machine, recovering.points(), second, second_fault);
    }

    void finish(FileSystem& disk, Machine& machine, std::vector<std::string> const& points, std::size_t point,
                Fault fault) {
        // The last life opens once more, as a start does.
        for (int life = 0; life < 2; ++life) {
            FaultyFiles healthy{disk};
            ASSERT_TRUE(machine.live(healthy));
        }
        ++runs_;
        auto const found = machine.found();
        auto const names = machine.names();
        auto const is_left_over = [](auto const& name) { return name.ends_with(".tmp"); };
        auto const is_right = same_files_ ? found == expected_ : joined(found) == joined(expected_);
        if (!is_right || std::any_of(names.begin(), names.end(), is_left_over)) {
            auto const operation = point < points.size() ? points[point] : "nothing";
            failures_.push_back(
                {.fault = std::string{in_words(fault)} + " #" + std::to_string(point) + " " + operation,
                 .all = joined(found)});
        }
    }

    void expect_no_failure() const {
        for (std::size_t i = 0; i < std::min<std::size_t>(failures_.size(), 3); ++i) {
            ADD_FAILURE() << failures_[i].fault << " left\n" << failures_[i].all;
        }
        EXPECT_EQ(failures_.size(), 0u) << "of " << runs_ << " runs";
    }

    bool passed(std::string const& point) const {
        return std::find(points_.begin(), points_.end(), point) != points_.end();
    }

    std::vector<std::string> points_;
    std::map<std::string, std::string> expected_;
    bool same_files_ = true;
    std::string pretended_;
    std::vector<Failure> failures_;
    std::size_t runs_ = 0;
};

constexpr MemoryDisk::Loss kLosses[] = {MemoryDisk::Loss::nothing, MemoryDisk::Loss::data,
                                        MemoryDisk::Loss::names, MemoryDisk::Loss::names_but_not_removals,
                                        MemoryDisk::Loss::data_and_names};

TEST_F(ExactlyOnceTest, TheScriptPassesEveryKindOfPoint) {
    run_undisturbed({.rotate = kZstd});

    for (auto const* point :
         {"open out/articles.jsonl", "write out/articles.jsonl", "sync out/articles.jsonl", "sync_folder out",
          "rename out/articles.jsonl", "rename out/articles.jsonl.1", "rename out/articles.jsonl.2.zst",
          "remove out/articles.jsonl.3.zst", "write out/articles.jsonl.2.zst.tmp",
          "sync out/articles.jsonl.2.zst.tmp", "rename out/articles.jsonl.2.zst.tmp",
          "remove out/articles.jsonl.2", "store the cursor "}) {
        EXPECT_TRUE(passed(point)) << point;
    }
    EXPECT_EQ(expected_.size(), 4u);
    auto const all = joined(expected_);
    auto const first = std::stoull(all.substr(8));
    EXPECT_EQ(all, lines_from_to(first, 60));
}

TEST_F(ExactlyOnceTest, HoldsWhenTheProcessDiesAtAnyPoint) {
    Script const script{.rotate = kZstd};
    run_undisturbed(script);

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (auto const fault : test::kCrashes) {
            run(script, point, fault, MemoryDisk::Loss::nothing);
        }
    }

    expect_no_failure();
}

TEST_F(ExactlyOnceTest, HoldsWhenThePowerFailsAtAnyPoint) {
    Script const script{.rotate = kZstd};
    run_undisturbed(script);

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (auto const fault : test::kCrashes) {
            for (auto const loss : kLosses) {
                run(script, point, fault, loss);
            }
        }
    }

    expect_no_failure();
}

TEST_F(ExactlyOnceTest, HoldsWhenAnyOperationFails) {
    Script const script{.rotate = kZstd};
    run_undisturbed(script);

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (auto const fault : test::kErrors) {
            run(script, point, fault, MemoryDisk::Loss::nothing);
        }
    }

    expect_no_failure();
}

TEST_F(ExactlyOnceTest, HoldsWhenTheRecoveryIsInterruptedToo) {
    Script const script{.rotate = kSmall, .lines = 12};
    run_undisturbed(script);
    constexpr std::size_t kPointsOfARecovery = 16;

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (std::size_t second = 0; second < kPointsOfARecovery; ++second) {
            // Dying before a point is dying after the one before it.
            for (auto const fault : {Fault::crash_half_way, Fault::crash_after}) {
                run_twice_struck(script, point, fault, second, fault, MemoryDisk::Loss::nothing);
            }
            run_twice_struck(script, point, Fault::crash_half_way, second, Fault::crash_half_way,
                             MemoryDisk::Loss::data_and_names);
            run_twice_struck(script, point, Fault::crash_half_way, second, Fault::error_before,
                             MemoryDisk::Loss::nothing);
        }
    }

    expect_no_failure();
}

TEST_F(ExactlyOnceTest, HoldsWhenLogrotateRenamesAndThePowerFailsAtAnyPoint) {
    Script const script{.lines = 24, .logrotate_after = {6, 15}, .reopened_later = 3};
    run_undisturbed(script);
    same_files_ = false;  // a start opens the path anew, before the SIGHUP that was due

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (auto const fault : test::kCrashes) {
            for (auto const loss : kLosses) {
                run(script, point, fault, loss);
            }
        }
        for (auto const fault : test::kErrors) {
            run(script, point, fault, MemoryDisk::Loss::nothing);
        }
    }

    EXPECT_EQ(joined(expected_), lines_from_to(1, 24));
    expect_no_failure();
}

// Kills at every point of a run on the machine's own files.
TEST_F(ExactlyOnceTest, HoldsOnARealDisk) {
    Script const script{.rotate = kSmall, .lines = 12};
    run_undisturbed(script);

    for (std::size_t point = 0; point < points_.size(); ++point) {
        for (auto const fault : test::kCrashes) {
            test::SinkFolder const folder;
            auto const disk = make_file_system();
            Machine machine{*disk, folder.path("out"), script};
            FaultyFiles struck{*disk, point, fault};
            machine.live(struck);
            ASSERT_LT(point, struck.points().size()) << "never reached";
            finish(*disk, machine, struck.points(), point, fault);
        }
    }

    expect_no_failure();
}

/// The tests must see what a sink without one of its precautions does.
class MutantTest : public ExactlyOnceTest {
  protected:
    void run_mutant(std::string operation, MemoryDisk::Loss loss) {
        Script const script{.rotate = kZstd};
        run_undisturbed(script);
        pretended_ = std::move(operation);
        for (std::size_t point = 0; point < points_.size(); ++point) {
            for (auto const fault : test::kCrashes) {
                run(script, point, fault, loss);
            }
        }
    }
};

TEST_F(MutantTest, WithoutTruncationDoublesALine) {
    run_mutant("truncate", MemoryDisk::Loss::nothing);

    auto const doubled = std::count_if(failures_.begin(), failures_.end(),
                                       [](auto const& one) { return has_doubled_line(one.all); });
    EXPECT_GT(doubled, 0);
    EXPECT_LT(failures_.size(), runs_);
}

TEST_F(MutantTest, WithoutSyncingDataLosesALine) {
    run_mutant("sync", MemoryDisk::Loss::data);

    EXPECT_GT(failures_.size(), 0u);
}

TEST_F(MutantTest, WithoutSyncingNamesLosesALine) {
    run_mutant("sync_folder", MemoryDisk::Loss::names);

    EXPECT_GT(failures_.size(), 0u);
}

TEST_F(MutantTest, ThatForgetsToRemoveKeepsALineTwice) {
    run_mutant("remove", MemoryDisk::Loss::nothing);

    EXPECT_GT(failures_.size(), 0u);
}

}  // namespace
}  // namespace newswired::sinks

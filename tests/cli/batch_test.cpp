// The batch protocol: a line in, a line out, in order, at once.

#include "cli/batch.hpp"

#include "tests/support/captured_stdout.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace newswired::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class BatchTest : public testing::Test {
  protected:
    /// What `run` prints.
    template <typename Run>
    std::string printed(Run run) {
        auto const path = folder_.path("stdout");
        auto const descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        {
            test::CapturedStdout const captured{descriptor};
            exit_ = run();
            std::fflush(stdout);
        }
        ::close(descriptor);
        return folder_.read("stdout");
    }

    /// The answers to a batch of lines.
    std::vector<std::string> answers(std::string const& lines) {
        std::istringstream in{lines};
        auto* const before = std::cin.rdbuf(in.rdbuf());
        std::cin.clear();
        auto const out = printed([this] { return convert_batch(echo()); });
        std::cin.rdbuf(before);
        std::vector<std::string> all;
        std::istringstream split{out};
        for (std::string line; std::getline(split, line);) {
            all.push_back(line);
        }
        return all;
    }

    /// A conversion that says what it was given, and refuses "bad".
    Convert echo() {
        return [](Input input) -> Result<std::string> {
            if (input.bytes == "bad") {
                return make_error_code(boost::system::errc::bad_message);
            }
            return "[" + input.url + "|" + input.content_type + "|" + input.bytes + "]";
        };
    }

    static std::string error_in(std::string const& line) {
        auto const answer = boost::json::parse(line).as_object();
        EXPECT_EQ(answer.size(), 1u);
        return std::string{answer.at("error").as_string()};
    }

    test::TemporaryFolder folder_;
    int exit_ = -1;
};

TEST_F(BatchTest, AnswersEveryLineInOrder) {
    auto const a = folder_.write("a", "AAA");
    auto const b = folder_.write("b", "BBB");

    EXPECT_THAT(answers("https://a.example/\t" + a + "\nhttps://b.example/\t" + b + "\ttext/xml\n"),
                ElementsAre("[https://a.example/||AAA]", "[https://b.example/|text/xml|BBB]"));
    EXPECT_EQ(exit_, 0);
}

TEST_F(BatchTest, AnErrorIsAnAnswerAndTheRestGoesOn) {
    auto const good = folder_.write("good", "AAA");
    auto const bad = folder_.write("bad", "bad");

    auto const all = answers("u\t/no/such/file\nu\t" + bad + "\nwithout a file\n\nu\t" + folder_.path(".") +
                             "\nu\t" + good + "\n");

    ASSERT_EQ(all.size(), 6u);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NE(error_in(all[i]), "") << i;
    }
    EXPECT_THAT(error_in(all[0]), HasSubstr("No such file"));
    EXPECT_EQ(all[5], "[u||AAA]");
    EXPECT_EQ(exit_, 0);
}

TEST_F(BatchTest, TakesLinesOfAnyEnd) {
    auto const a = folder_.write("a", "AAA");

    EXPECT_THAT(answers("u\t" + a + "\r\nu\t" + a), ElementsAre("[u||AAA]", "[u||AAA]"));
}

TEST_F(BatchTest, AnUnknownAddressMayBeLeftEmpty) {
    EXPECT_THAT(answers("\t" + folder_.write("a", "AAA") + "\n"), ElementsAre("[||AAA]"));
}

TEST_F(BatchTest, NothingAskedNothingAnswered) {
    EXPECT_THAT(answers(""), IsEmpty());
    EXPECT_EQ(exit_, 0);
}

TEST_F(BatchTest, OneDocumentGoesToStdout) {
    auto const a = folder_.write("a", "AAA");

    auto const out = printed([&] { return convert_one(a, "https://a.example/", echo()); });

    EXPECT_EQ(out, "[https://a.example/||AAA]\n");
    EXPECT_EQ(exit_, 0);
}

TEST_F(BatchTest, OneErrorGoesToStderrInOneLine) {
    auto const bad = folder_.write("bad", "bad");
    testing::internal::CaptureStderr();

    auto const out = printed([&] { return convert_one(bad, "", echo()); });

    auto const err = testing::internal::GetCapturedStderr();
    EXPECT_EQ(exit_, 1);
    EXPECT_EQ(out, "");
    EXPECT_THAT(err, HasSubstr(bad + ": "));
    EXPECT_EQ(err.find('\n'), err.size() - 1);
}

TEST_F(BatchTest, ReadsFilesOfAnySizeByteForByte) {
    std::string bytes(200'001, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = char(i * 7);
    }

    EXPECT_EQ(read_input(folder_.write("big", bytes)).value(), bytes);
    EXPECT_EQ(read_input(folder_.write("empty", "")).value(), "");
    EXPECT_FALSE(read_input(folder_.path("none")).has_value());
}

}  // namespace
}  // namespace newswired::cli

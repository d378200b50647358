#include "feeds/parse.hpp"
#include "cli/batch.hpp"
#include "cli/command.hpp"
#include "cli/json_feed.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace newswired::cli {
namespace {

struct Options {
    std::string file;
    std::string url;
    bool batch = false;
};

Result<std::string> parse(Input input) {
    auto const feed = feeds::parse({.bytes = std::move(input.bytes),
                                    .url = std::move(input.url),
                                    .content_type = std::move(input.content_type)});
    if (!feed) {
        return feed.error();
    }
    return to_json_feed(*feed);
}

}  // namespace

void add_parse(CLI::App& program, int& exit_code) {
    auto* const command =
        program.add_subcommand("parse", "Reads a feed of any format, prints it as JSON Feed 1.1");
    auto const options = std::make_shared<Options>();
    auto* const file = command->add_option("FILE", options->file, "the feed; - for standard input");
    auto* const url = command->add_option("--url", options->url,
                                          "where it came from: what relative links are resolved against");
    auto* const batch =
        command->add_flag("--batch", options->batch,
                          "reads lines URL<TAB>FILE from standard input, answers each with a line of JSON");
    batch->excludes(file)->excludes(url);
    command->callback([options, &exit_code] {
        if (!options->batch && options->file.empty()) {
            throw CLI::RequiredError("FILE");
        }
        exit_code = options->batch ? convert_batch(parse) : convert_one(options->file, options->url, parse);
    });
}

}  // namespace newswired::cli

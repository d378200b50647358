#include "feeds/parse.hpp"
#include "cli/batch.hpp"
#include "cli/command.hpp"
#include "cli/json_feed.hpp"

#include <memory>
#include <string>

namespace newswired::cli {
namespace {

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

void add_parse(Command& program) {
    auto command = program.add_command("parse", "Reads a feed of any format, prints it as JSON Feed 1.1");
    auto const document = add_document_options(command, "the feed; - for standard input");
    command.does([document] { return convert(document, parse); });
}

}  // namespace newswired::cli

// What `parse` and `extract` have in common: a file, standard input, or a batch of files.

#pragma once

#include "cli/command_line.hpp"
#include "core/result.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace newswired::cli {

struct Input {
    std::string bytes{};
    std::string url{};
    std::string content_type{};
};

/// Turns one document into one line of JSON.
using Convert = std::function<Result<std::string>(Input input)>;

/// The bytes of a file, or of standard input for "-".
Result<std::string> read_input(std::string const& file);

/// FILE, --url and --batch.
struct DocumentOptions {
    std::shared_ptr<std::string> file;
    std::shared_ptr<std::string> url;
    std::shared_ptr<bool> batch;
};
DocumentOptions add_document_options(Command& command, std::string const& what_file_is);

/// Does what the options say, with convert_one() or convert_batch(); returns the exit code.
int convert(DocumentOptions const& options, Convert const& how);

/// One document to stdout; an error to stderr, with exit code 1.
int convert_one(std::string const& file, std::string const& url, Convert const& convert);

/// Reads lines URL<TAB>FILE[<TAB>CONTENT-TYPE] from stdin and answers each with one line at once: the
/// document, or {"error": "…"}.
int convert_batch(Convert const& convert);

}  // namespace newswired::cli

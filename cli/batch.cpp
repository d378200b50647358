#include "cli/batch.hpp"

#include "core/json_writer.hpp"
#include "core/text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <memory>

namespace newswired::cli {
namespace {

struct CloseFile {
    void operator()(std::FILE* file) const {
        if (file != stdin) {
            std::fclose(file);
        }
    }
};

std::string answer(std::string const& line, Convert const& convert) {
    auto const fields = split(line, '\t');
    Result<std::string> result = Error{EINVAL, boost::system::generic_category()};
    if (fields.size() >= 2) {
        auto bytes = read_input(std::string{fields[1]});
        if (bytes) {
            Input input{.bytes = std::move(*bytes), .url = std::string{fields[0]}};
            if (fields.size() > 2) {
                input.content_type = fields[2];
            }
            result = convert(std::move(input));
        } else {
            result = bytes.error();
        }
    }
    if (result) {
        return std::move(*result);
    }
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member("error", result.error().message());
    json.close_object();
    return out;
}

}  // namespace

Result<std::string> read_input(std::string const& file) {
    std::unique_ptr<std::FILE, CloseFile> const in{file == "-" ? stdin : std::fopen(file.c_str(), "rb")};
    if (!in) {
        return Error{errno, boost::system::system_category()};
    }
    std::string bytes;
    std::array<char, 65536> buffer;
    while (auto const count = std::fread(buffer.data(), 1, buffer.size(), in.get())) {
        bytes.append(buffer.data(), count);
    }
    if (std::ferror(in.get()) != 0) {
        return Error{errno, boost::system::system_category()};
    }
    return bytes;
}

int convert_one(std::string const& file, std::string const& url, Convert const& convert) {
    auto bytes = read_input(file);
    auto const result =
        bytes ? convert({.bytes = std::move(*bytes), .url = url}) : Result<std::string>{bytes.error()};
    if (!result) {
        std::fprintf(stderr, "newswired: %s: %s\n", file.c_str(), result.error().message().c_str());
        return 1;
    }
    std::fwrite(result->data(), 1, result->size(), stdout);
    std::fputc('\n', stdout);
    return std::fflush(stdout) == 0 ? 0 : 1;
}

int convert_batch(Convert const& convert) {
    std::string line;
    while (std::getline(std::cin, line)) {
        if (line.ends_with('\r')) {
            line.pop_back();
        }
        auto out = answer(line, convert);
        out += '\n';
        std::fwrite(out.data(), 1, out.size(), stdout);
        if (std::fflush(stdout) != 0) {
            return 1;
        }
    }
    return 0;
}

DocumentOptions add_document_options(Command& command, std::string const& what_file_is) {
    DocumentOptions options{
        .file = command.add_text("FILE", what_file_is),
        .url = command.add_text("--url", "where it came from: what relative links are resolved against"),
        .batch = command.add_flag("--batch",
                                  "reads lines URL<TAB>FILE from standard input, answers each with a "
                                  "line of JSON")};
    command.exclude("--batch", {"FILE", "--url"});
    return options;
}

int convert(DocumentOptions const& options, Convert const& how) {
    if (*options.batch) {
        return convert_batch(how);
    }
    if (options.file->empty()) {
        refuse_without("FILE");
    }
    return convert_one(*options.file, *options.url, how);
}

}  // namespace newswired::cli

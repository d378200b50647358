#include "articles/page/extract.hpp"
#include "articles/record.hpp"
#include "cli/batch.hpp"
#include "cli/command.hpp"
#include "cli/extract_site.hpp"
#include "cli/page_item.hpp"
#include "core/json_writer.hpp"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>

namespace newswired::cli {
namespace {

struct Options {
    std::string file;
    std::string url;
    std::string site;
    bool batch = false;
};

void write_removed(JsonWriter& json, std::vector<articles::site::Removed> const& removed) {
    if (removed.empty()) {
        return;
    }
    json.key("boilerplate");
    json.open_array();
    for (auto const& block : removed) {
        json.open_object();
        json.member("text", block.text);
        json.member_number("others", block.others);
        json.close_object();
    }
    json.close_array();
}

}  // namespace

std::string page_to_item(articles::page::Page const& page,
                         std::vector<articles::site::Removed> const& removed) {
    auto const& about = page.about;
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member_if("id", about.url);
    json.member_if("url", about.url);
    json.member_if("title", about.title);
    json.member("content_html", page.content_html);
    json.member("content_text", page.content_text);
    json.member_if("summary", about.summary);
    json.member_if("image", about.image);
    json.member_if("date_published", about.date_published);
    json.member_if("date_modified", about.date_modified);
    articles::write_authors(json, about.authors);
    json.member_if("tags", about.tags);
    json.member_if("language", about.language);
    json.key("_newswired");
    json.open_object();
    json.member_if("site_name", about.site_name);
    json.member_if("canonical_url", about.canonical_url);
    write_removed(json, removed);
    json.close_object();
    json.close_object();
    return out;
}

namespace {

Result<std::string> extract(Input input) {
    return page_to_item(articles::page::extract(std::move(input.bytes), input.url, input.content_type));
}

}  // namespace

void add_extract(CLI::App& program, int& exit_code) {
    auto* const command = program.add_subcommand(
        "extract", "Reads an article's HTML page, prints it as one clean JSON Feed item");
    auto const options = std::make_shared<Options>();
    auto* const file = command->add_option("FILE", options->file, "the page; - for standard input");
    auto* const url = command->add_option("--url", options->url,
                                          "where it came from: what relative links are resolved against");
    auto* const batch =
        command->add_flag("--batch", options->batch,
                          "reads lines URL<TAB>FILE from standard input, answers each with a line of JSON");
    auto* const site =
        command->add_option("--site", options->site,
                            "pages of one site, cleaned of what they have in common: a folder, or a list of "
                            "lines URL<TAB>FILE");
    batch->excludes(file)->excludes(url);
    site->excludes(file)->excludes(url)->excludes(batch);
    command->callback([options, &exit_code] {
        if (!options->site.empty()) {
            exit_code = extract_site(options->site);
        } else if (options->batch) {
            exit_code = convert_batch(extract);
        } else if (options->file.empty()) {
            throw CLI::RequiredError("FILE");
        } else {
            exit_code = convert_one(options->file, options->url, extract);
        }
    });
}

}  // namespace newswired::cli

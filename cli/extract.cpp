#include "articles/page/extract.hpp"
#include "articles/record.hpp"
#include "cli/batch.hpp"
#include "cli/command.hpp"
#include "cli/extract_site.hpp"
#include "cli/page_item.hpp"
#include "core/json_writer.hpp"

#include <memory>
#include <string>

namespace newswired::cli {
namespace {

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

void add_extract(Command& program) {
    auto command =
        program.add_command("extract", "Reads an article's HTML page, prints it as one clean JSON Feed item");
    auto const document = add_document_options(command, "the page; - for standard input");
    auto const site = command.add_text(
        "--site",
        "pages of one site, cleaned of what they have in common: a folder, or a list of lines "
        "URL<TAB>FILE");
    command.exclude("--site", {"FILE", "--url", "--batch"});
    command.does(
        [document, site] { return site->empty() ? convert(document, extract) : extract_site(*site); });
}

}  // namespace newswired::cli

// What has no field of its own: members of the record's `ext`, as JSON.

#include "articles/body/sanitize.hpp"
#include "articles/steps.hpp"
#include "core/json_writer.hpp"
#include "feeds/geo_json.hpp"

namespace newswired::articles {
namespace {

void add_text(Article& article, std::string name, std::string_view text) {
    if (text.empty()) {
        return;
    }
    std::string json;
    append_json_string(json, text);
    article.ext.emplace_back(std::move(name), std::move(json));
}

std::string source_json(feeds::Source const& source) {
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member_if("title", to_plain({.value = source.title, .kind = feeds::TextKind::html}));
    json.member_if("url", source.home_page_url);
    json.member_if("feed_url", source.feed_url);
    json.member_if("id", source.id);
    json.close_object();
    return out;
}

std::string geo_json(feeds::Geo const& geo) {
    std::string out;
    JsonWriter json{out};
    feeds::write_geo(json, geo);
    return out;
}

}  // namespace

void step_extras(Draft& draft) {
    auto& article = draft.article;
    auto const& item = draft.item;
    if (item.external_url != item.url) {
        add_text(article, "external_url", item.external_url);
    }
    add_text(article, "comments_url", item.comments_url);
    add_text(article, "rights", to_plain(item.rights));
    add_text(article, "license", item.license);
    if (!item.source.empty()) {
        article.ext.emplace_back("source", source_json(item.source));
    }
    if (!item.geo.type.empty()) {
        article.ext.emplace_back("geo", geo_json(item.geo));
    }
    if (item.itunes_explicit != feeds::Flag::absent) {
        article.ext.emplace_back("podcast", item.itunes_explicit == feeds::Flag::yes
                                                ? R"({"explicit":true})"
                                                : R"({"explicit":false})");
    }
}

}  // namespace newswired::articles

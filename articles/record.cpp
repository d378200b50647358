#include "articles/record.hpp"

#include "articles/identity/fingerprint.hpp"
#include "core/json_writer.hpp"

namespace newswired::articles {
namespace {

void write_feed(JsonWriter& json, FeedInfo const& feed) {
    json.key("feed");
    json.open_object();
    json.member_or_null("name", feed.name);
    json.member("url", feed.url);
    json.member_if("title", feed.title);
    json.member_if("tags", feed.tags);
    if (!feed.labels.empty()) {
        json.key("labels");
        json.open_object();
        for (auto const& [name, value] : feed.labels) {
            std::string escaped;
            append_json_string(escaped, name);
            json.key(std::string_view{escaped}.substr(1, escaped.size() - 2));
            json.value(value);
        }
        json.close_object();
    }
    json.close_object();
}

void write_attachments(JsonWriter& json, std::vector<Enclosure> const& attachments) {
    if (attachments.empty()) {
        return;
    }
    json.key("attachments");
    json.open_array();
    for (auto const& one : attachments) {
        json.open_object();
        json.member("url", one.url);
        json.member_if("mime_type", one.mime_type);
        json.member_if("title", one.title);
        if (one.size_in_bytes >= 0) {
            json.member_number("size_in_bytes", one.size_in_bytes);
        }
        if (one.duration_in_seconds >= 0) {
            json.key("duration_in_seconds");
            json.number(one.duration_in_seconds);
        }
        json.close_object();
    }
    json.close_array();
}

}  // namespace

void write_authors(JsonWriter& json, std::vector<Author> const& authors) {
    if (authors.empty()) {
        return;
    }
    json.key("authors");
    json.open_array();
    for (auto const& author : authors) {
        json.open_object();
        json.member_if("name", author.name);
        json.member_if("url", author.url);
        json.close_object();
    }
    json.close_array();
}

std::string feed_member(FeedInfo const& feed) {
    std::string out;
    JsonWriter json{out};
    write_feed(json, feed);
    return out;
}

std::string record_body(FeedInfo const& feed, Article const& article, Sha256 const& hash) {
    std::string out;
    // With room for what is escaped: growing means another copy of it all.
    auto const texts = article.content_html.size() + article.content_text.size();
    out.reserve(texts + texts / 12 + 1024);
    JsonWriter json{out};
    write_feed(json, feed);
    json.member_or_null("id", article.id);
    json.member_or_null("url", article.url);
    json.member_or_null("title", article.title);
    json.member_or_null("content_text", article.content_text);
    json.member_or_null("content_html", article.content_html);
    json.member_if("summary", article.summary);
    json.member_if("image", article.image);
    json.member_or_null("date_published",
                        article.date_published ? rfc3339(*article.date_published) : std::string{});
    json.member_if("date_modified", article.date_modified ? rfc3339(*article.date_modified) : std::string{});
    json.member_or_null("language", article.language);
    write_authors(json, article.authors);
    json.member_if("tags", article.tags);
    write_attachments(json, article.attachments);
    json.member("hash", to_string_h1(hash));
    json.member("body_from", article.body_from);
    if (!article.ext.empty()) {
        json.key("ext");
        json.open_object();
        for (auto const& [name, value] : article.ext) {
            json.key(name);
            json.raw(value);
        }
        json.close_object();
    }
    return out;
}

}  // namespace newswired::articles

// Sitemaps as feeds: news sitemaps, plain ones, and indexes of them (sitemaps.org/protocol.html, Google's
// news-sitemap documentation).

#include "core/text.hpp"
#include "feeds/formats/elements.hpp"
#include "feeds/formats/formats.hpp"

#include "core/hash.hpp"

namespace newswired::feeds {
namespace {

using xml::Name;
using xml::Node;

void read_news(Reader& reader, Node const& news, ItemDraft& item) {
    for (auto const& child : elements(news)) {
        switch (child.name) {
            case Name::news_title:
                item.title.offer(reader.plain_text(child), Trust::core);
                break;
            case Name::news_publication_date:
                item.date_published.offer(reader.date(child), Trust::core);
                break;
            case Name::news_publication:
                for (auto const& part : elements(child)) {
                    if (part.name == Name::news_name) {
                        item.source.title = reader.plain(part);
                    } else if (part.name == Name::news_language) {
                        item.language.offer(reader.plain(part), Trust::core);
                    }
                }
                break;
            case Name::news_keywords:
                for (auto const& tag : split(reader.plain(child), ',')) {
                    item.add_tag(tag);
                }
                break;
            default:
                break;
        }
    }
}

}  // namespace

void add_address(Reader& reader, Node const& node) {
    auto& item = reader.new_draft();
    for (auto const& child : elements(node)) {
        switch (child.name) {
            case Name::sitemap_loc:
                item.url.offer(reader.url(child), Trust::core);
                break;
            case Name::sitemap_lastmod:
                item.date_modified.offer(reader.date(child), Trust::core);
                break;
            case Name::news_news:
                read_news(reader, child, item);
                break;
            case Name::sitemap_image_image:
                for (auto const& part : elements(child)) {
                    if (part.name == Name::sitemap_image_loc) {
                        item.image.offer(reader.url(part), Trust::core);
                    }
                }
                break;
            default:
                break;
        }
    }
    item.id.offer(item.url.get(), Trust::core);
    if (auto* const parsed = new_item(reader.feed())) {
        item.finish(reader.arena(), *parsed);
        parsed->raw_hash = xxh3(node.source);
    }
}

bool is_sitemap(Node const& node) {
    return node.name == Name::sitemap_urlset || node.name == Name::sitemap_sitemapindex;
}

bool has_sitemap(Node const& root, Node const& entry) {
    return entry.parent == &root && (entry.name == Name::sitemap_url || entry.name == Name::sitemap_sitemap);
}

void read_sitemap(Reader& reader, Node const& root, FeedDraft&) {
    reader.feed().format = root.name == Name::sitemap_urlset ? "sitemap" : "sitemap-index";
}

}  // namespace newswired::feeds

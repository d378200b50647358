#include "feeds/parse.hpp"

#include "core/text.hpp"
#include "feeds/charset/charset.hpp"
#include "feeds/formats/json_feed.hpp"
#include "feeds/formats/xml_feed.hpp"

#include <string>

namespace newswired::feeds {
namespace {

class Category final : public boost::system::error_category {
  public:
    char const* name() const noexcept override { return "feed"; }
    std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::empty_document:
                return "the document is empty";
            case errc::not_a_feed:
                return "the document is not a feed (no RSS, RDF, Atom, JSON Feed or sitemap in it)";
            case errc::not_readable:
                return "the document is neither XML nor JSON";
        }
        return "unknown";
    }
};

}  // namespace

Error make_error_code(errc code) {
    static Category const category;
    return {static_cast<int>(code), category};
}

Result<ParsedFeed> parse(Document document) {
    ParsedFeed feed;
    feed.memory->document = to_utf8(std::move(document.bytes), document.content_type, feed.problems);
    auto const text = trim(feed.memory->document);
    if (text.empty()) {
        return errc::empty_document;
    }
    auto& arena = feed.memory->arena;
    auto const url = arena.copy(trim(document.url));
    auto const read = text.front() == '{' ? read_json_feed(feed, url) : read_xml_feed(feed, url);
    if (!read) {
        return read.error();
    }
    return feed;
}

}  // namespace newswired::feeds

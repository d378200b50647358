#include "feeds/parse.hpp"

#include "core/text.hpp"
#include "feeds/charset.hpp"
#include "feeds/formats/formats.hpp"
#include "feeds/formats/json_feed.hpp"

#include <algorithm>
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

struct Format {
    bool (*is_root)(xml::Node const&);
    void (*read)(Reader&, xml::Node const&, FeedDraft&);
};

constexpr Format kFormats[] = {
#define NEWSWIRED_FORMAT(name) {is_##name, read_##name},
#include "feeds/formats.inc"
#undef NEWSWIRED_FORMAT
};

Format const* format_of(xml::Node const& node) {
    if (node.is_text) {
        return nullptr;
    }
    auto const* const found = std::find_if(std::begin(kFormats), std::end(kFormats),
                                           [&](Format const& format) { return format.is_root(node); });
    return found != std::end(kFormats) ? found : nullptr;
}

// The feed's root: usually the document's, else the first in document order (a feed within a page).
xml::Node const* find_root(xml::Node const& top) {
    for (auto const* node = top.first; node != nullptr;) {
        if (format_of(*node) != nullptr) {
            return node;
        }
        if (node->first != nullptr) {
            node = node->first;
            continue;
        }
        while (node->next == nullptr && node->parent != &top) {
            node = node->parent;
        }
        node = node->next;
    }
    return nullptr;
}

Result<void> read_xml(ParsedFeed& feed, std::string_view url) {
    auto& arena = feed.memory->arena;
    xml::Document document{feed.memory->document, url, arena};
    auto const* const root = find_root(document.top());
    if (root == nullptr) {
        return document.top().has_elements() ? errc::not_a_feed : errc::not_readable;
    }
    Reader reader{document, feed};
    FeedDraft draft;
    format_of(*root)->read(reader, *root, draft);
    feed.breaks_off = !document.unfinished().empty();
    draft.finish(arena, feed);
    for (auto& problem : document.problems()) {
        feed.problems.push_back(std::move(problem));
    }
    return {};
}

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
    auto const read = text.front() == '{' ? read_json_feed(feed, url) : read_xml(feed, url);
    if (!read) {
        return read.error();
    }
    return feed;
}

}  // namespace newswired::feeds

#include "feeds/formats/xml_feed.hpp"

#include "feeds/formats/elements.hpp"
#include "feeds/formats/formats.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::feeds {
namespace {

struct Format {
    bool (*is_root)(xml::Node const&);
    bool (*has)(xml::Node const& root, xml::Node const& entry);
    void (*read)(Reader&, xml::Node const& root, FeedDraft&);
};

constexpr Format kFormats[] = {
#define NEWSWIRED_FORMAT(name) {is_##name, has_##name, read_##name},
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
class Root {
  public:
    explicit Root(xml::Node const& top) : top_{top}, seen_{&top} {}

    /// Looks on from where it stopped, in a tree that has grown: each node is looked at once.
    bool find() {
        while (format_ == nullptr) {
            auto const* const next = after(*seen_);
            if (next == nullptr) {
                return false;
            }
            seen_ = next;
            format_ = format_of(*next);
        }
        return true;
    }
    xml::Node const& node() const { return *seen_; }
    Format const& format() const { return *format_; }

  private:
    xml::Node const* after(xml::Node const& node) const {
        if (node.first != nullptr) {
            return node.first;
        }
        auto const* place = &node;
        while (place != &top_ && place->next == nullptr) {
            place = place->parent;
        }
        return place->next;
    }

    xml::Node const& top_;
    xml::Node const* seen_;  // the last node that was looked at: the root when there is a format
    Format const* format_ = nullptr;
};

void add_entry(Reader& reader, xml::Node const& entry) {
    if (is_item(entry)) {
        add_item(reader, entry);
    } else {
        add_address(reader, entry);
    }
}

}  // namespace

Result<void> read_xml_feed(ParsedFeed& feed, std::string_view url) {
    xml::Document document{feed.memory->document, url, feed.memory->arena};
    Reader reader{document, feed};
    Root root{document.top()};
    document.read([&](xml::Node const& entry) {
        if (!root.find() || !root.format().has(root.node(), entry)) {
            return false;
        }
        add_entry(reader, entry);
        return &entry != &root.node();
    });
    if (!root.find()) {
        return document.top().has_elements() ? errc::not_a_feed : errc::not_readable;
    }
    FeedDraft draft;
    root.format().read(reader, root.node(), draft);
    feed.breaks_off = !document.unfinished().empty();
    draft.finish(feed.memory->arena, feed);
    for (auto& problem : document.problems()) {
        feed.problems.push_back(std::move(problem));
    }
    return {};
}

}  // namespace newswired::feeds

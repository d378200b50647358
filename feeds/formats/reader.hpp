// What every reader of XML feeds needs: texts, URLs, people and dates out of elements.

#pragma once

#include "feeds/formats/draft.hpp"
#include "feeds/xml/document.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace newswired::feeds {

class Reader {
  public:
    Reader(xml::Document& document, ParsedFeed& feed) : document_{document}, feed_{feed} {}

    /// What the element says, as characters, trimmed.
    std::string_view plain(xml::Node const& node) { return document_.trimmed(node); }
    /// Characters, those of inner elements too.
    std::string_view deep(xml::Node const& node) { return document_.deep_text(node); }
    /// The element's text as HTML, as RSS has it: escaped, in CDATA, or as elements.
    Text html(xml::Node const& node);
    /// The same of a title or another plain field of RSS.
    Text rss_text(xml::Node const& node);
    /// An Atom text construct, of 1.0 or 0.3 (RFC 4287, 3.1 and 4.1.3).
    Text construct(xml::Node const& node);
    Text plain_text(xml::Node const& node);
    /// A URL in the element's text or in `reference`, resolved against xml:base or the feed's URL.
    std::string_view url(xml::Node const& node, std::string_view reference);
    std::string_view url(xml::Node const& node) { return url(node, plain(node)); }
    std::optional<SystemTime> date(xml::Node const& node);
    /// "mail (Name)", "Name (mail)", "Name <mail>", a mail or a name.
    Person person(std::string_view text);
    /// atom:author and what looks like it: name, email, uri as elements.
    Person person(xml::Node const& node);
    static std::int64_t number(std::string_view text);  ///< -1: none
    static std::int64_t size(std::string_view text);    ///< In bytes; -1: none, or another unit

    /// An item to be read; one at a time.
    ItemDraft& new_draft() {
        draft_.reset();
        return draft_;
    }

    xml::Document& document() { return document_; }
    Arena& arena() { return document_.arena(); }
    ParsedFeed& feed() { return feed_; }

  private:
    xml::Document& document_;
    ParsedFeed& feed_;
    ItemDraft draft_{};
};

}  // namespace newswired::feeds

#include "articles/site/body.hpp"

#include "articles/body/text_writer.hpp"
#include "articles/html/tags.hpp"
#include "articles/identity/fingerprint.hpp"
#include "articles/site/lines.hpp"
#include "core/entities.hpp"
#include "core/scan.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace newswired::articles::site {

using namespace html;

namespace {

constexpr std::size_t kLongHeading = 120;  // bytes; a longer line in bold is an emphatic paragraph

bool is_media(ElementId element) {
    return element == tag_img || element == tag_video || element == tag_audio;
}

bool is_tag(Piece const& piece) {
    return piece.kind == Token::Kind::start_tag || piece.kind == Token::Kind::end_tag;
}

bool parts_lines(ElementId element) {
    return element == tag_br || has(element, B);
}

std::string href_of(std::string_view attributes) {
    AttributeReader reader{attributes};
    AttributeReader::Attribute attribute;
    std::string href;
    while (reader.next(attribute)) {
        if (equal_ignoring_case(attribute.name, "href")) {
            append_decoded(href, attribute.value, true);
            break;
        }
    }
    return href;
}

class BlockReader {
  public:
    BlockReader(std::string_view html, Pieces const& pieces, std::string_view url)
        : html_{html}, pieces_{pieces}, own_{canonical_url(url)}, site_{name_of(url)} {}

    std::vector<Block> read();

  private:
    void text(std::string_view source);
    void tag(Piece const& piece);
    void open_or_close(Piece const& piece);
    void link(std::string_view start_tag);
    void begin_block(std::size_t place);
    void end_block(std::size_t place);

    std::string_view html_;
    Pieces const& pieces_;
    std::string own_;
    std::string site_;
    std::vector<Block> blocks_{};
    Block block_{};
    TextWriter text_{0};  // the block's
    bool has_text_ = false;
    bool has_media_ = false;
    bool has_light_text_ = false;  // not in bold
    int links_ = 0;
    int bold_ = 0;
    int fixed_ = 0;
    int headings_ = 0;
    int lists_ = 0;
    std::uint32_t list_ = 0;
};

std::vector<Block> BlockReader::read() {
    std::size_t end = 0;
    for (auto const& piece : pieces_) {
        if (blocks_.size() == kMaxBlocks) {
            break;
        }
        if (piece.kind == Token::Kind::text) {
            text(piece.source(html_));
        } else if (is_tag(piece)) {
            tag(piece);
        }
        end = piece.end;
    }
    end_block(end);
    return std::move(blocks_);
}

void BlockReader::text(std::string_view source) {
    if (trim(source).empty()) {
        if (has_text_) {
            text_.text(source);
        }
        return;
    }
    text_.text_with_references(source);
    has_text_ = true;
    has_light_text_ = has_light_text_ || bold_ == 0;
    if (links_ > 0) {
        block_.link_weight += weight_of(source);
    }
}

void BlockReader::tag(Piece const& piece) {
    if (piece.element == kUnknown) {
        return;
    }
    auto const parts = parts_lines(piece.element);
    if (parts) {
        end_block(piece.begin);
    }
    open_or_close(piece);
    if (parts) {
        begin_block(piece.end);
    }
}

void BlockReader::open_or_close(Piece const& piece) {
    auto const opens = piece.kind == Token::Kind::start_tag;
    auto count = [&](int& depth) { depth = std::max(depth + (opens ? 1 : -1), 0); };
    switch (piece.element) {
        case tag_a:
            count(links_);
            if (opens) {
                link(piece.source(html_));
            }
            break;
        case tag_b:
        case tag_strong:
            count(bold_);
            break;
        case tag_table:
        case tag_pre:
            count(fixed_);
            break;
        case tag_h1:
        case tag_h2:
        case tag_h3:
        case tag_h4:
        case tag_h5:
        case tag_h6:
            count(headings_);
            break;
        case tag_ul:
        case tag_ol:
            list_ += opens && lists_ == 0 ? 1 : 0;
            count(lists_);
            break;
        default:
            has_media_ = has_media_ || is_media(piece.element);
    }
}

void BlockReader::link(std::string_view start_tag) {
    constexpr std::string_view kName = "<a";
    auto const href = href_of(start_tag.substr(kName.size(), start_tag.size() - kName.size() - 1));
    if (own_.empty() || href.empty() || name_of(href) != site_) {
        return;
    }
    auto const target = canonical_url(href);
    block_.links_to_itself = block_.links_to_itself || target == own_;
    block_.links_to_site = block_.links_to_site || (target != own_ && target != site_);
}

void BlockReader::begin_block(std::size_t place) {
    block_ = {.begin = place};
    text_.restart();
    has_text_ = has_media_ = has_light_text_ = false;
}

void BlockReader::end_block(std::size_t place) {
    block_.end = place;
    if (has_text_) {
        block_.text = to_nfc(std::string{without_bullet(trim(text_.written()))});
    }
    if (block_.text.empty() && !has_media_) {
        return;
    }
    block_.list = lists_ > 0 ? list_ : 0;
    block_.is_fixed = fixed_ > 0;
    block_.is_heading = headings_ > 0 || (has_text_ && !has_light_text_ && block_.link_weight == 0 &&
                                          block_.text.size() <= kLongHeading);
    blocks_.push_back(std::move(block_));
    begin_block(place);
}

// Keeps the pieces of a body, but for the texts of blocks that go.
class BlockDropper {
  public:
    BlockDropper(std::string_view html, std::vector<Block> const& blocks, std::vector<bool> const& goes)
        : html_{html}, blocks_{blocks}, goes_{goes} {}

    Pieces run(Pieces const& pieces);

  private:
    struct Open {
        std::size_t start = 0;  // of its tag, in kept_
        bool keeps = false;     // something in it stays
        bool loses = false;     // something in it went
    };

    bool is_in_dropped(std::size_t place);
    void text(Piece const& piece);
    void start_tag(Piece const& piece);
    void end_tag(Piece const& piece);
    void keep_media(ElementId element);
    void keep() {
        if (!open_.empty()) {
            open_.back().keeps = true;
        }
    }
    bool ends_with(std::string_view tag) const { return !kept_.empty() && kept_.back().source(html_) == tag; }

    std::string_view html_;
    std::vector<Block> const& blocks_;
    std::vector<bool> const& goes_;
    Pieces kept_{};
    std::vector<Open> open_{};
    std::size_t block_ = 0;
    bool after_dropped_ = false;
};

Pieces BlockDropper::run(Pieces const& pieces) {
    kept_.reserve(pieces.size());
    for (auto const& piece : pieces) {
        if (piece.kind == Token::Kind::start_tag) {
            start_tag(piece);
        } else if (piece.kind == Token::Kind::end_tag) {
            end_tag(piece);
        } else {
            text(piece);
        }
    }
    // A rule that parted the article from what followed it.
    while (!goes_.empty() && goes_.back() && ends_with("<hr>")) {
        kept_.pop_back();
    }
    return std::move(kept_);
}

bool BlockDropper::is_in_dropped(std::size_t place) {
    while (block_ < blocks_.size() && blocks_[block_].end <= place) {
        ++block_;
    }
    return block_ < blocks_.size() && goes_[block_] && place >= blocks_[block_].begin;
}

void BlockDropper::text(Piece const& piece) {
    if (is_in_dropped(piece.begin)) {
        after_dropped_ = true;
        if (!open_.empty()) {
            open_.back().loses = true;
        }
        return;
    }
    kept_.push_back(piece);
    if (!trim(piece.source(html_)).empty()) {
        after_dropped_ = false;
        keep();
    }
}

void BlockDropper::start_tag(Piece const& piece) {
    if (piece.element == tag_br && after_dropped_) {
        return;  // the one that ended the line
    }
    if (!has(piece.element, V)) {
        open_.push_back({.start = kept_.size()});
    }
    kept_.push_back(piece);
    keep_media(piece.element);
}

void BlockDropper::keep_media(ElementId element) {
    if (is_media(element)) {
        after_dropped_ = false;
        keep();
    }
}

void BlockDropper::end_tag(Piece const& piece) {
    if (open_.empty()) {
        kept_.push_back(piece);
        return;
    }
    auto const element = open_.back();
    open_.pop_back();
    auto const goes = element.loses && !element.keeps;
    if (goes) {
        kept_.resize(element.start);
    } else {
        while (after_dropped_ && ends_with("<br>")) {
            kept_.pop_back();
        }
        kept_.push_back(piece);
    }
    if (parts_lines(piece.element)) {
        after_dropped_ = false;
    }
    if (!open_.empty()) {
        open_.back().keeps = open_.back().keeps || element.keeps;
        open_.back().loses = open_.back().loses || element.loses;
    }
}

}  // namespace

std::vector<Block> blocks_of(std::string_view html, Pieces const& pieces, std::string_view url) {
    return BlockReader{html, pieces, url}.read();
}

Rest without_blocks(std::string_view html, Pieces const& pieces, std::vector<Block> const& blocks,
                    std::vector<bool> const& goes) {
    return rest_of(html, BlockDropper{html, blocks, goes}.run(pieces));
}

std::string name_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    auto authority = url.substr(scheme + 3);
    authority = authority.substr(0, find_any<0, '/', '?', '#', '\\'>(authority, 0));
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        authority.remove_prefix(at + 1);
    }
    if (starts_with_ignoring_case(authority, "www.")) {
        authority.remove_prefix(4);
    }
    return to_lower(authority);
}

}  // namespace newswired::articles::site

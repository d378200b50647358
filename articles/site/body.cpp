#include "articles/site/body.hpp"

#include "articles/fingerprint.hpp"
#include "articles/html/tokenizer.hpp"
#include "articles/site/lines.hpp"
#include "articles/text_writer.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::site {

using namespace html;

namespace {

constexpr std::size_t kLongHeading = 120;  // bytes; a longer line in bold is an emphatic paragraph

struct Names {
    ElementId a = known_element("a"), b = known_element("b"), strong = known_element("strong"),
              br = known_element("br"), pre = known_element("pre"), table = known_element("table"),
              ul = known_element("ul"), ol = known_element("ol"), img = known_element("img"),
              video = known_element("video"), audio = known_element("audio");
    ElementId headings[6] = {known_element("h1"), known_element("h2"), known_element("h3"),
                             known_element("h4"), known_element("h5"), known_element("h6")};

    bool is_heading(ElementId element) const {
        return std::find(std::begin(headings), std::end(headings), element) != std::end(headings);
    }
    bool is_media(ElementId element) const { return element == img || element == video || element == audio; }
    bool is_list(ElementId element) const { return element == ul || element == ol; }
};

Names const& names() {
    static Names const the_names;
    return the_names;
}

bool parts_lines(ElementId element) {
    return element == names().br || element == names().pre || has(element, B);
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
    BlockReader(std::string_view html, std::string_view url)
        : html_{html}, own_{canonical_url(url)}, site_{name_of(url)} {}

    std::vector<Block> read();

  private:
    void text(std::string_view source);
    void tag(Token const& token, std::size_t begin, std::size_t end);
    void open_or_close(Token const& token);
    void link(std::string_view attributes);
    void begin_block(std::size_t place);
    void end_block(std::size_t place);

    std::string_view html_;
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
    Tokenizer tokens{html_};
    std::size_t begin = 0;
    for (auto token = tokens.next(); token.kind != Token::Kind::end && blocks_.size() < kMaxBlocks;
         token = tokens.next()) {
        if (token.kind == Token::Kind::text) {
            text(token.text);
        } else if (token.kind == Token::Kind::start_tag || token.kind == Token::Kind::end_tag) {
            tag(token, begin, tokens.position());
        }
        begin = tokens.position();
    }
    end_block(begin);
    return std::move(blocks_);
}

void BlockReader::text(std::string_view source) {
    text_.text_with_references(source);
    if (trim(source).empty()) {
        return;
    }
    has_text_ = true;
    has_light_text_ = has_light_text_ || bold_ == 0;
    if (links_ > 0) {
        block_.link_weight += weight_of(source);
    }
}

void BlockReader::tag(Token const& token, std::size_t begin, std::size_t end) {
    if (token.element == kUnknown) {
        return;
    }
    auto const parts = parts_lines(token.element);
    if (parts) {
        end_block(begin);
    }
    open_or_close(token);
    if (parts) {
        begin_block(end);
    }
}

void BlockReader::open_or_close(Token const& token) {
    auto const& n = names();
    auto const opens = token.kind == Token::Kind::start_tag;
    auto count = [&](int& depth) { depth = std::max(depth + (opens ? 1 : -1), 0); };
    if (token.element == n.a) {
        count(links_);
        if (opens) {
            link(token.attributes);
        }
    } else if (token.element == n.b || token.element == n.strong) {
        count(bold_);
    } else if (token.element == n.table || token.element == n.pre) {
        count(fixed_);
    } else if (n.is_heading(token.element)) {
        count(headings_);
    } else if (n.is_list(token.element)) {
        list_ += opens && lists_ == 0 ? 1 : 0;
        count(lists_);
    }
    has_media_ = has_media_ || n.is_media(token.element);
}

void BlockReader::link(std::string_view attributes) {
    auto const href = href_of(attributes);
    if (own_.empty() || href.empty() || name_of(href) != site_) {
        return;
    }
    auto const target = canonical_url(href);
    block_.links_to_itself = block_.links_to_itself || target == own_;
    block_.links_to_site = block_.links_to_site || (target != own_ && target != site_);
}

void BlockReader::begin_block(std::size_t place) {
    block_ = {.begin = place};
    text_ = TextWriter{0};
    has_text_ = has_media_ = has_light_text_ = false;
}

void BlockReader::end_block(std::size_t place) {
    block_.end = place;
    if (has_text_) {
        block_.text = without_bullet(trim(text_.finish()));
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

// Writes the HTML again, but for the text of blocks that go.
class BlockDropper {
  public:
    BlockDropper(std::string_view html, std::vector<Block> const& blocks, std::vector<bool> const& goes)
        : html_{html}, blocks_{blocks}, goes_{goes} {
        out_.reserve(html.size());
    }

    std::string run();

  private:
    struct Open {
        std::size_t start = 0;  // of its tag, in out_
        bool keeps = false;     // something in it stays
        bool loses = false;     // something in it went
    };

    bool is_in_dropped(std::size_t place);
    void start_tag(Token const& token, std::string_view source);
    void end_tag(Token const& token, std::string_view source);
    void keep_media(ElementId element);
    void keep() {
        if (!open_.empty()) {
            open_.back().keeps = true;
        }
    }

    std::string_view html_;
    std::vector<Block> const& blocks_;
    std::vector<bool> const& goes_;
    std::string out_{};
    std::vector<Open> open_{};
    std::size_t block_ = 0;
    bool after_dropped_ = false;
};

std::string BlockDropper::run() {
    Tokenizer tokens{html_};
    std::size_t begin = 0;
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        auto const source = html_.substr(begin, tokens.position() - begin);
        if (token.kind == Token::Kind::start_tag) {
            start_tag(token, source);
        } else if (token.kind == Token::Kind::end_tag) {
            end_tag(token, source);
        } else if (is_in_dropped(begin)) {
            after_dropped_ = true;
            if (!open_.empty()) {
                open_.back().loses = true;
            }
        } else {
            out_ += source;
            if (!trim(source).empty()) {
                after_dropped_ = false;
                keep();
            }
        }
        begin = tokens.position();
    }
    // A rule that parted the article from what followed it.
    while (!goes_.empty() && goes_.back() && out_.ends_with("<hr>")) {
        out_.resize(out_.size() - 4);
    }
    return std::move(out_);
}

bool BlockDropper::is_in_dropped(std::size_t place) {
    while (block_ < blocks_.size() && blocks_[block_].end <= place) {
        ++block_;
    }
    return block_ < blocks_.size() && goes_[block_] && place >= blocks_[block_].begin;
}

void BlockDropper::start_tag(Token const& token, std::string_view source) {
    if (token.element == names().br && after_dropped_) {
        return;  // the one that ended the line
    }
    if (token.element != kUnknown && has(token.element, V)) {
        out_ += source;
        keep_media(token.element);
        return;
    }
    open_.push_back({.start = out_.size()});
    out_ += source;
    keep_media(token.element);
}

void BlockDropper::keep_media(ElementId element) {
    if (names().is_media(element)) {
        after_dropped_ = false;
        keep();
    }
}

void BlockDropper::end_tag(Token const& token, std::string_view source) {
    if (open_.empty()) {
        out_ += source;
        return;
    }
    auto const element = open_.back();
    open_.pop_back();
    auto const goes = element.loses && !element.keeps;
    if (goes) {
        out_.resize(element.start);
    } else {
        while (after_dropped_ && out_.ends_with("<br>")) {
            out_.resize(out_.size() - 4);
        }
        out_ += source;
    }
    if (parts_lines(token.element)) {
        after_dropped_ = false;
    }
    if (!open_.empty()) {
        open_.back().keeps = open_.back().keeps || element.keeps;
        open_.back().loses = open_.back().loses || element.loses;
    }
}

}  // namespace

std::vector<Block> blocks_of(std::string_view html, std::string_view url) {
    return BlockReader{html, url}.read();
}

std::string without_blocks(std::string_view html, std::vector<Block> const& blocks,
                           std::vector<bool> const& goes) {
    return BlockDropper{html, blocks, goes}.run();
}

std::string name_of(std::string_view url) {
    auto const scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    auto authority = url.substr(scheme + 3);
    authority = authority.substr(0, authority.find_first_of("/?#\\"));
    if (auto const at = authority.rfind('@'); at != std::string_view::npos) {
        authority.remove_prefix(at + 1);
    }
    if (starts_with_ignoring_case(authority, "www.")) {
        authority.remove_prefix(4);
    }
    return to_lower(authority);
}

}  // namespace newswired::articles::site

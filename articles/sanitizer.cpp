#include "articles/sanitizer.hpp"

#include "articles/html/attributes.hpp"
#include "articles/html/css.hpp"
#include "articles/tracking.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace newswired::articles {

using namespace html;

namespace {

constexpr std::size_t kNotOpen = static_cast<std::size_t>(-1);

// Elements that the implied-end-tag rules name, looked up once.
struct Names {
    ElementId p = known_element("p"), li = known_element("li"), dt = known_element("dt"),
              dd = known_element("dd"), ul = known_element("ul"), ol = known_element("ol"),
              menu = known_element("menu"), dir = known_element("dir"), dl = known_element("dl"),
              tr = known_element("tr"), td = known_element("td"), th = known_element("th"),
              table = known_element("table"), thead = known_element("thead"), tbody = known_element("tbody"),
              tfoot = known_element("tfoot"), option = known_element("option"),
              optgroup = known_element("optgroup"), select = known_element("select"),
              svg = known_element("svg"), math = known_element("math"), img = known_element("img"),
              a = known_element("a"), caption = known_element("caption"), button = known_element("button"),
              br = known_element("br"), xmp = known_element("xmp"), textarea = known_element("textarea"),
              datalist = known_element("datalist"), noscript = known_element("noscript");
};

Names const& names() {
    static Names const the_names;
    return the_names;
}

constexpr std::string_view kSchemes[] = {
    "aim",     "callto", "cvs",    "facetime", "feed",  "file",   "ftp",      "geo",   "git",  "gopher",
    "gtalk",   "h323",   "hdl",    "http",     "https", "imap",   "irc",      "irc6",  "ircs", "itms",
    "magnet",  "mailto", "mms",    "msnim",    "news",  "nntp",   "prospero", "rsync", "rtsp", "rtspu",
    "sftp",    "shttp",  "sip",    "sips",     "skype", "smb",    "snews",    "sms",   "ssh",  "svn",
    "svn+ssh", "tel",    "telnet", "urn",      "wais",  "webcal", "xmpp",     "ymsg"};

// The scheme of a URL as a browser would see it: white space and control characters in it do not count.
std::string scheme_of(std::string_view url) {
    std::string scheme;
    for (char const c : url) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') {
            continue;
        }
        if (c == ':') {
            return scheme;
        }
        if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') {
            return {};
        }
        scheme += to_lower(c);
    }
    return {};
}

// As the URL Standard has it: control characters are nothing, spaces at the ends neither.
std::string without_controls(std::string_view url) {
    std::string clean{url};
    std::erase_if(clean, [](char c) { return static_cast<unsigned char>(c) < ' '; });
    return std::string{trim(clean)};
}

bool has_refused_scheme(std::string_view url) {
    if (starts_with_ignoring_case(url, "http")) {
        auto const rest = url.substr(4);
        if (rest.starts_with("://") || rest.starts_with("s://")) {
            return false;
        }
    }
    auto const colon = url.find(':');
    if (colon == std::string_view::npos) {
        return false;
    }
    auto const scheme = scheme_of(url);
    return !scheme.empty() &&
           std::find(std::begin(kSchemes), std::end(kSchemes), scheme) == std::end(kSchemes);
}

}  // namespace

void Sanitizer::run(std::string_view html) {
    Tokenizer tokens{html};
    tokens_ = &tokens;
    for (;;) {
        auto const token = tokens.next();
        switch (token.kind) {
            case Token::Kind::end:
                close_to(0);
                return;
            case Token::Kind::text:
                text(token.text);
                break;
            case Token::Kind::raw_text:
                if (token.element == names().xmp) {
                    append_escaped(out_, token.text);  // no references in it
                } else {
                    text(token.text);
                }
                break;
            case Token::Kind::start_tag:
                start_tag(token);
                break;
            case Token::Kind::end_tag:
                end_tag(token);
                break;
            case Token::Kind::skipped:
                break;
        }
    }
}

// Escaped; references stay as they are, but for "&copy 2024", which gets the character that it means.
void Sanitizer::text(std::string_view source) {
    // Unicode composes '>' with a solidus that overlays it.
    constexpr std::string_view kOverlay = "\u0338";
    if (source.starts_with(kOverlay) && out_.ends_with('>')) {
        out_ += "&#x338;";
        source.remove_prefix(kOverlay.size());
    }
    std::size_t written = 0;
    for (auto place = source.find('&'); place != std::string_view::npos; place = source.find('&', place)) {
        decoded_.clear();
        auto const length = decode_reference(source.substr(place), decoded_);
        if (length > 0 && source[place + length - 1] != ';') {
            append_escaped_source(out_, source.substr(written, place - written));
            append_escaped(out_, decoded_);
            written = place + length;
        }
        place += std::max<std::size_t>(length, 1);
    }
    append_escaped_source(out_, source.substr(written));
}

bool Sanitizer::is_allowed(ElementId element) const {
    if (element == kUnknown) {
        return false;
    }
    auto const traits = element_traits(element);
    if ((traits & (S | M)) != 0) {
        return foreign_ != 0 || element == names().svg || element == names().math;
    }
    if (policy_ == Policy::article && ((traits & C) != 0 || element == names().noscript)) {
        return false;
    }
    return (traits & A) != 0;
}

void Sanitizer::start_tag(Token const& token) {
    if (goes_with_content(token.element)) {
        drop_content(token.element);
        return;
    }
    noscript_repeats_ = false;
    if (!is_allowed(token.element)) {
        return;
    }
    close_implied(token.element);
    auto const is_void = has(token.element, V);
    if (!is_void && open_.size() >= kMaxDepth) {
        return;
    }
    if (token.element == names().img && policy_ == Policy::article && is_pixel(token)) {
        return;
    }
    write_start(token);
    if (is_void) {
        return;
    }
    // "<svg/>" ends itself only in foreign content; "<p/>" does not.
    if (token.self_closing && has(token.element, S | M)) {
        out_ += "</";
        out_ += element_name(token.element);
        out_ += '>';
        return;
    }
    open_.push_back(token.element);
    if (foreign_ == 0 && (token.element == names().svg || token.element == names().math)) {
        foreign_ = open_.size();
    }
}

bool Sanitizer::goes_with_content(ElementId element) {
    if (has(element, D)) {
        return true;
    }
    auto const& n = names();
    if (policy_ == Policy::faithful || element == kUnknown) {
        return false;
    }
    // Scripts are gone, so what stands in for them is the article's, unless it is the image that was shown
    // already.
    if (element == n.noscript) {
        return std::exchange(noscript_repeats_, false);
    }
    // A button's or a list of choices' words are no part of an article.
    return element == n.button || element == n.select || element == n.textarea || element == n.datalist;
}

// Everything up to the end tag; such elements do not nest.  When there is none, a publisher forgot it (raw
// text excepted, which has no other end): the rest is not given up for that.
void Sanitizer::drop_content(ElementId element) {
    if (std::find(never_end_.begin(), never_end_.end(), element) != never_end_.end()) {
        return;
    }
    auto const start = *tokens_;
    for (;;) {
        auto const token = tokens_->next();
        if (token.kind == Token::Kind::end) {
            break;
        }
        if (token.element == element && token.kind == Token::Kind::end_tag) {
            return;
        }
    }
    if (!has(element, R)) {
        *tokens_ = start;
        never_end_.push_back(element);
    }
}

std::size_t Sanitizer::find_open(ElementId element) const {
    for (auto i = open_.size(); i > 0; --i) {
        if (open_[i - 1] == element) {
            return i - 1;
        }
    }
    return kNotOpen;
}

void Sanitizer::close_to(std::size_t depth) {
    while (open_.size() > depth) {
        out_ += "</";
        out_ += element_name(open_.back());
        out_ += '>';
        open_.pop_back();
    }
    if (foreign_ > open_.size()) {
        foreign_ = 0;
    }
}

// 13.2.6.4.7 as far as it matters here: what a start tag closes by itself.
void Sanitizer::close_implied(ElementId element) {
    auto const& n = names();
    auto close_nearest = [&](std::initializer_list<ElementId> closes,
                             std::initializer_list<ElementId> within) {
        for (auto i = open_.size(); i > 0; --i) {
            auto const one = open_[i - 1];
            if (std::find(within.begin(), within.end(), one) != within.end()) {
                return;
            }
            if (std::find(closes.begin(), closes.end(), one) != closes.end()) {
                close_to(i - 1);
                return;
            }
        }
    };
    if (open_.empty() || foreign_ != 0) {
        return;
    }
    if (element == n.li) {
        close_nearest({n.li}, {n.ul, n.ol, n.menu, n.dir, n.table, n.td, n.th});
    } else if (element == n.dt || element == n.dd) {
        close_nearest({n.dt, n.dd}, {n.dl, n.table, n.td, n.th});
    } else if (element == n.option) {
        close_nearest({n.option}, {n.select, n.optgroup});
    } else if (element == n.optgroup) {
        close_nearest({n.optgroup}, {n.select});
    } else if (element == n.td || element == n.th) {
        close_nearest({n.td, n.th}, {n.tr, n.table});
    } else if (element == n.tr) {
        close_nearest({n.tr}, {n.table});
    } else if (element == n.thead || element == n.tbody || element == n.tfoot) {
        close_nearest({n.thead, n.tbody, n.tfoot}, {n.table});
    } else if (element == n.a) {
        close_nearest({n.a}, {n.td, n.th, n.table});
    }
    if (has(element, B)) {
        close_nearest({n.p}, {n.td, n.th, n.table, n.caption, n.button});
    }
}

void Sanitizer::end_tag(Token const& token) {
    if (token.element == names().br) {
        out_ += "<br>";  // 13.2.6.4.7: </br> is a line break
        return;
    }
    if (!is_allowed(token.element) || has(token.element, V)) {
        return;
    }
    auto const place = find_open(token.element);
    if (place == kNotOpen) {
        return;
    }
    // A stray end tag inside a table cell closes nothing outside of it.
    auto const& n = names();
    if (token.element != n.table && token.element != n.tr && !has(token.element, S | M)) {
        for (auto i = open_.size(); i > place + 1; --i) {
            auto const between = open_[i - 1];
            if ((between == n.td || between == n.th) && token.element != n.tbody &&
                token.element != n.thead && token.element != n.tfoot) {
                return;
            }
        }
    }
    close_to(place);
}

void Sanitizer::write_start(Token const& token) {
    out_ += '<';
    out_ += element_name(token.element);
    if (!token.attributes.empty()) {
        write_attributes(token);
    }
    out_ += '>';
}

namespace {

// Images that a script was to load: the address is in an attribute of its own, and "src" is empty or a
// stand-in.
struct LazyImage {
    std::string_view src{};
    std::string_view srcset{};
};

LazyImage lazy_image(std::string_view attributes) {
    constexpr std::string_view kSources[] = {"data-src", "data-lazy-src", "data-original", "data-orig-src"};
    constexpr std::string_view kSets[] = {"data-srcset", "data-lazy-srcset"};
    LazyImage lazy;
    auto is_lazy = true;
    AttributeReader reader{attributes};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        auto const is = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
        if (is("src")) {
            auto const src = trim(attribute.value);
            is_lazy = src.empty() || starts_with_ignoring_case(src, "data:") ||
                      starts_with_ignoring_case(src, "about:");
        } else if (is("class") && find_ignoring_case(attribute.value, "lazy") != std::string_view::npos) {
            is_lazy = true;
            break;
        }
    }
    if (!is_lazy) {
        return lazy;
    }
    reader = AttributeReader{attributes};
    while (reader.next(attribute)) {
        auto const is = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
        if (lazy.src.empty() && std::any_of(std::begin(kSources), std::end(kSources), is)) {
            lazy.src = attribute.value;
        } else if (lazy.srcset.empty() && std::any_of(std::begin(kSets), std::end(kSets), is)) {
            lazy.srcset = attribute.value;
        }
    }
    return lazy;
}

}  // namespace

void Sanitizer::write_attributes(Token const& token) {
    // Enough for anything meant; quadratic work on duplicates stays bounded.
    constexpr std::size_t kMaxAttributes = 64;
    AttributeReader reader{token.attributes};
    AttributeReader::Attribute attribute;
    seen_.clear();
    auto const foreign = foreign_ != 0 || has(token.element, S | M);
    LazyImage lazy;
    if (token.element == names().img && policy_ == Policy::article && !foreign) {
        lazy = lazy_image(token.attributes);
    }
    if (!lazy.src.empty()) {
        write_known_attribute("src", lazy.src, foreign);
        seen_.push_back("src");
        noscript_repeats_ = true;
    }
    if (!lazy.srcset.empty()) {
        write_known_attribute("srcset", lazy.srcset, foreign);
        seen_.push_back("srcset");
    }
    while (seen_.size() < kMaxAttributes && reader.next(attribute)) {
        auto const name = attribute.name;
        auto const again = std::any_of(seen_.begin(), seen_.end(),
                                       [&](std::string_view one) { return equal_ignoring_case(one, name); });
        if (!again) {  // the first one counts (13.2.5.33)
            seen_.push_back(name);
            write_known_attribute(name, attribute.value, foreign);
        }
    }
}

// When it is one of those that stay, and as much of its value as may.
void Sanitizer::write_known_attribute(std::string_view name, std::string_view source, bool foreign) {
    auto const kind = foreign ? foreign_attribute(name) : html_attribute(name);
    if (kind == AttributeKind::refused) {
        return;
    }
    decoded_.clear();
    append_decoded(decoded_, source, true);
    switch (kind) {
        case AttributeKind::url:
            if (auto const url = clean_url(decoded_); !url.empty() || decoded_.empty()) {
                write_attribute(name, url);
            }
            break;
        case AttributeKind::srcset:
            if (auto const set = clean_srcset(decoded_); !set.empty()) {
                write_attribute(name, set);
            }
            break;
        case AttributeKind::style:
            if (auto const style = clean_css(decoded_); !style.empty()) {
                write_attribute(name, style);
            }
            break;
        case AttributeKind::plain:
            write_attribute(name, decoded_);
            break;
        case AttributeKind::refused:
            break;
    }
}

void Sanitizer::write_attribute(std::string_view name, std::string_view value) {
    out_ += ' ';
    auto const start = out_.size();
    out_ += name;
    std::transform(out_.begin() + std::ptrdiff_t(start), out_.end(), out_.begin() + std::ptrdiff_t(start),
                   [](char c) { return to_lower(c); });
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
}

std::string Sanitizer::clean_url(std::string_view value) const {
    value = trim(value);
    if (value.empty() || has_refused_scheme(value)) {
        return {};
    }
    std::string url;
    if (http::is_plain_http_url(value)) {
        url = value;
    } else {
        url = base_.empty() ? without_controls(value) : http::resolve(base_, value);
        if (has_refused_scheme(url)) {
            return {};
        }
    }
    if (policy_ == Policy::article && !has_no_tracking(url)) {
        return without_tracking(url);
    }
    return url;
}

// "a.jpg 1x, b.jpg 2x": candidates are parted by a comma and white space (4.8.4.2.1).
std::string Sanitizer::clean_srcset(std::string_view value) const {
    std::string set;
    while (!value.empty()) {
        auto const start = value.find_first_not_of(" \t\r\n\f,");
        if (start == std::string_view::npos) {
            break;
        }
        value.remove_prefix(start);
        auto end = std::min(value.find_first_of(" \t\r\n\f"), value.size());
        auto url = value.substr(0, end);
        value.remove_prefix(end);
        std::string_view descriptor;
        if (url.ends_with(',')) {
            while (url.ends_with(',')) {
                url.remove_suffix(1);
            }
        } else {
            auto const comma = std::min(value.find(','), value.size());
            descriptor = trim(value.substr(0, comma));
            value.remove_prefix(std::min(comma + 1, value.size()));
        }
        auto clean = clean_url(url);
        while (clean.ends_with(',')) {
            clean.pop_back();  // it would part candidates
        }
        if (clean.empty()) {
            continue;
        }
        set += set.empty() ? "" : ", ";
        set += clean;
        if (!descriptor.empty()) {
            set += ' ';
            set += descriptor;
        }
    }
    return set;
}

bool Sanitizer::is_pixel(Token const& token) const {
    AttributeReader reader{token.attributes};
    AttributeReader::Attribute attribute;
    std::string_view url;
    std::string_view width;
    std::string_view height;
    while (reader.next(attribute)) {
        auto const is = [&](std::string_view name) { return equal_ignoring_case(attribute.name, name); };
        if (is("src") && url.empty()) {
            url = attribute.value;
        } else if (is("width") && width.empty()) {
            width = attribute.value;
        } else if (is("height") && height.empty()) {
            height = attribute.value;
        }
    }
    return is_tracking_pixel(url, width, height);
}

}  // namespace newswired::articles

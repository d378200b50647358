#include "articles/sanitizer.hpp"

#include "articles/html/attributes.hpp"
#include "articles/html/css.hpp"
#include "articles/html/entities.hpp"
#include "articles/tracking.hpp"
#include "core/text.hpp"
#include "http/url.hpp"

#include <algorithm>
#include <iterator>

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
              a = known_element("a"), caption = known_element("caption"), button = known_element("button");
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
            case Token::Kind::raw_text:
                append_escaped_source(out_, token.text);
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

bool Sanitizer::is_allowed(ElementId element) const {
    if (element == kUnknown) {
        return false;
    }
    auto const traits = element_traits(element);
    if ((traits & (S | M)) != 0) {
        return foreign_ != 0 || element == names().svg || element == names().math;
    }
    if ((traits & C) != 0 && policy_ == Policy::article) {
        return false;
    }
    return (traits & A) != 0;
}

void Sanitizer::start_tag(Token const& token) {
    if (has(token.element, D)) {
        drop_content(token.element);
        return;
    }
    // A button's or a list of choices' words are no part of an article.
    if (policy_ == Policy::article && (token.element == names().button || token.element == names().select)) {
        drop_content(token.element);
        return;
    }
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

// Everything up to the end tag of its own kind, nested ones counted.
void Sanitizer::drop_content(ElementId element) {
    std::size_t depth = 1;
    while (depth > 0) {
        auto const token = tokens_->next();
        if (token.kind == Token::Kind::end) {
            return;
        }
        if (token.element == element && token.kind == Token::Kind::start_tag) {
            ++depth;
        } else if (token.element == element && token.kind == Token::Kind::end_tag) {
            --depth;
        }
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

bool Sanitizer::write_attributes(Token const& token) {
    // Enough for anything meant; quadratic work on duplicates stays bounded.
    constexpr std::size_t kMaxAttributes = 64;
    AttributeReader reader{token.attributes};
    AttributeReader::Attribute attribute;
    std::string_view seen[kMaxAttributes];
    std::size_t count = 0;
    auto const foreign = foreign_ != 0 || has(token.element, S | M);
    while (count < kMaxAttributes && reader.next(attribute)) {
        auto const name = attribute.name;
        auto const again = std::any_of(seen, seen + count,
                                       [&](std::string_view one) { return equal_ignoring_case(one, name); });
        if (again) {
            continue;  // the first one counts (13.2.5.33)
        }
        seen[count++] = name;
        auto const kind = foreign ? foreign_attribute(name) : html_attribute(name);
        if (kind == AttributeKind::refused) {
            continue;
        }
        decoded_.clear();
        append_decoded(decoded_, attribute.value, true);
        switch (kind) {
            case AttributeKind::url: {
                auto const url = clean_url(decoded_);
                if (!url.empty() || decoded_.empty()) {
                    write_attribute(name, url, true);
                }
                break;
            }
            case AttributeKind::srcset:
                if (auto const set = clean_srcset(decoded_); !set.empty()) {
                    write_attribute(name, set, true);
                }
                break;
            case AttributeKind::style:
                if (auto const style = clean_css(decoded_); !style.empty()) {
                    write_attribute(name, style, true);
                }
                break;
            case AttributeKind::plain:
            case AttributeKind::refused:
                write_attribute(name, decoded_, attribute.has_value);
                break;
        }
    }
    return count > 0;
}

void Sanitizer::write_attribute(std::string_view name, std::string_view value, bool) {
    out_ += ' ';
    for (char const c : name) {
        out_ += to_lower(c);
    }
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
}

std::string Sanitizer::clean_url(std::string_view value) const {
    value = trim(value);
    if (value.empty() || has_refused_scheme(value)) {
        return {};
    }
    auto url = base_.empty() ? without_controls(value) : http::resolve(base_, value);
    if (has_refused_scheme(url)) {
        return {};
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
        auto const clean = clean_url(url);
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
        if (equal_ignoring_case(attribute.name, "src")) {
            url = attribute.value;
        } else if (equal_ignoring_case(attribute.name, "width")) {
            width = attribute.value;
        } else if (equal_ignoring_case(attribute.name, "height")) {
            height = attribute.value;
        }
    }
    return is_tracking_pixel(url, width, height);
}

}  // namespace newswired::articles

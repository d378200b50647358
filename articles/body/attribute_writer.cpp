#include "articles/body/attribute_writer.hpp"

#include "articles/html/css.hpp"
#include "articles/html/tokenizer.hpp"
#include "core/entities.hpp"
#include "core/text.hpp"

namespace newswired::articles {

using namespace html;

namespace {

auto const kSrc = html_attribute("src");
auto const kSrcset = html_attribute("srcset");

}  // namespace

void AttributeWriter::write(std::string_view attributes, bool foreign) {
    write_others(attributes, foreign, {});
}

void AttributeWriter::write_image(std::string_view attributes, ImageAttributes const& image) {
    Names seen;
    in_image_ = true;
    if (!image.lazy_src.empty()) {
        write_value(kSrc, image.lazy_src);
        seen.set(kSrc.number);
    }
    if (!image.lazy_srcset.empty()) {
        write_value(kSrcset, image.lazy_srcset);
        seen.set(kSrcset.number);
    }
    write_others(attributes, false, seen);
    in_image_ = false;
}

// The first attribute of a name counts (13.2.5.33).
void AttributeWriter::write_others(std::string_view attributes, bool foreign, Names seen) {
    AttributeReader reader{attributes};
    AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        auto const known = foreign ? foreign_attribute(attribute.name) : html_attribute(attribute.name);
        if (known.kind != AttributeKind::refused && !seen.test(known.number)) {
            seen.set(known.number);
            write_value(known, attribute.value);
        }
    }
}

void AttributeWriter::write_value(KnownAttribute const& attribute, std::string_view source) {
    auto value = source;
    if (source.find('&') != std::string_view::npos) {
        decoded_.clear();
        append_decoded(decoded_, source, true);
        value = decoded_;
    }
    switch (attribute.kind) {
        case AttributeKind::url:
            if (auto const url = urls_.clean(value); !url.empty() || value.empty()) {
                write_attribute(attribute, url);
                note_image(attribute, url);
            }
            break;
        case AttributeKind::srcset:
            if (auto const set = urls_.clean_set(value); !set.empty()) {
                write_attribute(attribute, set);
            }
            break;
        case AttributeKind::style:
            if (auto const style = clean_css(value); !style.empty()) {
                write_attribute(attribute, style);
            }
            break;
        case AttributeKind::plain:
            write_attribute(attribute, value);
            break;
        case AttributeKind::refused:
            break;
    }
}

// Inline, here and below: every attribute passes here, and what a library exports is not inlined unless it
// says so.
inline void AttributeWriter::note_image(KnownAttribute const& attribute, std::string_view url) {
    if (in_image_ && first_image_.empty() && attribute.number == kSrc.number &&
        starts_with_ignoring_case(url, "http")) {
        first_image_ = url;
    }
}

inline void AttributeWriter::write_attribute(KnownAttribute const& attribute, std::string_view value) {
    html_ += attribute.opening;
    append_escaped(html_, value);
    html_ += '"';
}

}  // namespace newswired::articles

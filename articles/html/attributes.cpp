#include "articles/html/attributes.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace newswired::articles::html {
namespace {

struct Row {
    std::string_view name;
    AttributeKind kind;
};

constexpr Row kHtml[] = {
#define NEWSWIRED_ATTRIBUTE(name, kind) {name, AttributeKind::kind},
#include "articles/html/attributes.inc"
#undef NEWSWIRED_ATTRIBUTE
};

// Of MathML and SVG: what draws, nothing that acts (no begin, end, on…, attributeName).
constexpr std::string_view kForeign[] = {"accent",
                                         "accentunder",
                                         "actiontype",
                                         "align",
                                         "bevelled",
                                         "class",
                                         "close",
                                         "color",
                                         "columnalign",
                                         "columnlines",
                                         "columnspacing",
                                         "columnspan",
                                         "cx",
                                         "cy",
                                         "d",
                                         "definitionurl",
                                         "depth",
                                         "dir",
                                         "display",
                                         "displaystyle",
                                         "dx",
                                         "dy",
                                         "encoding",
                                         "equalcolumns",
                                         "equalrows",
                                         "fence",
                                         "fill",
                                         "fill-opacity",
                                         "fill-rule",
                                         "fontstyle",
                                         "fontweight",
                                         "font-family",
                                         "font-size",
                                         "font-style",
                                         "font-weight",
                                         "frame",
                                         "fx",
                                         "fy",
                                         "gradienttransform",
                                         "gradientunits",
                                         "height",
                                         "id",
                                         "largeop",
                                         "length",
                                         "linethickness",
                                         "lspace",
                                         "markerheight",
                                         "markerunits",
                                         "markerwidth",
                                         "mathbackground",
                                         "mathcolor",
                                         "mathsize",
                                         "mathvariant",
                                         "maxsize",
                                         "minsize",
                                         "notation",
                                         "offset",
                                         "opacity",
                                         "open",
                                         "orient",
                                         "other",
                                         "overflow",
                                         "pathlength",
                                         "points",
                                         "preserveaspectratio",
                                         "r",
                                         "refx",
                                         "refy",
                                         "rowalign",
                                         "rowlines",
                                         "rowspacing",
                                         "rowspan",
                                         "rspace",
                                         "rx",
                                         "ry",
                                         "scriptlevel",
                                         "selection",
                                         "separator",
                                         "separators",
                                         "stop-color",
                                         "stop-opacity",
                                         "stretchy",
                                         "stroke",
                                         "stroke-dasharray",
                                         "stroke-dashoffset",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-miterlimit",
                                         "stroke-opacity",
                                         "stroke-width",
                                         "text-anchor",
                                         "transform",
                                         "type",
                                         "version",
                                         "viewbox",
                                         "voffset",
                                         "width",
                                         "x",
                                         "x1",
                                         "x2",
                                         "xml:lang",
                                         "xmlns",
                                         "y",
                                         "y1",
                                         "y2"};

// The longest name of the tables; what is longer is nobody's.
constexpr std::size_t kLongest = 24;

std::string_view lower(std::string_view name, std::array<char, kLongest>& buffer) {
    if (name.size() > buffer.size()) {
        return {};
    }
    std::transform(name.begin(), name.end(), buffer.begin(), [](char c) { return to_lower(c); });
    return {buffer.data(), name.size()};
}

}  // namespace

AttributeKind html_attribute(std::string_view name) {
    std::array<char, kLongest> buffer;
    auto const wanted = lower(name, buffer);
    auto const* const place =
        std::lower_bound(std::begin(kHtml), std::end(kHtml), wanted,
                         [](Row const& row, std::string_view n) { return row.name < n; });
    return place != std::end(kHtml) && place->name == wanted ? place->kind : AttributeKind::refused;
}

AttributeKind foreign_attribute(std::string_view name) {
    std::array<char, kLongest> buffer;
    auto const wanted = lower(name, buffer);
    if (wanted == "href" || wanted == "xlink:href") {
        return AttributeKind::url;
    }
    auto const known = std::find(std::begin(kForeign), std::end(kForeign), wanted) != std::end(kForeign);
    return known ? AttributeKind::plain : AttributeKind::refused;
}

}  // namespace newswired::articles::html

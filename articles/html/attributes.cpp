#include "articles/html/attributes.hpp"

#include "core/name_table.hpp"
#include "core/text.hpp"

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
constexpr NameTable kForeign{std::to_array<std::string_view>({"accent",
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
                                                              "y2"})};

constexpr NameTable kHtmlNames{[] {
    std::array<std::string_view, std::size(kHtml)> names{};
    for (std::size_t i = 0; i < names.size(); ++i) {
        names[i] = kHtml[i].name;
    }
    return names;
}()};

}  // namespace

AttributeKind html_attribute(std::string_view name) {
    auto const place = kHtmlNames.find(name);
    return place < std::size(kHtml) ? kHtml[place].kind : AttributeKind::refused;
}

AttributeKind foreign_attribute(std::string_view name) {
    if (equal_ignoring_case(name, "href") || equal_ignoring_case(name, "xlink:href")) {
        return AttributeKind::url;
    }
    return kForeign.contains(name) ? AttributeKind::plain : AttributeKind::refused;
}

}  // namespace newswired::articles::html

// Places: GeoRSS Simple and GML (georss.org), W3C Basic Geo.  Coordinates come as latitude, longitude and are
// kept as longitude, latitude (RFC 7946).

#include "core/text.hpp"
#include "feeds/modules/modules.hpp"

#include <charconv>
#include <cmath>
#include <vector>

namespace newswired::feeds::modules {
namespace {

using xml::Name;
using xml::Node;

std::vector<double> numbers(std::string_view text) {
    std::vector<double> all;
    while (!text.empty()) {
        auto const start = text.find_first_not_of(" \t\r\n,");
        if (start == std::string_view::npos) {
            break;
        }
        text.remove_prefix(start);
        auto const end = std::min(text.find_first_of(" \t\r\n,"), text.size());
        auto piece = text.substr(0, end);
        if (piece.starts_with('+')) {
            piece.remove_prefix(1);
        }
        double value = 0;
        if (std::from_chars(piece.data(), piece.data() + piece.size(), value).ec != std::errc{} ||
            !std::isfinite(value)) {
            return {};
        }
        all.push_back(value);
        text.remove_prefix(end);
    }
    return all;
}

void set(Reader& reader, Geo& geo, std::string_view type, std::vector<double> pairs,
         bool latitude_first = true) {
    auto const with_height = type == "Point" && pairs.size() == 3;
    if (pairs.size() < 2 || (pairs.size() % 2 != 0 && !with_height) || !geo.coordinates.empty()) {
        return;
    }
    for (std::size_t i = 0; latitude_first && i + 1 < pairs.size(); i += 2) {
        std::swap(pairs[i], pairs[i + 1]);
    }
    geo.type = type;
    geo.coordinates = reader.arena().copy(pairs);
}

// The first element of that name, however deep (GML wraps and wraps).
Node const* find(Node const& root, Name name, Name other) {
    for (auto const* node = root.first; node != nullptr;) {
        if (node->name == name || node->name == other) {
            return node;
        }
        if (node->first != nullptr) {
            node = node->first;
            continue;
        }
        while (node->next == nullptr && node->parent != &root) {
            node = node->parent;
        }
        node = node->next;
    }
    return nullptr;
}

void read_gml(Reader& reader, Node const& node, Geo& geo) {
    if (auto const* const lower = find(node, Name::gml_lowercorner, Name::gml_lowercorner)) {
        auto corners = numbers(reader.plain(*lower));
        if (auto const* const upper = find(node, Name::gml_uppercorner, Name::gml_uppercorner)) {
            auto const more = numbers(reader.plain(*upper));
            corners.insert(corners.end(), more.begin(), more.end());
        }
        set(reader, geo, "Box", corners);
        return;
    }
    auto const* const positions = find(node, Name::gml_pos, Name::gml_poslist);
    auto const* const coordinates =
        positions != nullptr ? positions : find(node, Name::gml_coordinates, Name::gml_coordinates);
    if (coordinates == nullptr) {
        return;
    }
    auto const shape =
        find(node, Name::gml_polygon, Name::gml_polygon) != nullptr || node.name == Name::gml_polygon
            ? "Polygon"
        : find(node, Name::gml_linestring, Name::gml_linestring) != nullptr ||
                node.name == Name::gml_linestring
            ? "LineString"
            : "Point";
    set(reader, geo, shape, numbers(reader.plain(*coordinates)));
}

// geo:lat or geo:long; the second to come makes the point.
void read_half(Reader& reader, Node const& node, ItemDraft& item) {
    if (node.name == Name::geo_lat) {
        item.latitude = reader.plain(node);
    } else if (node.name == Name::geo_long) {
        item.longitude = reader.plain(node);
    }
    if (!item.latitude.empty() && !item.longitude.empty() && item.geo.coordinates.empty()) {
        auto pair = numbers(item.latitude);
        auto const second = numbers(item.longitude);
        pair.insert(pair.end(), second.begin(), second.end());
        set(reader, item.geo, "Point", pair);
    }
}

}  // namespace

bool read_geo(Reader& reader, Node const& node, ItemDraft& item) {
    switch (node.name) {
        case Name::georss_point:
            set(reader, item.geo, "Point", numbers(reader.plain(node)));
            return true;
        case Name::georss_line:
            set(reader, item.geo, "LineString", numbers(reader.plain(node)));
            return true;
        case Name::georss_polygon:
            set(reader, item.geo, "Polygon", numbers(reader.plain(node)));
            return true;
        case Name::georss_box:
            set(reader, item.geo, "Box", numbers(reader.plain(node)));
            return true;
        case Name::georss_where:
        case Name::gml_point:
        case Name::gml_linestring:
        case Name::gml_polygon:
        case Name::gml_envelope:
            read_gml(reader, node, item.geo);
            return true;
        case Name::geo_lat:
        case Name::geo_long:
            read_half(reader, node, item);
            return true;
        case Name::geo_point:
            for (auto const& child : elements(node)) {
                read_half(reader, child, item);
            }
            return true;
        case Name::geo_lat_long:
            set(reader, item.geo, "Point", numbers(reader.plain(node)));
            return true;
        default:
            return false;
    }
}

bool read_geo(Reader&, Node const&, FeedDraft&) {
    return false;
}

}  // namespace newswired::feeds::modules

// Where an item is about, as JSON: the shape of a GeoJSON geometry (RFC 7946), longitude first.

#pragma once

#include "core/json_writer.hpp"
#include "feeds/parsed_feed.hpp"

namespace newswired::feeds {

/// One object. A point's coordinates are two numbers (three with a height); those of lines, boxes and
/// polygons are pairs, one list of them whatever the type: feeds know no rings inside rings.
void write_geo(JsonWriter& json, Geo const& geo);

}  // namespace newswired::feeds

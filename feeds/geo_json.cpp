#include "feeds/geo_json.hpp"

#include <cstddef>

namespace newswired::feeds {

void write_geo(JsonWriter& json, Geo const& geo) {
    json.open_object();
    json.member("type", geo.type);
    json.key("coordinates");
    json.open_array();
    if (geo.type == "Point") {
        for (auto const number : geo.coordinates) {
            json.number(number);
        }
    } else {
        for (std::size_t i = 0; i + 1 < geo.coordinates.size(); i += 2) {
            json.open_array();
            json.number(geo.coordinates[i]);
            json.number(geo.coordinates[i + 1]);
            json.close_array();
        }
    }
    json.close_array();
    json.close_object();
}

}  // namespace newswired::feeds

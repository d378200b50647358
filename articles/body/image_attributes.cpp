#include "articles/body/image_attributes.hpp"

#include "articles/html/tokenizer.hpp"
#include "articles/identity/tracking.hpp"
#include "core/name_table.hpp"
#include "core/text.hpp"

#include <array>

namespace newswired::articles {
namespace {

// The names that count; of several lazy ones the first in the tag.
enum Name : std::size_t { kSrc, kWidth, kHeight, kClass, kSources, kSets = kSources + 4, kNames = kSets + 2 };
constexpr NameTable kKnown{
    std::to_array<std::string_view>({"src", "width", "height", "class", "data-src", "data-lazy-src",
                                     "data-original", "data-orig-src", "data-srcset", "data-lazy-srcset"})};

bool is_stand_in(std::string_view src) {
    src = trim(src);
    return src.empty() || starts_with_ignoring_case(src, "data:") || starts_with_ignoring_case(src, "about:");
}

void offer(std::string_view& place, std::string_view value) {
    if (place.empty()) {
        place = value;
    }
}

}  // namespace

bool ImageAttributes::is_tracking_pixel() const {
    return articles::is_tracking_pixel(src, width, height);
}

ImageAttributes read_image_attributes(std::string_view attributes) {
    ImageAttributes image;
    bool has_stand_in = true;
    bool says_lazy = false;
    html::AttributeReader reader{attributes};
    html::AttributeReader::Attribute attribute;
    while (reader.next(attribute)) {
        auto const value = attribute.value;
        auto const name = kKnown.find(attribute.name);
        if (name == kSrc) {
            offer(image.src, value);
            has_stand_in = is_stand_in(value);
        } else if (name == kWidth) {
            offer(image.width, value);
        } else if (name == kHeight) {
            offer(image.height, value);
        } else if (name == kClass) {
            says_lazy = says_lazy || find_ignoring_case(value, "lazy") != std::string_view::npos;
        } else if (name >= kSources && name < kSets) {
            offer(image.lazy_src, value);
        } else if (name >= kSets && name < kNames) {
            offer(image.lazy_srcset, value);
        }
    }
    if (!has_stand_in && !says_lazy) {
        image.lazy_src = image.lazy_srcset = {};
    }
    return image;
}

}  // namespace newswired::articles

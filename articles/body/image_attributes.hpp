// What the attributes of an <img> say of it, before they are sanitised: whether it is there to be seen, and
// where it is when a script was to load it.

#pragma once

#include <string_view>

namespace newswired::articles {

/// Values as they stand in the source, references undecoded; empty where there is none.
struct ImageAttributes {
    std::string_view src{};
    std::string_view width{};
    std::string_view height{};
    /// Of an image that a script was to load ("src" is empty or a stand-in): its address.
    std::string_view lazy_src{};
    std::string_view lazy_srcset{};

    bool is_tracking_pixel() const;
};

ImageAttributes read_image_attributes(std::string_view attributes);

}  // namespace newswired::articles

// The word that pages put over an advertisement, which stays when the advertisement doesn't come.

#pragma once

#include <string_view>

namespace newswired::articles::page {

/// Whether `text`, all that a block says, is nothing but "Advertisement", "- Werbung -", "广告".
bool is_advertisement_label(std::string_view text);

}  // namespace newswired::articles::page

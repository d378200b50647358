// Captions: what is said of a picture belongs to it, and text has no pictures.

#pragma once

#include <string>
#include <string_view>

namespace newswired::articles::page {

/// Sanitised HTML without its pictures' figures and captions: what content_text is made of.  A figure may
/// also be a table, a quotation or code, of which only the caption goes.
std::string without_captions(std::string_view html);

}  // namespace newswired::articles::page

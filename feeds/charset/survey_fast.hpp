// The survey of a document that is what nearly all are: UTF-8 without a fault, on a processor with AVX2.

#pragma once

#include "feeds/charset/survey.hpp"

#include <optional>
#include <string_view>

namespace newswired::feeds {

/// Nothing when `bytes` are not UTF-8, or this processor has no such instructions: look carefully then.
std::optional<Survey> survey_fast(std::string_view bytes);

}  // namespace newswired::feeds

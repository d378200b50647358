// Results: what happens in normal life is returned, not thrown.
//
// One error_code goes from the socket to the log line; every room has one `errc` enum and a category of
// its own.  "Not found" and "not modified" are outcomes, not errors.

#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace newswired {

using Error = boost::system::error_code;

template <typename T = void>
using Result = boost::system::result<T>;

}  // namespace newswired

// What the machine allows us: cores and file descriptors.

#pragma once

#include <cstddef>

namespace newswired::daemon {

/// Cores that this process may run on (its affinity mask, not the machine's count); at least 1.
std::size_t usable_cores();

/// Raises the limit of open files as far as it goes without privileges, and returns how many of `wanted`
/// polls at once it allows (a warning is logged when that is fewer).
std::size_t descriptors_allow(std::size_t wanted);

}  // namespace newswired::daemon

// Random bytes that nobody can guess: for secrets and for addresses that are a secret.  Jitter and the like
// need no more than <random>.

#pragma once

#include <cstddef>
#include <string>

namespace newswired {

/// `size` bytes from the system's generator.  Throws when there is none: nothing may go on with a secret that
/// is not one.
std::string random_bytes(std::size_t size);

}  // namespace newswired

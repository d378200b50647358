// What the program's memory comes from: jemalloc, or the C library's malloc where sanitizers need that.

#pragma once

namespace newswired::heap {

/// Gives free memory back to the system.  Takes milliseconds: for after large work, and now and then.
void give_back();

}  // namespace newswired::heap

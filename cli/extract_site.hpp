// `extract --site`: many pages of one site, each cleaned of what the others have as well.

#pragma once

#include <string>

namespace newswired::cli {

/// Reads the pages of `place`, a folder of HTML files (all of one site) or a list of lines URL<TAB>FILE (each
/// host a site; - for standard input), and prints a line of JSON for each, in the order of names or lines:
/// the item, or {"error": "…"}.  Exit code 1 when `place` can't be read.
int extract_site(std::string const& place);

}  // namespace newswired::cli

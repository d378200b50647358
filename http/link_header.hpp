// Links that a response's header states: `Link: <https://hub.example/>; rel="hub", <…>; rel=self`.
//
// Pure.  Spec: RFC 8288, 3 and B.2 (how to read it: leniently).

#pragma once

#include "http/message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {

struct WebLink {
    std::string target{};  ///< between the angle brackets, as given
    std::string rel{};     ///< relation types, parted by spaces; only the first rel parameter counts (3.3)
    std::string anchor{};  ///< what it is a link of, when that is not the resource itself

    /// Whether `type` is among its relation types, whatever its case.
    bool is(std::string_view type) const;
};

/// All links of all Link fields, in order; what can't be read is passed over.
std::vector<WebLink> links_of(Fields const& fields);

}  // namespace newswired::http

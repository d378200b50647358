// robots.txt: what a site asks of those who come without being sent by a person.
//
// Pure: who fetches the file and how long it holds is daemon/polling/page_desk.hpp's affair.
//
// Spec: RFC 9309, 2.2 (groups and rules), 2.3.1 (what an answer without a file means).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::http {

/// The rules of one robots.txt that are meant for us.
class Robots {
  public:
    /// Nothing is said: everything is allowed.
    Robots() = default;

    /// Of `file`, what it says to the product token `agent` (the case of letters does not matter), else what
    /// it says to "*".  Anything may stand in `file`; what is beyond the first 500 KiB is not looked at
    /// (2.5).
    Robots(std::string_view file, std::string_view agent);

    /// Nothing is allowed.
    static Robots nothing();

    /// Whether a URL of the site with this path and query ("/a?b") may be asked.  The longest rule that
    /// matches decides; of two that are as long, the one that allows (2.2.2).
    bool allows(std::string_view target) const;

  private:
    struct Rule {
        std::string pattern{};  ///< normalised, '*' and a last '$' as they stood
        bool allow = false;
    };
    std::vector<Rule> rules_;
};

/// What an answer to a request for robots.txt means (2.3.1).
enum class RobotsAnswer : std::uint8_t {
    file,         ///< 2xx: its body is to be read
    none,         ///< 4xx, or it leads nowhere: there are no rules
    unreachable,  ///< 5xx, 429: all is disallowed until it can be read
};
RobotsAnswer meaning_of_robots_status(std::uint16_t status);

/// The product token in a User-Agent: "newswired" of "newswired/1.0 (+https://…)"; "newswired" when it has
/// none.
std::string product_token(std::string_view user_agent);

}  // namespace newswired::http

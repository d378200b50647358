// One name, two questions: what the answers for IPv4 (A) and IPv6 (AAAA) come to together.
//
// There are name servers that never answer the one they do not know; whoever waits for both waits for the
// time-outs.  So each is asked by itself, and who has one good answer may go on with it (RFC 8305, 3).

#pragma once

#include "http/dns/name_lookup.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace newswired::http {

enum class Family : std::uint8_t { v4, v6 };

class BothFamilies {
  public:
    void take(Family family, Result<NameAnswer> answer);

    bool is_complete() const { return answers_[0] && answers_[1]; }
    /// Whether there is an address to go on with.
    bool is_good() const;
    /// The first IPv6 address, if there is one.
    std::optional<boost::asio::ip::address> first_v6() const;

    /// The addresses of both, one family after the other, for as long as all of them hold.  Without an
    /// address errc::name_not_found when neither has any, errc::name_lookup_failed when one of them may have.
    Result<NameAnswer> together(Family first) const;

  private:
    NameAnswer const* good(Family family) const;

    std::array<std::optional<Result<NameAnswer>>, 2> answers_{};
};

}  // namespace newswired::http

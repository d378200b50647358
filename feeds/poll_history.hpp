// A feed's last polls, for explain.
//
// Nearly every poll adds one line and looks at none: they are kept as the bytes that rest in storage.

#pragma once

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace newswired {
class ByteReader;
}

namespace newswired::feeds {

/// How a poll ended.
enum class PollOutcome : std::uint8_t {
    document,      ///< a new document was read
    not_modified,  ///< 304, or an answer that says nothing (204)
    refused,       ///< an HTTP error status
    unreadable,    ///< a document came, but no feed
    no_answer,     ///< network, TLS, time-outs
    gone,          ///< 410
    postponed,     ///< a redirect that asks to wait before it is followed
    disallowed,    ///< robots.txt, for a feed whose operator respects it
};

/// For the log and `explain`.
std::string_view in_words(PollOutcome outcome);

/// One line of a feed's history.
struct PastPoll {
    SystemTime at{};
    PollOutcome outcome = PollOutcome::document;
    std::uint16_t status = 0;   ///< HTTP status; 0 when no answer came
    std::uint32_t items = 0;    ///< items in the document
    std::uint32_t unknown = 0;  ///< of these, not known to be unchanged
    std::uint64_t bytes = 0;
    std::uint32_t milliseconds_taken = 0;

    friend bool operator==(PastPoll const&, PastPoll const&) = default;
};

class PollHistory {
  public:
    static constexpr std::size_t kMost = 10;       ///< polls; what explain shows
    static constexpr std::size_t kMostBytes = 70;  ///< of one poll; some 20 are usual

    /// As the newest; where there are kMost, the oldest is forgotten.
    void add(PastPoll const& poll);

    bool empty() const { return bytes_.empty(); }
    std::optional<PastPoll> oldest() const;
    std::optional<PastPoll> newest() const;
    std::vector<PastPoll> all() const;  ///< the oldest first

    /// As they rest in storage; and back: what is cut or strange is left out.
    std::string_view bytes() const { return bytes_; }
    static PollHistory of_bytes(std::string_view bytes);
    /// As states of earlier versions kept them: their number, then each as long ago as it was at `base`.
    static PollHistory of_ages(ByteReader& in, SystemTime base);

  private:
    std::string bytes_{};  // each poll: its length in a byte, then its numbers
};

}  // namespace newswired::feeds

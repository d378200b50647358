// Requests and responses as the rest of the house sees them: light values, no library behind them.
//
// Specs: RFC 9110 (semantics).  Field names compare without case; values are kept byte for byte.

#pragma once

#include "http/route.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::http {

/// Header fields in the order they came.  A handful of them: a vector beats a map.
class Fields {
  public:
    using Entry = std::pair<std::string, std::string>;

    /// The first value of that name, empty when there is none (has() tells the difference).
    std::string_view operator[](std::string_view name) const;
    bool has(std::string_view name) const;
    /// All values of that name, joined by ", " (RFC 9110, 5.3).
    std::string joined(std::string_view name) const;

    void reserve(std::size_t count) { entries_.reserve(count); }
    void add(std::string name, std::string value);
    /// Replaces every field of that name.
    void set(std::string name, std::string value);
    void remove(std::string_view name);

    auto begin() const { return entries_.begin(); }
    auto end() const { return entries_.end(); }
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }

    friend bool operator==(Fields const&, Fields const&) = default;

  private:
    std::vector<Entry> entries_;
};

enum class Method : std::uint8_t { get, post };

/// How far a request may follow redirects.
enum class Redirects : std::uint8_t { follow, refuse };

/// What becomes of a redirect that asks to wait before it is followed (RFC 9110, 10.2.3).
enum class RedirectDelay : std::uint8_t {
    obey,   ///< a short wait is waited for; for a long one the redirect itself is the response
    waited  ///< that was done: it is followed at once
};

class RedirectJudge;

struct Request {
    std::string url{};
    Method method = Method::get;
    Fields fields{};         ///< beside what the client adds (Host, User-Agent, Accept-Encoding, …)
    std::string body{};      ///< for post
    std::string username{};  ///< Basic credentials for the URL's origin; never sent to another
    std::string password{};
    std::vector<std::string> secret_fields{};  ///< names of fields that stay with the origin of `url` too
    std::string
        conditional_url{};  ///< If-None-Match and If-Modified-Since go to this URL only, where a redirect
                            ///< leads elsewhere they are left out; empty: to whatever is asked
    Redirects redirects = Redirects::follow;
    RedirectDelay redirect_delay = RedirectDelay::obey;
    RedirectJudge* redirect_judge = nullptr;  ///< must outlive the request; null: redirects are not judged
    std::size_t max_body = 0;  ///< bytes of the decoded body, if less than the client's own limit; 0: that
    bool address_is_trusted =
        false;  ///< typed by the operator (a sink): the address guard and the client's proxy do not apply
    SharedRoute route{};
};

/// One redirect that was followed.
struct Hop {
    std::uint16_t status = 0;
    std::string from{};
    std::string to{};
};

struct Response {
    std::uint16_t status = 200;
    Fields fields{};
    std::string body{};            ///< whole and decoded (content and transfer codings removed)
    std::string effective_url{};   ///< the URL that answered, after redirects; without fragment and userinfo
    std::vector<Hop> hops{};       ///< the redirects on the way, in order
    std::uint64_t wire_bytes = 0;  ///< bytes received, header and codings included
};

}  // namespace newswired::http

// Content codings: gzip, deflate, br and zstd, undone as the bytes arrive and never beyond a bound.
//
// Publishers' servers label carelessly, so a body that plainly is no gzip although it says so is taken as it
// is, deflate may come with or without its zlib wrapper, and bytes after the end are left alone.
//
// Specs: RFC 9110, 8.4.1; RFC 1950 to 1952; RFC 7932 (br); RFC 8878 and 9659 (zstd).

#pragma once

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::http {

/// What goes into Accept-Encoding.
inline constexpr std::string_view kAcceptedCodings = "gzip, deflate, br, zstd";

/// One coding being undone.
class Coding {
  public:
    virtual ~Coding() = default;

    /// Decodes all of `in` and appends what comes out to `out`, which must not grow beyond `max`
    /// (errc::body_too_large).
    virtual Error decode(std::string_view in, std::string& out, std::size_t max) = 0;

    /// All bytes have come: errc::incomplete when the end of the coded data was not among them.
    virtual Error finish(std::string& out, std::size_t max) = 0;
};

class BodyDecoder {
  public:
    /// Undoes what a Content-Encoding field lists ("gzip", "br, gzip", "" for nothing at all).  Bodies end at
    /// `max` bytes, coded as well as decoded.
    explicit BodyDecoder(std::size_t max);

    /// Call once, before the first byte.  errc::bad_coding when one of them is unknown.
    Error start(std::string_view content_encoding);

    Error write(std::string_view bytes);
    Error finish();

    /// Makes room for a body of that announced length.
    void expect(std::uint64_t length);

    std::string take() { return std::move(body_); }

  private:
    Error pass(std::size_t stage, std::string_view bytes);

    std::size_t max_;
    std::size_t received_ = 0;
    std::vector<std::unique_ptr<Coding>> stages_;  // in the order of undoing
    std::string body_;
};

/// The coding of that name; null when there is none.
std::unique_ptr<Coding> make_coding(std::string_view name);

}  // namespace newswired::http

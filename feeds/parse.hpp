// Parsing: the bytes of any feed → a ParsedFeed.
//
// RSS 0.90-2.0, RDF, Atom 0.3/1.0, JSON Feed 1.0/1.1; whatever the encoding, and however broken the XML: what
// is wrong but readable is read, and noted in `problems`.  A document that holds no feed at all is an error.
//
// Pure: no I/O, nothing is ever fetched (no DTD, no external entity).  Work and memory are bounded by a small
// multiple of the input; no recursion on the input's depth.  Thread-safe.

#pragma once

#include "core/result.hpp"
#include "feeds/parsed_feed.hpp"

#include <string>
#include <string_view>

namespace newswired::feeds {

enum class errc {
    empty_document = 1,  ///< no bytes, or only white space
    not_a_feed,          ///< readable, but no feed (an HTML page, another XML vocabulary, some other JSON)
    not_readable,        ///< neither XML nor JSON nor HTML (binary data)
};

/// Makes errc an error_code; found by argument-dependent lookup.
Error make_error_code(errc code);

struct Document {
    std::string bytes{};         ///< as served, content codings removed
    std::string url{};           ///< the final URL, for relative references; may be empty
    std::string content_type{};  ///< the Content-Type field as it came; may be empty
};

Result<ParsedFeed> parse(Document document);

}  // namespace newswired::feeds

template <>
struct boost::system::is_error_code_enum<newswired::feeds::errc> : std::true_type {};

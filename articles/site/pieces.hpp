// The tags and texts of a sanitised body, told apart once: its blocks are found, taken out and the rest is
// read as text by going over these instead of over HTML.

#pragma once

#include "articles/html/tokenizer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace newswired::articles::site {

struct Piece {
    std::uint32_t begin = 0;  ///< in the HTML; bodies are far below four gigabytes
    std::uint32_t end = 0;
    html::ElementId element = html::kUnknown;  ///< of a tag
    html::Token::Kind kind = html::Token::Kind::text;

    std::string_view source(std::string_view html) const { return html.substr(begin, end - begin); }

    friend bool operator==(Piece const&, Piece const&) = default;
};

using Pieces = std::vector<Piece>;

/// All of `html`, without gaps.
Pieces pieces_of(std::string_view html);

/// What is left of a body that some of its pieces were taken out of.
struct Rest {
    std::string html{};
    Pieces pieces{};  ///< as pieces_of() tells them apart in it
};

/// `kept`, pieces of `html` in its order.
Rest rest_of(std::string_view html, Pieces const& kept);

/// What to_readable_text() makes of `html`, whose pieces these are.
std::string readable_text_of(std::string_view html, Pieces const& pieces);

}  // namespace newswired::articles::site

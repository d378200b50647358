#include "articles/site/pieces.hpp"

#include "articles/text_writer.hpp"

namespace newswired::articles::site {

using html::Token;

Pieces pieces_of(std::string_view html) {
    Pieces pieces;
    html::Tokenizer tokens{html};
    std::uint32_t begin = 0;
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        auto const end = static_cast<std::uint32_t>(tokens.position());
        pieces.push_back({.begin = begin, .end = end, .element = token.element, .kind = token.kind});
        begin = end;
    }
    return pieces;
}

Rest rest_of(std::string_view html, Pieces const& kept) {
    Rest rest;
    rest.html.reserve(html.size());
    rest.pieces.reserve(kept.size());
    for (auto const& piece : kept) {
        auto const begin = static_cast<std::uint32_t>(rest.html.size());
        rest.html += piece.source(html);
        auto const end = static_cast<std::uint32_t>(rest.html.size());
        auto const is_text = piece.kind == Token::Kind::text;
        if (is_text && !rest.pieces.empty() && rest.pieces.back().kind == Token::Kind::text) {
            rest.pieces.back().end = end;  // what parted the two is gone
        } else {
            rest.pieces.push_back({.begin = begin, .end = end, .element = piece.element, .kind = piece.kind});
        }
    }
    return rest;
}

std::string readable_text_of(std::string_view html, Pieces const& pieces) {
    TextWriter writer{html.size()};
    for (auto const& piece : pieces) {
        writer.token(piece.kind, piece.element, piece.source(html));
    }
    return writer.finish();
}

}  // namespace newswired::articles::site

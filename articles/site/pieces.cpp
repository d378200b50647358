#include "articles/site/pieces.hpp"

#include "articles/body/text_writer.hpp"

#include <algorithm>

namespace newswired::articles::site {

using html::Token;

namespace {

// Of a tag: "<a href=…>", "</a>".
html::ElementId element_of(std::string_view tag, bool is_end) {
    auto const start = is_end ? 2u : 1u;
    auto end = std::size_t{start};
    while (end < tag.size() && tag[end] != ' ' && tag[end] != '>') {
        ++end;
    }
    return html::find_element(tag.substr(std::min<std::size_t>(start, tag.size()), end - start));
}

Piece piece_at(std::string_view html, std::size_t begin) {
    auto const begins = static_cast<std::uint32_t>(begin);
    if (html[begin] != '<') {
        auto const end = std::min(html.find('<', begin), html.size());
        return {.begin = begins, .end = static_cast<std::uint32_t>(end)};
    }
    auto const end = std::min(html.find('>', begin), html.size() - 1) + 1;
    auto const is_end = begin + 1 < html.size() && html[begin + 1] == '/';
    return {.begin = begins,
            .end = static_cast<std::uint32_t>(end),
            .element = element_of(html.substr(begin, end - begin), is_end),
            .kind = is_end ? Token::Kind::end_tag : Token::Kind::start_tag};
}

}  // namespace

// No '<' of sanitised HTML is text, and no '>' is within a tag, as both are escaped: a look for either is
// all that it takes, where a stranger's HTML needs the tokenizer.
Pieces pieces_of(std::string_view html) {
    Pieces pieces;
    for (std::size_t place = 0; place < html.size(); place = pieces.back().end) {
        pieces.push_back(piece_at(html, place));
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

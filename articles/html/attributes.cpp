#include "articles/html/attributes.hpp"

#include "core/name_table.hpp"

#include <array>
#include <cstddef>
#include <iterator>

namespace newswired::articles::html {
namespace {

struct Row {
    std::string_view opening;  // " name=\""
    AttributeKind kind;

    constexpr std::string_view name() const { return opening.substr(1, opening.size() - 3); }
};

#define NEWSWIRED_ATTRIBUTE(name, kind) {" " name "=\"", AttributeKind::kind},
constexpr Row kHtml[] = {
#include "articles/html/attributes.inc"
};
constexpr Row kForeign[] = {
#include "articles/html/foreign_attributes.inc"
};
#undef NEWSWIRED_ATTRIBUTE

static_assert(std::size(kHtml) <= AttributeSet{}.size() && std::size(kForeign) <= AttributeSet{}.size());

template <std::size_t Count>
constexpr std::array<std::string_view, Count> names_of(Row const (&rows)[Count]) {
    std::array<std::string_view, Count> names{};
    for (std::size_t i = 0; i < Count; ++i) {
        names[i] = rows[i].name();
    }
    return names;
}

constexpr NameTable kHtmlNames{names_of(kHtml)};
constexpr NameTable kForeignNames{names_of(kForeign)};

template <std::size_t Count>
KnownAttribute find(Row const (&rows)[Count], NameTable<Count> const& names, std::string_view name) {
    auto const place = names.find(name);
    if (place == Count) {
        return {};
    }
    return {.kind = rows[place].kind,
            .number = static_cast<std::uint16_t>(place),
            .opening = rows[place].opening};
}

}  // namespace

KnownAttribute html_attribute(std::string_view name) {
    return find(kHtml, kHtmlNames, name);
}

KnownAttribute foreign_attribute(std::string_view name) {
    return find(kForeign, kForeignNames, name);
}

}  // namespace newswired::articles::html

#include "feeds/charset/encoding.hpp"

#include "core/text.hpp"

#include <iconv.h>
#include <unicode/ucnv.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <memory>
#include <type_traits>

namespace newswired::feeds {
namespace {

struct Label {
    std::string_view label;
    char const* converter;
};
constexpr Label kLabels[] = {
#define NEWSWIRED_ENCODING(label, converter) {label, converter},
#include "feeds/charset/labels.inc"
#undef NEWSWIRED_ENCODING
};

struct CloseConverter {
    void operator()(void* converter) const { iconv_close(converter); }
};
using Converter = std::unique_ptr<std::remove_pointer_t<iconv_t>, CloseConverter>;

Converter open_converter(std::string_view label) {
    auto const from = converter_for(label);
    auto open = [](std::string const& name) -> Converter {
        auto* const made = name.empty() ? nullptr : iconv_open("UTF-8", name.c_str());
        return Converter{reinterpret_cast<std::intptr_t>(made) == -1 ? nullptr : made};
    };
    auto converter = open(from);
    if (!converter) {  // "cp_437", "iso8859_5", "mac_greek": names in Python's spelling
        auto other = from;
        std::replace(other.begin(), other.end(), '_', '-');
        converter = open(other);
    }
    if (!converter && from.starts_with("csibm")) {
        converter = open(from.substr(2));
    }
    if (!converter) {
        auto joined = from;
        std::erase_if(joined, [](char c) { return c == '_' || c == '-'; });
        converter = open(joined);
        if (!converter && joined.starts_with("mac")) {
            converter = open("mac-" + joined.substr(3));
        }
    }
    return converter;
}

// A byte that the converter refuses: windows code pages leave holes where the WHATWG has control characters.
void append_unconverted(std::string& out, unsigned char byte) {
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? char32_t{byte} : char32_t{0xFFFD});
}

// What is skipped when a converter refuses it: less than a unit would put all that follows out of step.
std::size_t unit_of(std::string_view converter) {
    return converter.starts_with("UTF-32") ? 4 : converter.starts_with("UTF-16") ? 2 : 1;
}

// For the few encodings that the C library lacks ("macgreek").
std::optional<Converted> convert_with_icu(std::string_view bytes, std::string_view label) {
    auto name = converter_for(label);
    std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
    if (name.starts_with("mac")) {
        name.insert(0, "x-").insert(5, "-");
    }
    UErrorCode status = U_ZERO_ERROR;
    // ICU counts in 32 bits, and a byte becomes three at most.
    if (name.empty() || bytes.size() > std::numeric_limits<std::int32_t>::max() / 4) {
        return std::nullopt;
    }
    ucnv_close(ucnv_open(name.c_str(), &status));
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    Converted result;
    result.text.resize(bytes.size() * 3 + 16);
    auto const length =
        ucnv_convert("UTF-8", name.c_str(), result.text.data(), static_cast<std::int32_t>(result.text.size()),
                     bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    result.text.resize(static_cast<std::size_t>(length));
    return result;
}

}  // namespace

std::string converter_for(std::string_view label) {
    auto const lower = to_lower(trim(label));
    for (auto const& known : kLabels) {
        if (known.label == lower) {
            return known.converter;
        }
    }
    // Only what can be a name: the C library reads suffixes such as "//IGNORE" as orders.
    auto const plain = [](char c) {
        return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '+';
    };
    return lower.size() <= 40 && std::all_of(lower.begin(), lower.end(), plain) ? lower : std::string{};
}

std::optional<Converted> convert(std::string_view bytes, std::string_view label) {
    auto const converter = open_converter(label);
    if (!converter) {
        return convert_with_icu(bytes, label);
    }
    Converted result;
    result.text.reserve(bytes.size() + bytes.size() / 4);
    auto const unit = unit_of(converter_for(label));
    std::array<char, 64 * 1024> buffer;
    auto* in = const_cast<char*>(bytes.data());
    for (auto left = bytes.size(); left > 0;) {
        auto* out = buffer.data();
        auto room = buffer.size();
        auto const done = iconv(converter.get(), &in, &left, &out, &room);
        auto const refused = done == static_cast<std::size_t>(-1) && errno != E2BIG;
        result.text.append(buffer.data(), buffer.size() - room);
        if (refused && left > 0) {
            append_unconverted(result.text, static_cast<unsigned char>(unit == 1 ? *in : 0));
            ++result.invalid;
            auto const skipped = std::min(unit, left);
            in += skipped;
            left -= skipped;
        }
    }
    // Some encodings keep a character back, for a mark that may follow.
    auto* out = buffer.data();
    auto room = buffer.size();
    iconv(converter.get(), nullptr, nullptr, &out, &room);
    result.text.append(buffer.data(), buffer.size() - room);
    return result;
}

std::string const& windows_1252(unsigned char byte) {
    static auto const kCharacters = [] {
        std::array<std::string, 128> characters;
        for (unsigned i = 0; i < 128; ++i) {
            char const one = static_cast<char>(0x80 + i);
            auto const converted = convert({&one, 1}, "windows-1252");
            characters[i] = converted ? converted->text : "?";
        }
        return characters;
    }();
    return kCharacters[byte & 0x7Fu];
}

}  // namespace newswired::feeds

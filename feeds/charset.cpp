#include "feeds/charset.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <iconv.h>
#include <memory>
#include <optional>
#include <type_traits>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

namespace newswired::feeds {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kPrologue = 1024;  // where a label may stand

struct Label {
    std::string_view label;
    char const* converter;
};
constexpr Label kLabels[] = {
#define NEWSWIRED_ENCODING(label, converter) {label, converter},
#include "feeds/encoding_labels.inc"
#undef NEWSWIRED_ENCODING
};

bool is_utf8_label(std::string_view label) {
    return label.empty() || equal_ignoring_case(label, "utf-8") || equal_ignoring_case(label, "utf8");
}

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

struct Converted {
    std::string text;
    std::size_t invalid = 0;  // bytes that meant nothing
};

// A byte that the converter refuses: windows code pages leave holes where the WHATWG has control characters.
void append_unconverted(std::string& out, unsigned char byte) {
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? char32_t{byte} : char32_t{0xFFFD});
}

// For the few encodings that the C library lacks ("macgreek").
std::optional<Converted> convert_with_icu(std::string_view bytes, std::string_view label) {
    auto name = converter_for(label);
    std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
    if (name.starts_with("mac")) {
        name.insert(0, "x-").insert(5, "-");
    }
    Converted result;
    result.text.resize(bytes.size() * 3 + 16);
    UErrorCode status = U_ZERO_ERROR;
    auto const length =
        name.empty() ? 0
                     : ucnv_convert("UTF-8", name.c_str(), result.text.data(),
                                    static_cast<std::int32_t>(result.text.size()), bytes.data(),
                                    static_cast<std::int32_t>(bytes.size()), &status);
    if (name.empty() || U_FAILURE(status) != 0) {
        return std::nullopt;
    }
    result.text.resize(static_cast<std::size_t>(length));
    return result;
}

std::optional<Converted> convert(std::string_view bytes, std::string_view label) {
    auto const converter = open_converter(label);
    if (!converter) {
        return convert_with_icu(bytes, label);
    }
    Converted result;
    std::array<char, 64 * 1024> buffer;
    auto* in = const_cast<char*>(bytes.data());
    auto left = bytes.size();
    while (true) {
        auto* out = buffer.data();
        auto room = buffer.size();
        auto const done = iconv(converter.get(), left > 0 ? &in : nullptr, &left, &out, &room);
        auto const error = errno;
        result.text.append(buffer.data(), buffer.size() - room);
        if (done != static_cast<std::size_t>(-1)) {
            if (left == 0) {
                return result;
            }
        } else if (error == EILSEQ || error == EINVAL) {
            if (left == 0) {
                return result;
            }
            append_unconverted(result.text, static_cast<unsigned char>(*in));
            ++result.invalid;
            ++in;
            --left;
            if (left == 0) {
                return result;
            }
        }
    }
}

std::string_view value_after(std::string_view text, std::string_view name) {
    for (auto place = find_ignoring_case(text, name); place != npos;
         place = find_ignoring_case(text, name, place + 1)) {
        auto rest = trim(text.substr(place + name.size()));
        if (!rest.starts_with('=')) {
            continue;
        }
        rest = trim(rest.substr(1));
        if (rest.starts_with('"') || rest.starts_with('\'')) {
            return trim(rest.substr(1, rest.find(rest[0], 1) - 1));
        }
        return trim(rest.substr(0, rest.find_first_of("; \t\r\n\"'>?/")));
    }
    return {};
}

std::string_view label_in_prologue(std::string_view text) {
    auto const head = text.substr(0, kPrologue);
    auto const start = head.find("<?xml");
    if (start != npos) {
        auto const end = head.find('>', start);
        return value_after(head.substr(start, end == npos ? npos : end - start), "encoding");
    }
    if (auto const meta = find_ignoring_case(head, "<meta"); meta != npos) {
        return value_after(head.substr(meta), "charset");
    }
    return {};
}

// UTF-16 and UTF-32 by byte order mark or by the zeros around a first '<'; EBCDIC by its "<?xm".
std::string_view shape_of(std::string_view bytes, std::size_t& skip) {
    struct Shape {
        std::string_view start;
        std::string_view label;
        std::size_t skip;
    };
    using namespace std::string_view_literals;
    static constexpr Shape kShapes[] = {
        {"\x00\x00\xFE\xFF"sv, "utf-32be", 4}, {"\xFF\xFE\x00\x00"sv, "utf-32le", 4},
        {"\xEF\xBB\xBF"sv, "utf-8", 3},        {"\xFE\xFF"sv, "utf-16be", 2},
        {"\xFF\xFE"sv, "utf-16le", 2},         {"\x00\x00\x00<"sv, "utf-32be", 0},
        {"<\x00\x00\x00"sv, "utf-32le", 0},    {"\x00<"sv, "utf-16be", 0},
        {"<\x00"sv, "utf-16le", 0},            {"\x4C\x6F\xA7\x94"sv, "ebcdic", 0},
    };
    for (auto const& shape : kShapes) {
        if (bytes.starts_with(shape.start)) {
            skip = shape.skip;
            return shape.label;
        }
    }
    return {};
}

std::string from_ebcdic(std::string_view bytes) {
    auto const rough = convert(bytes.substr(0, kPrologue), "ibm037");
    auto const label = rough ? label_in_prologue(rough->text) : std::string_view{};
    auto decoded = convert(bytes, label.empty() ? "ibm037" : label);
    if (!decoded) {
        decoded = convert(bytes, "ibm037");
    }
    return decoded ? std::move(decoded->text) : to_valid_utf8(bytes);
}

// A byte above 0x7F as windows-1252 has it.
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

// UTF-8 with stray bytes of another encoding: each stray one is what windows-1252 says.
std::string mixed(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (std::size_t place = 0; place < bytes.size();) {
        auto const lead = static_cast<unsigned char>(bytes[place]);
        auto const length = lead < 0x80 ? 1u : lead < 0xC2 ? 0u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : lead < 0xF5 ? 4u : 0u;
        if (length > 0 && place + length <= bytes.size() && is_utf8(bytes.substr(place, length))) {
            out += bytes.substr(place, length);
            place += length;
        } else {
            out += windows_1252(lead);
            ++place;
        }
    }
    return out;
}

bool holds_ascii_only(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (auto const c : bytes) {
        bits |= static_cast<unsigned char>(c);
    }
    return bits < 0x80;
}

// Encodings that spell other scripts in 7 bits: they look like ASCII.
bool is_seven_bit(std::string_view converter) {
    return converter.starts_with("ISO-2022") || converter.starts_with("iso-2022") || converter == "HZ" ||
           converter == "utf-7" || converter == "UTF-7";
}

std::size_t count_stray(std::string_view bytes) {
    std::size_t stray = 0;
    std::size_t sequences = 0;
    for (std::size_t place = 0; place < bytes.size();) {
        auto const lead = static_cast<unsigned char>(bytes[place]);
        if (lead < 0x80) {
            ++place;
            continue;
        }
        auto const length = lead < 0xC2 ? 1u : lead < 0xE0 ? 2u : lead < 0xF0 ? 3u : 4u;
        if (length > 1 && is_utf8(bytes.substr(place, length))) {
            ++sequences;
            place += length;
        } else {
            ++stray;
            ++place;
        }
    }
    return sequences >= stray ? stray : npos;  // npos: not mainly UTF-8
}

// A label is believed when the bytes bear it out; single-byte encodings bear anything out, so UTF-8 that is
// UTF-8 goes before them.
std::optional<std::string> by_label(std::string_view bytes, std::string_view label, bool valid_utf8, bool ascii) {
    auto const converter = converter_for(label);
    if (converter.empty() || converter == "UTF-8") {
        return std::nullopt;
    }
    if (valid_utf8 && (ascii ? !is_seven_bit(converter) : true)) {
        auto const sixteen = converter.starts_with("UTF-16") || converter.starts_with("UTF-32");
        // EBCDIC and the like map even ASCII bytes elsewhere: a document with '<' in it is none.
        if (ascii || sixteen || bytes.find('<') != npos) {
            auto const multi = converter == "GB18030" || converter == "CP932" || converter == "CP949" ||
                               converter.starts_with("BIG5") || converter.starts_with("EUC");
            if (!multi || ascii) {
                return std::nullopt;
            }
        }
    }
    auto converted = convert(bytes, label);
    if (!converted || converted->text.find('<') == npos) {
        return std::nullopt;
    }
    if (converted->invalid * 50 > bytes.size() && valid_utf8) {
        return std::nullopt;
    }
    if (converted->invalid > 0 && valid_utf8) {
        return std::nullopt;
    }
    return std::move(converted->text);
}

struct CloseDetector {
    void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

// What the bytes look like, when nothing says what they are; empty when that is not clear.
std::string guess(std::string_view bytes) {
    constexpr std::size_t kSample = 16 * 1024;
    constexpr std::int32_t kSure = 30;
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UCharsetDetector, CloseDetector> const detector{ucsdet_open(&status)};
    if (U_FAILURE(status) != 0) {
        return {};
    }
    auto const first = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    auto const start = static_cast<std::size_t>(std::max<std::ptrdiff_t>(first - bytes.begin() - 256, 0));
    auto const sample = bytes.substr(start, kSample);
    ucsdet_setText(detector.get(), sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    ucsdet_enableInputFilter(detector.get(), 1);
    auto const* const match = ucsdet_detect(detector.get(), &status);
    if (U_FAILURE(status) != 0 || match == nullptr || ucsdet_getConfidence(match, &status) < kSure) {
        return {};
    }
    std::string const name = ucsdet_getName(match, &status);
    return name == "UTF-8" ? std::string{} : name;
}

// U+0080 to U+009F: nobody means control characters; they are windows-1252 that was taken for Latin-1.
void mend_latin1(std::string& text) {
    auto place = text.find('\xC2');
    if (place == std::string::npos) {
        return;
    }
    std::string out;
    std::size_t copied = 0;
    for (; place != std::string::npos && place + 1 < text.size(); place = text.find('\xC2', place + 2)) {
        auto const second = static_cast<unsigned char>(text[place + 1]);
        if (second >= 0x80 && second < 0xA0) {
            out.append(text, copied, place - copied);
            out += windows_1252(second);
            copied = place + 2;
        }
    }
    if (copied > 0) {
        out.append(text, copied);
        text = std::move(out);
    }
}

bool is_forbidden(char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
}

void remove_control_characters(std::string& text, std::vector<Problem>& problems) {
    std::size_t found = 0;
    for (auto const c : text) {
        found += is_forbidden(c) ? 1u : 0u;
    }
    if (found > 0) {
        std::erase_if(text, is_forbidden);
        problems.push_back({"control characters"});
    }
}

std::string decode(std::string bytes, std::string_view content_type, std::vector<Problem>& problems) {
    std::size_t skip = 0;
    if (auto const shape = shape_of(bytes, skip); !shape.empty()) {
        if (shape == "ebcdic") {
            return from_ebcdic(bytes);
        }
        bytes.erase(0, skip);
        if (shape != "utf-8") {
            if (auto converted = convert(bytes, shape)) {
                return std::move(converted->text);
            }
        }
    }
    auto const ascii = holds_ascii_only(bytes);
    auto const valid = ascii || is_utf8(bytes);
    auto const served = value_after(content_type, "charset");
    auto const written = label_in_prologue(bytes);
    if (valid && is_utf8_label(served) && is_utf8_label(written)) {
        return bytes;
    }
    for (auto const label : {served, written}) {
        if (is_utf8_label(label)) {
            continue;
        }
        if (auto converted = by_label(bytes, label, valid, ascii)) {
            return std::move(*converted);
        }
    }
    if (valid) {
        return bytes;
    }
    problems.push_back({"bytes that its encoding does not allow"});
    if (count_stray(bytes) != npos) {
        return mixed(bytes);
    }
    if (served.empty() && written.empty()) {
        if (auto converted = convert(bytes, guess(bytes)); converted && converted->invalid == 0) {
            return std::move(converted->text);
        }
    }
    if (auto converted = convert(bytes, "windows-1252")) {
        return std::move(converted->text);
    }
    return mixed(bytes);
}

}  // namespace

std::string to_utf8(std::string bytes, std::string_view content_type, std::vector<Problem>& problems) {
    auto text = decode(std::move(bytes), content_type, problems);
    if (!is_utf8(text)) {
        text = to_valid_utf8(text);
    }
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    mend_latin1(text);
    remove_control_characters(text, problems);
    return text;
}

}  // namespace newswired::feeds

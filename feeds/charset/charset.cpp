#include "feeds/charset/charset.hpp"

#include "core/text.hpp"
#include "feeds/charset/encoding.hpp"
#include "feeds/charset/survey.hpp"

#include <unicode/ucsdet.h>
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>

namespace newswired::feeds {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kPrologue = 1024;  // where a label may stand

bool is_utf8_label(std::string_view label) {
    return label.empty() || equal_ignoring_case(label, "utf-8") || equal_ignoring_case(label, "utf8");
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

// UTF-16 and UTF-32 without a mark: the zeros around its first characters, which are ASCII in any feed.  Of
// two characters at least, since a stray zero stands before many a plain document.
std::string_view shape_by_zeros(std::string_view bytes) {
    auto const pattern = [&](std::size_t unit, std::size_t place_of_ascii) {
        for (std::size_t i = 0; i < 2 * unit; ++i) {
            if (i >= bytes.size() || (bytes[i] != 0) != (i % unit == place_of_ascii)) {
                return false;
            }
        }
        return true;
    };
    return pattern(2, 1)   ? "utf-16be"
           : pattern(2, 0) ? "utf-16le"
           : pattern(4, 3) ? "utf-32be"
           : pattern(4, 0) ? "utf-32le"
                           : std::string_view{};
}

// By byte order mark, by zeros; EBCDIC by its "<?xm".
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
        {"\xFF\xFE"sv, "utf-16le", 2},         {"\x4C\x6F\xA7\x94"sv, "ebcdic", 0},
    };
    for (auto const& shape : kShapes) {
        if (bytes.starts_with(shape.start)) {
            skip = shape.skip;
            return shape.label;
        }
    }
    return shape_by_zeros(bytes);
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

// UTF-8 with stray bytes of another encoding: each stray one is what windows-1252 says.
std::string mixed(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    while (!bytes.empty()) {
        auto const length = sequence_length(bytes);
        if (length > 0) {
            out += bytes.substr(0, length);
        } else {
            out += windows_1252(static_cast<unsigned char>(bytes[0]));
        }
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

// Encodings that spell other scripts in 7 bits: they look like ASCII.
bool is_seven_bit(std::string_view converter) {
    return converter.starts_with("ISO-2022") || converter.starts_with("iso-2022") || converter == "HZ" ||
           converter == "utf-7" || converter == "UTF-7";
}

// A label is believed when the bytes bear it out; single-byte encodings bear anything out, so UTF-8 that is
// UTF-8 goes before them.
std::optional<std::string> by_label(std::string_view bytes, std::string_view label, bool valid_utf8,
                                    bool ascii) {
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

// What the bytes look like, when nothing says what they are; empty when that is not clear.  A few accents are
// in any Western language's place in a dozen encodings: those are windows-1252.
std::string guess(std::string_view bytes, std::size_t high_bytes) {
    constexpr std::size_t kEnough = 12;
    constexpr std::size_t kSample = 16 * 1024;
    constexpr std::int32_t kSure = 30;
    if (high_bytes < kEnough) {
        return {};
    }
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

// Text, and what was seen of it before it was decoded, where that still holds.
struct Decoded {
    std::string text;
    std::optional<Survey> seen{};
};

Decoded decode(std::string bytes, std::string_view content_type, std::vector<Problem>& problems) {
    std::size_t skip = 0;
    if (auto const shape = shape_of(bytes, skip); !shape.empty()) {
        if (shape == "ebcdic") {
            return {from_ebcdic(bytes)};
        }
        bytes.erase(0, skip);
        if (shape != "utf-8") {
            if (auto converted = convert(bytes, shape)) {
                return {std::move(converted->text)};
            }
        }
    }
    auto const seen = survey(bytes);
    auto const served = value_after(content_type, "charset");
    auto const written = label_in_prologue(bytes);
    for (auto const label : {served, written}) {
        if (is_utf8_label(label)) {
            continue;
        }
        if (auto converted = by_label(bytes, label, seen.is_utf8(), seen.ascii)) {
            return {std::move(*converted)};
        }
    }
    if (seen.is_utf8()) {
        return {std::move(bytes), seen};
    }
    problems.push_back({"bytes that its encoding does not allow"});
    if (seen.is_mainly_utf8()) {
        return {mixed(bytes)};
    }
    if (served.empty() && written.empty()) {
        if (auto converted = convert(bytes, guess(bytes, seen.stray)); converted && converted->invalid == 0) {
            return {std::move(converted->text)};
        }
    }
    if (auto converted = convert(bytes, "windows-1252")) {
        return {std::move(converted->text)};
    }
    return {mixed(bytes)};
}

}  // namespace

std::string to_utf8(std::string bytes, std::string_view content_type, std::vector<Problem>& problems) {
    auto [text, seen] = decode(std::move(bytes), content_type, problems);
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.erase(0, 3);
    }
    if (!seen) {
        seen = survey(text);
        if (!seen->is_utf8()) {
            text = to_valid_utf8(text);
        }
    }
    if (seen->has_latin1_controls) {
        mend_latin1(text);
    }
    if (seen->has_controls) {
        std::erase_if(text, is_forbidden);
        problems.push_back({"control characters"});
    }
    return std::move(text);
}

}  // namespace newswired::feeds

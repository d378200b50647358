#include "core/json_writer.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <iterator>

namespace newswired {
namespace {

// Writes the escape for `c` and returns its end.
inline char* write_escape(char* out, unsigned char c) {
    *out++ = '\\';
    switch (c) {
        case '"':
        case '\\':
            *out++ = static_cast<char>(c);
            return out;
        case '\n':
            *out++ = 'n';
            return out;
        case '\r':
            *out++ = 'r';
            return out;
        case '\t':
            *out++ = 't';
            return out;
        default:
            constexpr char kDigits[] = "0123456789abcdef";
            for (auto const digit : {'u', '0', '0', kDigits[c >> 4], kDigits[c & 15]}) {
                *out++ = digit;
            }
            return out;
    }
}

// Appends `text` escaped; false when it holds anything but ASCII.  Through a small buffer: bodies are full of
// quotes and line ends, and a string that grows by a few bytes at a time costs more than they do.
bool append_escaped(std::string& out, std::string_view text) {
    constexpr std::size_t kLongestEscape = 6;
    char buffer[2048];
    auto const* const full = std::end(buffer) - kBlock - kLongestEscape;
    auto* to = buffer;
    unsigned char all = 0;
    std::size_t place = 0;
    for (; place + kBlock <= text.size();) {
        if (to > full) {
            out.append(buffer, to);
            to = buffer;
        }
        std::memcpy(to, text.data() + place, kBlock);
        auto const block = look_at_block<0x20, '"', '\\', '\x7f'>(text.data() + place);
        all |= block.is_ascii ? 0 : 0x80;
        to += block.found;
        place += block.found;
        if (block.found < kBlock) {
            to = write_escape(to, static_cast<unsigned char>(text[place++]));
        }
    }
    out.append(buffer, to);
    to = buffer;
    for (; place < text.size(); ++place) {
        auto const c = static_cast<unsigned char>(text[place]);
        all |= c;
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            to = write_escape(to, c);
        } else {
            *to++ = static_cast<char>(c);
        }
    }
    out.append(buffer, to);
    return all < 0x80;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    auto const start = out.size();
    if (!append_escaped(out, text) && !is_utf8(text)) {
        out.resize(start);
        append_escaped(out, to_valid_utf8(text));
    }
    out += '"';
}

void JsonWriter::separate() {
    if (!first_) {
        out_ += ',';
    }
    first_ = false;
}

void JsonWriter::open_object() {
    separate();
    out_ += '{';
    first_ = true;
}

void JsonWriter::close_object() {
    out_ += '}';
    first_ = false;
}

void JsonWriter::open_array() {
    separate();
    out_ += '[';
    first_ = true;
}

void JsonWriter::close_array() {
    out_ += ']';
    first_ = false;
}

void JsonWriter::key(std::string_view name) {
    separate();
    out_ += '"';
    out_ += name;
    out_ += "\":";
    first_ = true;
}

void JsonWriter::value(std::string_view text) {
    separate();
    append_json_string(out_, text);
}

void JsonWriter::value(bool truth) {
    separate();
    out_ += truth ? "true" : "false";
}

void JsonWriter::number(std::int64_t number) {
    separate();
    out_ += std::to_string(number);
}

void JsonWriter::number(double number) {
    if (!std::isfinite(number)) {
        null();
        return;
    }
    separate();
    char text[32];
    std::snprintf(text, sizeof text, "%.15g", number);
    out_ += text;
}

void JsonWriter::null() {
    separate();
    out_ += "null";
}

void JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
}

void JsonWriter::member_or_null(std::string_view name, std::string_view text) {
    key(name);
    if (text.empty()) {
        null();
    } else {
        value(text);
    }
}

void JsonWriter::member_if(std::string_view name, std::string_view text) {
    if (!text.empty()) {
        member(name, text);
    }
}

void JsonWriter::member_if(std::string_view name, std::span<std::string const> texts) {
    if (texts.empty()) {
        return;
    }
    key(name);
    open_array();
    for (auto const& text : texts) {
        value(text);
    }
    close_array();
}

}  // namespace newswired

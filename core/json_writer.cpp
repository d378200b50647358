#include "core/json_writer.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"

#include <cmath>
#include <cstdio>

namespace newswired {
namespace {

std::size_t next_escape(std::string_view text, std::size_t place) {
    return find_any<0x20, '"', '\\', '\x7f'>(text, place);
}

void append_escape(std::string& out, unsigned char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            char text[8];
            std::snprintf(text, sizeof text, "\\u%04x", unsigned{c});
            out += text;
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    std::string repaired;
    if (!is_utf8(text)) {
        repaired = to_valid_utf8(text);
        text = repaired;
    }
    out += '"';
    std::size_t start = 0;
    for (auto place = next_escape(text, 0); place < text.size(); place = next_escape(text, start)) {
        out.append(text, start, place - start);
        append_escape(out, static_cast<unsigned char>(text[place]));
        start = place + 1;
    }
    out.append(text, start, text.size() - start);
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

}  // namespace newswired

// Writing JSON (RFC 8259), fast and flat: straight into one string.
//
// Text is written as it is (UTF-8), with only what must be escaped escaped; bytes that are no UTF-8 become
// U+FFFD, so that what comes out is always valid, whatever a stranger sent.  No floating point but by
// number(). Call order:  document = object | array;  object = open_object (key value)* close_object.

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace newswired {

class JsonWriter {
  public:
    /// Appends to `out`, which must outlive the writer.
    explicit JsonWriter(std::string& out) : out_{out} {}

    void open_object();
    void close_object();
    void open_array();
    void close_array();

    /// A member's name; must be plain ASCII that needs no escaping.
    void key(std::string_view name);

    void value(std::string_view text);
    void value(char const* text) { value(std::string_view{text}); }
    void value(bool truth);
    void number(std::int64_t number);
    void number(double number);
    void null();
    /// `json` is already JSON.
    void raw(std::string_view json);

    void member(std::string_view name, std::string_view text) { key(name), value(text); }
    void member(std::string_view name, char const* text) { key(name), value(text); }
    void member(std::string_view name, bool truth) { key(name), value(truth); }
    void member_number(std::string_view name, std::int64_t count) { key(name), number(count); }
    /// null when `text` is empty.
    void member_or_null(std::string_view name, std::string_view text);
    /// Nothing at all when `text` is empty.
    void member_if(std::string_view name, std::string_view text);
    /// An array of texts; nothing at all when there are none.
    void member_if(std::string_view name, std::span<std::string const> texts);

  private:
    void separate();

    std::string& out_;
    bool first_ = true;
};

/// Appends `text` to `out` as a JSON string, quotes included.
void append_json_string(std::string& out, std::string_view text);

}  // namespace newswired

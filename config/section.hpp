// A section of the configuration: reads the keys of one YAML map into plain values and notes every mistake.
//
// A key exists because somebody asks for it: what was never asked for is unknown, and is told with the
// nearest key that is.  So each key stands in one line of code, with its type and its default (the value it
// finds there).
//
//     Section fetch{report, node, "fetch"};
//     fetch.duration("timeout", settings.timeout);
//     fetch.finish();

#pragma once

#include "config/read.hpp"
#include "config/yaml.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace newswired::config {

/// true, yes, on, false, no, off, whatever their case; none for anything else.
std::optional<bool> read_flag(std::string_view text);

/// Where mistakes and warnings go.
struct Report {
    std::string file{};
    std::string folder{};  ///< what relative paths are relative to
    Mistakes mistakes{};
    Mistakes warnings{};
    std::set<std::string> told_unbuilt{};
    bool some_private_allowed = false;  ///< fetch.allow_addresses lists some: such feeds are meant

    void mistake(YamlNode const& at, std::string what);
    void warning(YamlNode const& at, std::string what);
    /// One warning for each thing that is accepted but does nothing yet.
    void unbuilt(YamlNode const& at, std::string const& what);
};

class Section {
  public:
    /// `node` must be a map or nothing; else that is a mistake and the section is empty.
    Section(Report& report, YamlNode const* node, std::string name);

    /// The key's value; null when it is not there (or is null: then the default stands).
    YamlNode const* get(std::string_view key);

    void text(std::string_view key, std::string& value);
    /// A path; relative ones are made absolute against the file's folder.
    void path(std::string_view key, std::string& value);
    void flag(std::string_view key, bool& value);
    /// Whether a duration of nothing makes sense.
    enum class Zero : std::uint8_t { is_fine, is_wrong };
    void duration(std::string_view key, milliseconds& value, Zero zero = Zero::is_fine);
    void duration(std::string_view key, seconds& value);
    void size(std::string_view key, std::uint64_t& value);
    void count(std::string_view key, std::uint32_t& value, std::uint32_t least, std::uint32_t most);
    /// One text or a list of them.
    void texts(std::string_view key, std::vector<std::string>& values);
    void pairs(std::string_view key, std::vector<std::pair<std::string, std::string>>& values);
    /// `key` or `key_file`.
    void secret(std::string_view key, std::string& value);

    template <typename Choice>
    void choice(std::string_view key, Choice& value,
                std::vector<std::pair<std::string_view, Choice>> const& choices) {
        auto const* const node = get(key);
        if (node == nullptr) {
            return;
        }
        std::vector<std::string_view> names;
        for (auto const& [name, one] : choices) {
            if (node->kind == YamlNode::Kind::scalar && node->text == name) {
                value = one;
                return;
            }
            names.push_back(name);
        }
        wrong_choice(*node, key, names);
    }

    /// Tells of keys that nobody asked for and of keys that stand there twice.
    void finish();

    Report& report() { return report_; }
    std::string const& name() const { return name_; }

  private:
    std::optional<std::string> scalar(YamlNode const& node, std::string_view key, std::string_view expected);
    void wrong(YamlNode const& node, std::string_view key, std::string_view expected);
    void wrong_choice(YamlNode const& node, std::string_view key, std::vector<std::string_view> const& names);
    std::string full(std::string_view key) const;

    Report& report_;
    YamlNode const* node_ = nullptr;
    std::string name_;
    std::vector<std::string> known_;
};

/// Only where the node stands, without what is in it.
inline YamlNode place_of(YamlNode const& node) {
    return {.line = node.line, .column = node.column};
}

/// `path` made absolute against `folder`.
std::string absolute_path(std::string const& folder, std::string const& path);

/// The first line of a file, without its end; none when it can't be read.
std::optional<std::string> read_secret(std::string const& path);

/// "; did you mean 'x'?" when one of `names` is near, else empty.
std::string nearest(std::string_view word, std::vector<std::string> const& names);

}  // namespace newswired::config

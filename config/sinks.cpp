// sinks: where articles go.

#include "config/sections.hpp"

#include <algorithm>
#include <set>

namespace newswired::config {
namespace {

struct SinkType {
    std::string_view name;
    bool built;
};

constexpr SinkType kTypes[] = {
#define NEWSWIRED_SINK_TYPE(name, built) {#name, built},
#include "config/known_sinks.inc"
#undef NEWSWIRED_SINK_TYPE
};

bool is_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '.';
    });
}

void read_rotate(Section& section, Rotate& rotate) {
    Section own{section.report(), section.get("rotate"), section.name() + ".rotate"};
    own.size("size", rotate.size);
    own.count("files", rotate.files, 1, 100'000);
    own.choice<Rotate::Compress>("compress", rotate.compress,
                                 {{"none", Rotate::Compress::none}, {"zstd", Rotate::Compress::zstd}});
    own.finish();
}

// Keys of types that are not built yet: known by name only.
void know_other_keys(Section& section) {
    for (auto const* key :
         {"table", "index", "brokers", "topic", "key_by", "servers", "stream", "subject", "format", "items",
          "username", "password", "password_file", "headers", "compression"}) {
        section.get(key);
    }
}

Sink read_sink(Report& report, YamlNode const& node, std::size_t number) {
    auto const where = "sinks[" + std::to_string(number) + "]";
    Sink sink;
    if (node.kind != YamlNode::Kind::map) {
        report.mistake(node, std::string{"a sink has keys such as 'name' and 'type', but this is "} +
                                 node.kind_in_words());
        return sink;
    }
    Section section{report, &node, where};
    section.text("name", sink.name);
    section.text("type", sink.type);
    section.path("path", sink.path);
    read_rotate(section, sink.rotate);
    section.text("url", sink.url);
    section.secret("secret", sink.secret);
    section.count("batch", sink.batch, 1, 100'000);
    section.duration("timeout", sink.timeout, Section::Zero::is_wrong);
    Section retry{report, section.get("retry"), where + ".retry"};
    retry.duration("base", sink.retry.base, Section::Zero::is_wrong);
    retry.duration("max", sink.retry.max);
    retry.finish();
    know_other_keys(section);
    section.finish();

    auto const* const type = std::find_if(std::begin(kTypes), std::end(kTypes),
                                          [&](SinkType const& one) { return one.name == sink.type; });
    if (type == std::end(kTypes)) {
        std::vector<std::string> names;
        for (auto const& one : kTypes) {
            names.emplace_back(one.name);
        }
        report.mistake(node, sink.type.empty()
                                 ? "a sink needs a 'type', such as file or stdout"
                                 : "there is no sink type '" + sink.type + "'" + nearest(sink.type, names));
    } else if (!type->built) {
        report.unbuilt(node, "the sink type '" + sink.type + "'");
    }
    if (!is_name(sink.name)) {
        report.mistake(
            node, sink.name.empty()
                      ? "a sink needs a 'name'"
                      : "a sink's name may hold letters, digits, '.', '_' and '-' only: '" + sink.name + "'");
    }
    if (sink.type == "file" && sink.path.empty()) {
        report.mistake(node, "a file sink needs a 'path'");
    }
    if (sink.type == "webhook" && !is_feed_url(sink.url)) {
        report.mistake(node, "a webhook sink needs a 'url' that begins with http:// or https://");
    }
    return sink;
}

}  // namespace

void read_sinks(Section& root, std::string const& state_dir, std::vector<Sink>& sinks) {
    auto& report = root.report();
    auto const* const list = root.get("sinks");
    if (list == nullptr) {
        sinks.push_back({.name = "articles", .type = "file", .path = state_dir + "/out/articles.jsonl"});
        return;
    }
    if (list->kind != YamlNode::Kind::list || list->items.empty()) {
        report.mistake(*list, std::string{"'sinks' must be a list of sinks, but is "} +
                                  (list->kind == YamlNode::Kind::list ? "empty" : list->kind_in_words()));
        return;
    }
    std::set<std::string> names;
    std::set<std::string> paths;
    for (std::size_t i = 0; i < list->items.size(); ++i) {
        auto sink = read_sink(report, list->items[i], i + 1);
        if (!sink.name.empty() && !names.insert(sink.name).second) {
            report.mistake(list->items[i], "there is a sink '" + sink.name + "' already");
        }
        if (sink.type == "file" && !sink.path.empty() && !paths.insert(sink.path).second) {
            report.mistake(list->items[i], "another sink writes to " + sink.path + " already");
        }
        sinks.push_back(std::move(sink));
    }
}

}  // namespace newswired::config

#include "daemon/delivery/record.hpp"

#include "core/json_writer.hpp"

namespace newswired::daemon {
namespace {

void write_changed(JsonWriter& json, std::uint8_t changed) {
    json.key("changed");
    json.open_array();
    if ((changed & storage::kTitle) != 0) {
        json.value("title");
    }
    if ((changed & storage::kText) != 0) {
        json.value("content_text");
    }
    if ((changed & storage::kAttachments) != 0) {
        json.value("attachments");
    }
    if ((changed & storage::kLink) != 0) {
        json.value("url");
    }
    json.close_array();
}

void write_duplicate(JsonWriter& json, storage::OutboxEntry const& entry) {
    json.key("duplicate_of");
    json.open_object();
    json.member("key", to_string(*entry.duplicate_of));
    json.member_or_null("url", entry.duplicate_url);
    json.close_object();
}

// A feed's gap; gap_json() is that of a sink.
std::string event_json(storage::OutboxEntry const& entry, std::string_view log) {
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member_number("v", 1);
    json.member("key", to_string(entry.key));
    json.member("event", "gap");
    json.key("revision");
    json.null();
    json.member("log", log);
    json.member_number("seq", std::int64_t(entry.seq));
    json.member("time", rfc3339_milliseconds(entry.time));
    json.raw(entry.body);
    json.close_object();
    return out;
}

}  // namespace

std::string record_json(storage::OutboxEntry const& entry, std::string_view log) {
    if (entry.kind == storage::Kind::gap) {
        return event_json(entry, log);
    }
    std::string out;
    out.reserve(entry.body.size() + 256);
    JsonWriter json{out};
    json.open_object();
    json.member_number("v", 1);
    json.member("key", to_string(entry.key));
    json.member("event", entry.update ? "update" : "new");
    json.member_number("revision", entry.revision);
    json.member("backlog", entry.backlog);
    json.member("log", log);
    json.member_number("seq", std::int64_t(entry.seq));
    json.member("time", rfc3339_milliseconds(entry.time));
    json.raw(entry.body);
    if (entry.changed != 0) {
        write_changed(json, entry.changed);
    }
    if (entry.duplicate_of) {
        write_duplicate(json, entry);
    }
    if (entry.story) {
        json.member("story", to_string(*entry.story));
    }
    json.close_object();
    return out;
}

std::string gap_json(std::uint64_t first, std::uint64_t last, SystemTime now, std::string_view log) {
    std::string out;
    JsonWriter json{out};
    json.open_object();
    json.member_number("v", 1);
    json.key("key");
    json.null();
    json.member("event", "gap");
    json.key("revision");
    json.null();
    json.member("log", log);
    json.member_number("seq", std::int64_t(last));
    json.member("time", rfc3339_milliseconds(now));
    json.key("gap");
    json.open_object();
    json.member_number("first_seq", std::int64_t(first));
    json.member_number("last_seq", std::int64_t(last));
    json.close_object();
    json.close_object();
    return out;
}

}  // namespace newswired::daemon

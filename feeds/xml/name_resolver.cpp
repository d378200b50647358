#include "feeds/xml/name_resolver.hpp"

#include "core/scan.hpp"
#include "core/text.hpp"

namespace newswired::feeds::xml {
namespace {

constexpr auto npos = std::string_view::npos;

// A document has few names; those that share a slot take turns in it.
std::size_t slot_of(std::string_view name) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return (name.size() * 31 + byte(name.size() - 1) * 7u + byte(name.size() / 2) * 5u + byte(0));
}

}  // namespace

NameResolver::NameResolver() {
    push("xml", Namespace::foreign);
}

void NameResolver::bind(std::string_view prefix, std::string_view uri, bool near_root) {
    auto space = namespace_of_uri(uri);
    if (space == Namespace::foreign) {
        // An unknown default namespace on the root is a misspelt one of the feed's own; an unknown one for a
        // well-known prefix a misspelt one of that.
        if (prefix.empty()) {
            space = uri.empty() || near_root ? Namespace::core : Namespace::foreign;
        } else {
            space = namespace_of_prefix(prefix);
        }
    }
    push(prefix, space);
}

void NameResolver::push(std::string_view prefix, Namespace space) {
    if (bindings_.size() < kMaxBindings) {
        bindings_.push_back({prefix, space, ++generations_});
    }
}

void NameResolver::restore(std::size_t bindings) {
    if (bindings_.size() > bindings) {
        bindings_.erase(bindings_.begin() + static_cast<std::ptrdiff_t>(bindings), bindings_.end());
    }
}

Namespace NameResolver::namespace_for(std::string_view prefix) const {
    for (auto place = bindings_.size(); place > 0; --place) {
        if (bindings_[place - 1].prefix == prefix) {
            return bindings_[place - 1].space;
        }
    }
    return prefix.empty() ? Namespace::core : namespace_of_prefix(prefix);
}

Resolved NameResolver::resolve(std::string_view qualified_name, bool is_root) {
    auto& cached = cache_[slot_of(qualified_name) % kSlots];
    // What was found before an inner element's bindings holds again after it.
    if (cached.generation != bindings_.back().generation ||
        !same_bytes(cached.qualified_name, qualified_name)) {
        auto const resolved = look_up(qualified_name, is_root);
        cached = {qualified_name, bindings_.back().generation, resolved};
    }
    return cached.resolved;
}

Resolved NameResolver::look_up(std::string_view qualified_name, bool is_root) {
    auto const colon = qualified_name.find(':');
    auto const local = colon == npos ? qualified_name : qualified_name.substr(colon + 1);
    auto space = namespace_for(colon == npos ? std::string_view{} : qualified_name.substr(0, colon));
    if (is_root && space == Namespace::core) {  // a root that forgot its namespace
        if (equal_ignoring_case(local, "feed") || equal_ignoring_case(local, "entry")) {
            unprefixed_ = Namespace::atom;
        } else if (equal_ignoring_case(local, "urlset") || equal_ignoring_case(local, "sitemapindex")) {
            unprefixed_ = Namespace::sitemap;
        }
    }
    if (space == Namespace::core && colon == npos) {
        space = unprefixed_;
    }
    if (space == Namespace::atom && equal_ignoring_case(local, "item")) {
        return {local, Namespace::core, Name::core_item};  // Atom has none: RSS's is meant
    }
    if (space != Namespace::core && equal_ignoring_case(qualified_name, "rss")) {
        space = Namespace::core;  // whatever a page around it says
        push({}, Namespace::core);
    }
    return {local, space, name_of(space, local)};
}

}  // namespace newswired::feeds::xml

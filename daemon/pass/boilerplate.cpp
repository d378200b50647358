#include "daemon/pass/boilerplate.hpp"

#include "articles/site/body.hpp"
#include "articles/site/boilerplate.hpp"
#include "core/hash.hpp"

#include <algorithm>

namespace newswired::daemon {
namespace {

using articles::site::SiteMemory;

std::uint16_t day_of(SystemTime now) {
    auto const days = std::chrono::floor<std::chrono::days>(now.time_since_epoch()).count();
    return std::uint16_t(std::clamp<std::int64_t>(days, 0, 0xFFFF));
}

bool has_lines(articles::Article const& article) {
    return article.content_text.find('\n') != std::string::npos;
}

void clean_group(std::vector<Finding>& findings, SiteGroup const& group, SiteMemory& memory) {
    std::vector<articles::site::Sighting> sightings;
    sightings.reserve(group.findings.size());
    for (auto const finding : group.findings) {
        memory.learn(sightings.emplace_back(articles::site::survey(findings[finding].article)));
    }
    for (std::size_t i = 0; i < sightings.size(); ++i) {
        auto& [candidate, article] = findings[group.findings[i]];
        auto const removed = articles::site::clean(article, sightings[i], memory);
        if (!removed.empty()) {
            candidate.note += candidate.note.empty() ? "" : "; ";
            candidate.note += "without " + articles::site::in_words(removed);
        }
    }
}

}  // namespace

std::vector<SiteGroup> sites_of(std::vector<Finding> const& findings, std::string_view feed_url) {
    std::vector<SiteGroup> groups;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        auto const& article = findings[i].article;
        if (!has_lines(article)) {
            continue;
        }
        auto name = articles::site::name_of(article.url);
        name = name.empty() ? articles::site::name_of(feed_url) : name;
        auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](SiteGroup const& one) { return one.name == name; });
        if (group == groups.end()) {
            if (groups.size() == kMaxSites) {
                continue;
            }
            auto const id = xxh3(name);
            group = groups.insert(group, {.name = std::move(name), .id = id});
        }
        group->findings.push_back(i);
    }
    return groups;
}

std::vector<std::uint64_t> ids_of(std::vector<SiteGroup> const& groups) {
    std::vector<std::uint64_t> ids;
    for (auto const& group : groups) {
        ids.push_back(group.id);
    }
    return ids;
}

std::vector<storage::SiteRecord> drop_boilerplate(std::vector<Finding>& findings,
                                                  std::vector<SiteGroup> const& groups,
                                                  std::vector<std::string> const& memories, SystemTime now) {
    std::vector<storage::SiteRecord> records;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto memory = SiteMemory::decode(memories[i], day_of(now));
        clean_group(findings, groups[i], memory);
        records.push_back({.site = groups[i].id, .memory = memory.encode()});
    }
    return records;
}

std::string describe_site(std::string_view name, std::string_view memory, SystemTime now) {
    auto const site = SiteMemory::decode(memory, day_of(now));
    return std::string{name} + " is known by " + std::to_string(site.known_lines()) + " blocks that its " +
           std::to_string(site.articles()) + " articles seen so far have in common";
}

}  // namespace newswired::daemon

// Near-duplicates and stories: articles whose texts are much alike, found by the bands of their sketches.

#include "storage/keys.hpp"
#include "storage/ledger_step.hpp"

#include <utility>

namespace newswired::storage {

// The most similar of the articles that share a band with the candidate; it itself is none of them.
std::optional<Ledger::Alike> Ledger::find_alike(Step const& step) const {
    std::optional<Alike> best;
    if (!step.candidate.sketch) {
        return best;
    }
    auto const& poll = step.poll;
    ArticleKey last{};
    for (auto const band : step.candidate.sketch->bands) {
        auto const bytes = get(near_key(poll.scope, poll.site, poll.feed, band));
        auto const holder = bytes ? decode_seen(*bytes) : std::nullopt;
        if (!holder || holder->key == step.key || holder->key == last) {
            continue;
        }
        last = holder->key;
        auto item = get_item(holder->feed, holder->key);
        auto const alike = item ? similarity(step.candidate.sketch->cells, item->cells) : 0;
        if (alike >= Alike::kSameStory && (!best || alike > best->similarity)) {
            best = Alike{.key = holder->key, .item = std::move(*item), .similarity = alike};
        }
    }
    return best;
}

void Ledger::apply_near_rule(Step& step) const {
    auto& candidate = step.candidate;
    if (!candidate.rule_if_near || candidate.withheld == Withheld::first_poll) {
        return;
    }
    step.alike = find_alike(step);
    step.alike_asked = true;
    if (step.alike && step.alike->is_near_duplicate()) {
        candidate.rule = *candidate.rule_if_near;
        candidate.withheld = candidate.rule == 0 ? Withheld::no : Withheld::rule;
    }
}

// A near-duplicate of a near-duplicate repeats the first of them.
void Ledger::mark_alike(ItemValue& item, Alike const& alike) {
    if (alike.is_near_duplicate() && !item.other) {
        item.other = alike.item.other.value_or(alike.key);
        item.other_url = alike.item.other ? alike.item.other_url : alike.item.url;
    }
    item.story = alike.item.story.value_or(alike.key);
}

void Ledger::write_bands(Step const& step) {
    if (!step.candidate.sketch) {
        return;
    }
    auto const& poll = step.poll;
    auto const value =
        encode(SeenValue{.ends = stored_end(poll.at, poll.near_window), .feed = poll.feed, .key = step.key});
    for (auto const band : step.candidate.sketch->filed()) {
        put(near_key(poll.scope, poll.site, poll.feed, band), value);
    }
}

}  // namespace newswired::storage

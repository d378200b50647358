#include "storage/ledger.hpp"

#include "storage/keys.hpp"
#include "storage/ledger_step.hpp"

#include <algorithm>
#include <utility>

namespace newswired::storage {
namespace {

constexpr std::size_t kEarlierBytes = 8;

std::string stored(Sha256 const& hash) {
    return {reinterpret_cast<char const*>(hash.data()), kHashBytes};
}

bool was_earlier(ItemValue const& item, std::string_view hash) {
    for (std::size_t i = 0; i + kEarlierBytes <= item.earlier.size(); i += kEarlierBytes) {
        if (std::string_view{item.earlier}.substr(i, kEarlierBytes) == hash.substr(0, kEarlierBytes)) {
            return true;
        }
    }
    return false;
}

void note_earlier(ItemValue& item) {
    if (item.hash.empty()) {
        return;
    }
    item.earlier.append(item.hash, 0, kEarlierBytes);
    auto const most = ItemValue::kMaxEarlier * kEarlierBytes;
    if (item.earlier.size() > most) {
        item.earlier.erase(0, item.earlier.size() - most);
    }
}

std::uint8_t changed_parts(PartHashes const& before, PartHashes const& after) {
    return std::uint8_t((before.title != after.title ? kTitle : 0) | (before.text != after.text ? kText : 0) |
                        (before.attachments != after.attachments ? kAttachments : 0) |
                        (before.link != after.link ? kLink : 0));
}

}  // namespace

std::optional<std::string> Ledger::get(std::string const& key) const {
    auto const place = place_of(key);
    return place ? std::optional{written_[*place].value} : lookup_(key);
}

std::optional<std::size_t> Ledger::place_of(std::string const& key) const {
    return places_.find(key, [this](std::size_t place) -> std::string_view { return written_[place].key; });
}

void Ledger::put(std::string key, std::string value) {
    if (auto const place = place_of(key)) {
        written_[*place].value = std::move(value);
        return;
    }
    places_.add(key, written_.size());
    written_.push_back({.key = std::move(key), .value = std::move(value)});
}

std::optional<ItemValue> Ledger::get_item(FeedId feed, ArticleKey const& key) const {
    auto const bytes = get(item_key(feed, key));
    return bytes ? decode_item(*bytes) : std::nullopt;
}

void Ledger::append_keys(PollCommit const& poll, std::vector<std::string>& keys) {
    for (auto const& candidate : poll.items) {
        keys.push_back(item_key(poll.feed, candidate.key));
        keys.push_back(seen_key(poll.scope, poll.site, poll.feed, candidate.hash));
        if (candidate.link_is_identity && candidate.url_hash != 0) {
            keys.push_back(url_key(candidate.url_hash, poll.feed));
        }
        if (candidate.sketch) {
            for (auto const band : candidate.sketch->bands) {
                keys.push_back(near_key(poll.scope, poll.site, poll.feed, band));
            }
        }
    }
}

Receipt Ledger::enter(PollCommit& poll) {
    Receipt receipt;
    receipt.verdicts.reserve(poll.items.size());
    for (auto& candidate : poll.items) {
        receipt.verdicts.push_back(decide(poll, candidate));
    }
    receipt.gap_seq = tell_gap(poll, receipt.verdicts);
    for (auto const& key : poll.seen_again) {
        renew(poll, key);
    }
    for (auto const& site : poll.sites) {
        put(site_key(site.site), encode_site(ending(poll), site.memory));
    }
    receipt.last_seq = last_seq_;
    return receipt;
}

// A batch that is repeated tells of no second gap: its items are known by then.
std::uint64_t Ledger::tell_gap(PollCommit const& poll, std::vector<Verdict> const& verdicts) {
    if (!poll.gap || poll.gap->unless_known_from >= verdicts.size()) {
        return 0;
    }
    auto const from = verdicts.begin() + std::ptrdiff_t(poll.gap->unless_known_from);
    auto const is_fresh = [](Verdict const& verdict) { return verdict.outcome == Outcome::fresh; };
    auto const says_nothing = [](Verdict const& verdict) {
        return verdict.outcome == Outcome::withheld && verdict.seq == 0;
    };
    auto const all_new = std::all_of(from, verdicts.end(), [&](Verdict const& verdict) {
        return is_fresh(verdict) || says_nothing(verdict);
    });
    if (!all_new || std::none_of(from, verdicts.end(), is_fresh)) {
        return 0;
    }
    append({.seq = ++last_seq_,
            .kind = Kind::gap,
            .time = poll.at,
            .key = poll.gap->key,
            .feed = poll.feed,
            .route = poll.route,
            .body = poll.gap->body});
    return last_seq_;
}

void Ledger::append(OutboxEntry entry) {
    total_ += entry.body.size();
    totals_.push_back(total_);
    entries_.push_back(std::move(entry));
}

Verdict Ledger::decide(PollCommit const& poll, Candidate& candidate) {
    Step step{.poll = poll, .candidate = candidate, .key = candidate.key, .hash = stored(candidate.hash)};
    auto item = get_item(poll.feed, candidate.key);
    // Another name of an item: go on with the item itself.
    if (item && item->outcome == Outcome::unchanged && item->other) {
        step.key = *item->other;
        item = get_item(poll.feed, step.key);
    }
    apply_near_rule(step);
    return item ? decide_known(step, std::move(*item)) : decide_unknown(step);
}

Verdict Ledger::decide_known(Step& step, ItemValue item) {
    if (item.hash == step.hash) {
        // Still there after half its time: else an item that never leaves its document would be news again.
        if (std::int64_t{ending(step.poll)} - item.ends > step.poll.keep.count() / 2) {
            renew(step.poll, step.candidate.key);
        }
        return {.outcome = Outcome::unchanged, .seq = item.seq};
    }
    auto const changed = changed_parts(item.parts, step.candidate.parts);
    auto const flaps = was_earlier(item, step.hash);
    // What only its address changed has not changed.
    auto const same = (changed & (kTitle | kText | kAttachments)) == 0;
    note_earlier(item);
    if (flaps || same) {
        remember(step, item);
        write_item(step, item);
        write_seen(step);
        return {.outcome = Outcome::unchanged, .seq = item.seq};
    }
    if (step.candidate.withheld != Withheld::no || !step.poll.emit_updates) {
        return withhold(step, std::move(item));
    }
    // Whose content it repeated before says nothing about the new one.
    item.other.reset();
    item.other_url.clear();
    auto const found = original(step);
    if (item.revision == 0) {
        return found ? take_duplicate(step, *found, std::move(item)) : emit(step, std::move(item), 0);
    }
    if (found && step.poll.on_duplicate == OnDuplicate::mark && found->seen.feed != step.poll.feed) {
        mark_duplicate(item, *found);
    }
    return emit(step, std::move(item), changed);
}

Verdict Ledger::decide_unknown(Step& step) {
    ItemValue item{.first_seen = step.poll.at};
    if (step.candidate.withheld != Withheld::no) {
        return withhold(step, std::move(item));
    }
    if (auto const found = original(step)) {
        return take_duplicate(step, *found, std::move(item));
    }
    auto const& poll = step.poll;
    if (step.candidate.link_is_identity && step.candidate.url_hash != 0) {
        auto const bytes = get(url_key(step.candidate.url_hash, poll.feed));
        auto const linked = bytes ? decode_url(*bytes) : std::nullopt;
        auto known = linked && linked->key != step.key ? get_item(poll.feed, linked->key) : std::nullopt;
        if (known && known->revision > 0) {
            ItemValue alias{.ends = ending(poll), .outcome = Outcome::unchanged, .first_seen = poll.at};
            alias.other = linked->key;
            put(item_key(poll.feed, step.key), encode(alias));
            step.key = linked->key;
            return decide_known(step, std::move(*known));
        }
    }
    return emit(step, std::move(item), 0);
}

void Ledger::mark_duplicate(ItemValue& item, Owner const& original) {
    item.other = original.seen.key;
    item.other_url = original.item ? original.item->url : std::string{};
}

std::optional<Ledger::Owner> Ledger::owner(Step const& step) const {
    auto const& poll = step.poll;
    auto const bytes = get(seen_key(poll.scope, poll.site, poll.feed, step.candidate.hash));
    auto const seen = bytes ? decode_seen(*bytes) : std::nullopt;
    if (!seen) {
        return {};
    }
    return Owner{.seen = *seen, .item = get_item(seen->feed, seen->key)};
}

// The other article that the candidate repeats; none when it is news.
std::optional<Ledger::Owner> Ledger::original(Step const& step) const {
    auto found = owner(step);
    if (!found || (found->seen.feed == step.poll.feed && found->seen.key == step.key && found->item)) {
        return {};
    }
    // What the first poll left out is old in its own feed (some change their guids at every poll), but no
    // reason to keep it from those who read it elsewhere, nor from the rest of that same first poll.
    auto const was_left_out = !found->emitted() && found->item->withheld == Withheld::first_poll &&
                              found->item->first_seen < step.poll.at;
    if (found->emitted() || (was_left_out && found->seen.feed == step.poll.feed)) {
        return found;
    }
    return {};
}

Verdict Ledger::withhold(Step& step, ItemValue item) {
    remember(step, item);
    if (item.revision == 0) {
        item.outcome = Outcome::withheld;
        item.withheld = step.candidate.withheld;
        item.rule = step.candidate.rule;
        if (step.alike) {
            mark_alike(item, *step.alike);
        }
    }
    write_item(step, item);
    if (item.revision == 0 && item.withheld == Withheld::first_poll) {
        write_seen(step);
    }
    return {.outcome = Outcome::withheld, .seq = item.seq};
}

Verdict Ledger::take_duplicate(Step& step, Owner const& original, ItemValue item) {
    mark_duplicate(item, original);
    // The same article, repeated under another name by its own feed, is no news at all.
    if (step.poll.on_duplicate == OnDuplicate::mark && original.seen.feed != step.poll.feed) {
        return emit(step, std::move(item), 0);
    }
    remember(step, item);
    item.outcome = Outcome::duplicate;
    item.withheld = Withheld::no;
    write_item(step, item);
    return {.outcome = Outcome::duplicate, .seq = original.item ? original.item->seq : 0};
}

Verdict Ledger::emit(Step& step, ItemValue item, std::uint8_t changed) {
    auto const update = item.revision > 0;
    remember(step, item);
    if (auto const alike = step.alike_asked ? step.alike : find_alike(step)) {
        mark_alike(item, *alike);
    }
    item.outcome = Outcome::fresh;
    item.withheld = Withheld::no;
    item.revision = std::uint16_t(std::min(item.revision + 1, 0xFFFF));
    item.seq = ++last_seq_;
    write_item(step, item);
    write_seen(step);
    write_bands(step);
    append({.seq = item.seq,
            .time = step.poll.at,
            .key = step.key,
            .feed = step.poll.feed,
            .update = update,
            .revision = item.revision,
            .backlog = step.candidate.backlog && !update,
            .changed = changed,
            .duplicate_of = item.other,
            .duplicate_url = item.other_url,
            .story = item.story,
            .route = step.poll.route,
            .body = std::move(step.candidate.body)});
    return {.outcome = update ? Outcome::update : Outcome::fresh, .seq = item.seq};
}

}  // namespace newswired::storage

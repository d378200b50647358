// The ledger: decides, poll by poll, what is new and what becomes of it, and collects what is to be written.
//
// The same for every store: the store gives it a way to look up what is known, and writes what it collected
// in one atomic batch.  Several polls may go through one ledger (a group commit): each sees what those before
// it decided.
//
// The rules, for an item of a poll:
//   known, same content                 → unchanged
//   known, content seen earlier         → unchanged (it flaps)
//   known, changed, was emitted         → update: revision + 1, `changed` names the parts
//   known, changed, was a duplicate or left out by first_poll → as if it were new
//   dropped by a rule                   → remembered, not emitted
//   unknown, same content as another article within the scope → duplicate
//   unknown, same content as an item of the feed that first_poll left out → duplicate
//   unknown, its link is that of a known item of the feed → that item under a new name: update
//   else                                → fresh
//
// An article that is emitted and whose text is nearly that of another one emitted lately names it as what it
// repeats (duplicate_of), and both as one story; one with much of it in common, only as that.  Such an
// article is emitted nevertheless, unless a rule drops near-duplicates.
//
// A gap is told behind the items, if those that it depends on are all fresh or dropped by a rule.

#pragma once

#include "storage/key_index.hpp"
#include "storage/records.hpp"
#include "storage/values.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace newswired::storage {

/// The value under a key of family "known"; none when there is none or it has ended.
using Lookup = std::function<std::optional<std::string>(std::string const& key)>;

/// A key of family "known" and its new value.
struct KnownEntry {
    std::string key{};
    std::string value{};
};

class Ledger {
  public:
    /// The log ends at `last_seq`, holding `total` bytes since its beginning.
    Ledger(Lookup lookup, std::uint64_t last_seq, std::uint64_t total)
        : lookup_{std::move(lookup)}, last_seq_{last_seq}, total_{total} {}

    /// Decides about one poll; afterwards `poll`'s bodies are gone.
    Receipt enter(PollCommit& poll);

    /// What is to be written into family "known", each key once.
    std::vector<KnownEntry> const& known() const { return written_; }
    /// The new articles, in order, and for each the running total of bytes.
    std::vector<OutboxEntry>& entries() { return entries_; }
    std::vector<std::uint64_t> const& totals() const { return totals_; }
    std::uint64_t last_seq() const { return last_seq_; }
    std::uint64_t total() const { return total_; }

    /// Keys that enter() will look up for this poll, for fetching them all at once.
    static void append_keys(PollCommit const& poll, std::vector<std::string>& keys);

  private:
    struct Step;
    struct Owner;
    struct Alike;

    std::optional<std::string> get(std::string const& key) const;
    std::optional<ItemValue> get_item(FeedId feed, ArticleKey const& key) const;
    std::optional<std::size_t> place_of(std::string const& key) const;
    void put(std::string key, std::string value);

    std::uint64_t tell_gap(PollCommit const& poll, std::vector<Verdict> const& verdicts);
    void append(OutboxEntry entry);
    Verdict decide(PollCommit const& poll, Candidate& candidate);
    Verdict decide_known(Step& step, ItemValue item);
    Verdict decide_unknown(Step& step);
    std::optional<Owner> owner(Step const& step) const;
    std::optional<Owner> original(Step const& step) const;
    Verdict take_duplicate(Step& step, Owner const& original, ItemValue item);
    static void mark_duplicate(ItemValue& item, Owner const& original);
    Verdict emit(Step& step, ItemValue item, std::uint8_t changed);
    Verdict withhold(Step& step, ItemValue item);
    std::optional<Alike> find_alike(Step const& step) const;
    void apply_near_rule(Step& step) const;
    static void mark_alike(ItemValue& item, Alike const& alike);
    void write_bands(Step const& step);
    void remember(Step& step, ItemValue& item);
    void write_item(Step const& step, ItemValue const& item);
    void write_page(Step const& step, ItemValue const& item);
    void write_seen(Step const& step);
    void renew(PollCommit const& poll, ArticleKey const& key);
    void renew_content(PollCommit const& poll, ItemValue const& item);

    Lookup lookup_;
    std::uint64_t last_seq_;
    std::uint64_t total_;
    std::vector<KnownEntry> written_;
    KeyIndex places_;  // of its keys
    std::vector<OutboxEntry> entries_;
    std::vector<std::uint64_t> totals_;
};

}  // namespace newswired::storage

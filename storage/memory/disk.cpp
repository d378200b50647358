#include "storage/memory/state.hpp"

#include "storage/keys.hpp"
#include "storage/shelves/outbox.hpp"

#include <cassert>
#include <utility>

namespace newswired::storage {

Fault MemoryDisk::State::next_fault(Operation operation) {
    ++operations;
    auto& queue = planned[std::size_t(operation)];
    if (!queue.empty()) {
        auto const fault = queue.front();
        queue.pop_front();
        return fault;
    }
    return script ? script(operation, operations) : Fault::none;
}

Value MemoryDisk::State::find(Family family, std::string const& key) const {
    auto const place = tables[family].find(key);
    return place == tables[family].end() ? Value{} : Value{place->second};
}

Result<std::vector<Value>> MemoryDisk::State::get_all(Family family,
                                                      std::vector<std::string> const& keys) const {
    std::vector<Value> values;
    for (auto const& key : keys) {
        values.push_back(find(family, key));
    }
    return values;
}

Result<void> MemoryDisk::State::visit(Family family, std::string const& from, std::string const& prefix,
                                      Visitor const& visitor) const {
    auto const& table = tables[family];
    for (auto place = table.lower_bound(from); place != table.end() && place->first.starts_with(prefix);
         ++place) {
        if (!visitor(place->first, place->second)) {
            break;
        }
    }
    return {};
}

// Returns what was there before.
Value MemoryDisk::State::apply(Change change) {
    auto before = find(change.family, change.key);
    if (change.value) {
        tables[change.family][std::move(change.key)] = std::move(*change.value);
    } else {
        tables[change.family].erase(change.key);
    }
    return before;
}

Result<void> MemoryDisk::State::write(Batch batch, bool sync) {
    for (auto& change : batch) {
        auto const family = change.family;
        auto key = change.key;
        auto before = apply(std::move(change));
        undo.push_back({.family = family, .key = std::move(key), .value = std::move(before)});
    }
    // One log file holds everything in order: a sync takes along what was written before it.
    if (sync) {
        undo.clear();
    }
    return {};
}

void MemoryDisk::State::cut_power() {
    assert(!is_open);
    while (!undo.empty()) {
        apply(std::move(undo.back()));
        undo.pop_back();
    }
}

LogEnds MemoryDisk::State::ends() const {
    auto const& log = tables[kOutbox];
    if (log.empty()) {
        return {};
    }
    auto const first_seq = number_at(log.begin()->first);
    auto const last_seq = number_at(log.rbegin()->first);
    auto const first = read_mark(*this, first_seq);
    auto const last = read_mark(*this, last_seq);
    return {.first_seq = first_seq,
            .last_seq = last_seq,
            .total = last->total,
            .bytes = last->total - first->total + first->bytes};
}

MemoryDisk::MemoryDisk() : state_{std::make_unique<State>()} {}
MemoryDisk::~MemoryDisk() = default;

void MemoryDisk::fail_next(Operation operation, Fault fault) {
    std::lock_guard const lock{state_->mutex};
    state_->planned[std::size_t(operation)].push_back(fault);
}

void MemoryDisk::script(Script script) {
    std::lock_guard const lock{state_->mutex};
    state_->script = std::move(script);
}

std::uint64_t MemoryDisk::operations() const {
    std::lock_guard const lock{state_->mutex};
    return state_->operations;
}

void MemoryDisk::cut_power() {
    std::lock_guard const lock{state_->mutex};
    state_->cut_power();
}

}  // namespace newswired::storage

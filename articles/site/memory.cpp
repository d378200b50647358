#include "articles/site/memory.hpp"

#include "core/bytes.hpp"

#include <algorithm>

namespace newswired::articles::site {
namespace {

// The grammar (core/bytes.hpp):
//   byte version, varint articles seen
//   varint count, then each known line: hash, varint count, varint since, varint day
//   varint count, then each article, oldest first: varint number, u32 article, hash title,
//       byte count, u32 of each paragraph of its opening, varint count, hash of each line that only it had
// `hash` is 6 bytes, u32 4 bytes, most significant first.
constexpr std::uint8_t kVersion = 1;

// From so many letters on a line is a paragraph and says which article this is.
constexpr std::uint32_t kParagraph = 40;
constexpr std::size_t kMaxOpening = 6;
constexpr std::size_t kFirstLines = 24;

void put(ByteWriter& out, std::uint64_t value, int bytes) {
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        out.byte(std::uint8_t(value >> shift));
    }
}

std::uint64_t get(ByteReader& in, std::size_t bytes) {
    std::uint64_t value = 0;
    for (unsigned char const part : in.raw(bytes)) {
        value = value << 8 | part;
    }
    return value;
}

}  // namespace

std::string SiteMemory::encode() const {
    auto known = known_;
    if (known.size() > kMaxKnown) {
        // What was seen last stays, and of that what was seen most.
        auto const matters = [](KnownLine const& a, KnownLine const& b) {
            return std::pair{a.day, a.count} > std::pair{b.day, b.count};
        };
        std::nth_element(known.begin(), known.begin() + kMaxKnown, known.end(), matters);
        known.resize(kMaxKnown);
    }
    std::string bytes;
    ByteWriter out{bytes};
    out.byte(kVersion);
    out.varint(articles_);
    out.varint(known.size());
    for (auto const& line : known) {
        put(out, line.hash, 6);
        out.varint(line.count);
        out.varint(line.since);
        out.varint(line.day);
    }
    // Lines of the oldest articles are given up first.
    std::size_t room = kMaxSingle;
    auto first = recent_.end();
    while (first != recent_.begin() && (first - 1)->single.size() <= room) {
        room -= (--first)->single.size();
    }
    out.varint(std::size_t(recent_.end() - first));
    for (auto article = first; article != recent_.end(); ++article) {
        out.varint(article->number);
        put(out, article->article, 4);
        put(out, article->title, 6);
        out.byte(std::uint8_t(article->opening.size()));
        for (auto const one : article->opening) {
            put(out, one, 4);
        }
        out.varint(article->single.size());
        for (auto const hash : article->single) {
            put(out, hash, 6);
        }
    }
    return bytes;
}

SiteMemory SiteMemory::decode(std::string_view bytes, std::uint16_t today) {
    SiteMemory memory{today};
    ByteReader in{bytes};
    if (in.byte() != kVersion) {
        return memory;
    }
    memory.articles_ = std::uint32_t(in.varint());
    auto const lines = in.varint();
    for (std::uint64_t i = 0; i < lines && i < kMaxKnown && !in.failed(); ++i) {
        KnownLine line{.hash = get(in, 6)};
        line.count = std::uint32_t(in.varint());
        line.since = std::uint32_t(in.varint());
        line.day = std::uint16_t(in.varint());
        if (line.hash != 0 && line.day + kForgetAfter >= today) {
            memory.known_.push_back(line);
            memory.slot(line.hash).known = std::uint32_t(memory.known_.size());
        }
    }
    auto const articles = in.varint();
    for (std::uint64_t i = 0; i < articles && i < kMaxArticles && !in.failed(); ++i) {
        auto& article = memory.recent_.emplace_back();
        article.number = std::uint32_t(in.varint());
        article.article = std::uint32_t(get(in, 4));
        article.title = get(in, 6);
        auto const opening = in.byte();
        for (std::size_t k = 0; k < opening && k < kMaxOpening; ++k) {
            article.opening.push_back(std::uint32_t(get(in, 4)));
        }
        auto const single = in.varint();
        for (std::uint64_t k = 0; k < single && k < kMaxLines && !in.failed(); ++k) {
            if (auto const hash = get(in, 6); hash != 0) {
                article.single.push_back(hash);
                memory.slot(hash).number = article.number;
            }
        }
    }
    return in.failed() ? SiteMemory{today} : memory;
}

KnownLine const* SiteMemory::find(std::uint64_t hash) const {
    auto const* const slot = find_slot(hash);
    return slot != nullptr && slot->known > 0 ? &known_[slot->known - 1] : nullptr;
}

double SiteMemory::share(KnownLine const& line) const {
    auto const seen = articles_ >= line.since ? articles_ - line.since + 1 : 1;
    return std::min(1.0, double(line.count) / double(seen));
}

bool SiteMemory::is_title_of_another(std::uint64_t hash, std::uint32_t article) const {
    return std::any_of(recent_.begin(), recent_.end(),
                       [&](Article const& one) { return one.title == hash && one.article != article; });
}

void SiteMemory::learn(Sighting const& sighting) {
    if (sighting.lines.empty()) {
        return;
    }
    auto opening = opening_of(sighting.lines);
    if (was_seen(sighting.article, opening)) {
        return;
    }
    Article article{.number = ++articles_,
                    .article = sighting.article,
                    .title = sighting.title,
                    .opening = std::move(opening)};
    auto const& lines = sighting.lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < kFirstLines || lines.size() - i <= kMaxLines - kFirstLines) {
            see(article, lines[i].hash);
        }
    }
    recent_.push_back(std::move(article));
    if (recent_.size() > kMaxArticles) {
        recent_.pop_front();
    }
}

// A line of `article`, which is not among the recent ones yet.
void SiteMemory::see(Article& article, std::uint64_t hash) {
    auto& slot = this->slot(hash);
    if (slot.known > 0) {
        auto& line = known_[slot.known - 1];
        // Twice in one article is one sighting; `number` says who had it last.
        line.count += slot.number == article.number ? 0 : 1;
        line.day = today_;
    } else if (slot.number != 0 && slot.number != article.number && is_kept(slot.number)) {
        known_.push_back({.hash = hash, .count = 2, .since = slot.number, .day = today_});
        slot.known = std::uint32_t(known_.size());
        auto& single = recent_[slot.number - recent_.front().number].single;
        single.erase(std::remove(single.begin(), single.end(), hash), single.end());
    } else if (slot.number != article.number) {
        article.single.push_back(hash);
    }
    slot.number = article.number;
}

// The first paragraphs, but for those that the site is known by.
std::vector<std::uint32_t> SiteMemory::opening_of(std::vector<Line> const& lines) const {
    std::vector<std::uint32_t> opening;
    for (auto const& line : lines) {
        if (opening.size() < kMaxOpening && line.weight >= kParagraph) {
            auto const* const known = find(line.hash);
            if (known == nullptr || known->count < 3 || share(*known) < 0.5) {
                opening.push_back(std::uint32_t(line.hash));
            }
        }
    }
    return opening;
}

// Whether an article of the last ones is that one, or has most of its opening.
bool SiteMemory::was_seen(std::uint32_t article, std::vector<std::uint32_t> const& opening) const {
    return std::any_of(recent_.begin(), recent_.end(), [&](Article const& one) {
        auto const shared = std::count_if(opening.begin(), opening.end(), [&](std::uint32_t paragraph) {
            return std::find(one.opening.begin(), one.opening.end(), paragraph) != one.opening.end();
        });
        return one.article == article ||
               (shared > 0 && std::size_t(shared) * 2 > std::min(opening.size(), one.opening.size()));
    });
}

// Numbers of the recent articles follow one another.
bool SiteMemory::is_kept(std::uint32_t number) const {
    return !recent_.empty() && number >= recent_.front().number &&
           number - recent_.front().number < recent_.size();
}

SiteMemory::Slot const* SiteMemory::find_slot(std::uint64_t hash) const {
    if (slots_.empty()) {
        return nullptr;
    }
    auto const mask = slots_.size() - 1;
    for (auto place = hash & mask;; place = (place + 1) & mask) {
        if (slots_[place].hash == hash) {
            return &slots_[place];
        }
        if (slots_[place].hash == 0) {
            return nullptr;
        }
    }
}

SiteMemory::Slot& SiteMemory::slot(std::uint64_t hash) {
    if (used_ * 2 >= slots_.size()) {
        grow();
    }
    auto const mask = slots_.size() - 1;
    auto place = hash & mask;
    while (slots_[place].hash != hash && slots_[place].hash != 0) {
        place = (place + 1) & mask;
    }
    if (slots_[place].hash == 0) {
        slots_[place].hash = hash;
        ++used_;
    }
    return slots_[place];
}

void SiteMemory::grow() {
    auto const old = std::move(slots_);
    slots_.assign(std::max<std::size_t>(old.size() * 2, 256), {});
    auto const mask = slots_.size() - 1;
    for (auto const& one : old) {
        if (one.hash != 0) {
            auto place = one.hash & mask;
            while (slots_[place].hash != 0) {
                place = (place + 1) & mask;
            }
            slots_[place] = one;
        }
    }
}

}  // namespace newswired::articles::site

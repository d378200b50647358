#include "articles/teaser.hpp"

#include "core/bytes.hpp"

#include <algorithm>
#include <vector>

namespace newswired::articles {
namespace {

constexpr std::uint32_t kVote = 16;
constexpr std::uint32_t kFade = 16;  // each vote takes a sixteenth of the older ones: the last 20 or so count
constexpr std::uint32_t kShort = 400;    // letters: a paragraph; a whole article is rarely that short
constexpr std::uint32_t kLong = 1'200;   // letters: hardly any teaser is that long
constexpr std::uint32_t kTold = 600;     // letters which, in several paragraphs, tell a story
constexpr std::uint32_t kCaption = 40;   // letters below a picture that is the thing itself
constexpr std::size_t kEqualBodies = 5;  // so many bodies must agree on where they are cut
constexpr std::uint32_t kMaxInVain = 6;  // pages in a row that were no better
constexpr std::uint32_t kTryEvery = 20;  // after that, one article in so many is still tried

bool is_near(std::uint32_t length, std::uint32_t cut_at) {
    return cut_at > 0 && length <= cut_at && length + cut_at / 10 >= cut_at;
}

// Where bodies are cut that nearly all have one length and stop anywhere; 0 when they do not.
std::uint32_t find_cut(std::span<BodyLook const> bodies) {
    std::vector<std::uint32_t> lengths;
    for (auto const& body : bodies) {
        if (body.letters >= kCaption && (body.unfinished || body.cut_off)) {
            lengths.push_back(body.letters);
        }
    }
    if (lengths.size() < kEqualBodies || lengths.size() * 2 < bodies.size()) {
        return 0;
    }
    std::sort(lengths.begin(), lengths.end());
    auto const longest = lengths.back();
    auto const near = std::size_t(
        std::count_if(lengths.begin(), lengths.end(), [&](auto length) { return is_near(length, longest); }));
    return longest < kLong && near * 10 >= lengths.size() * 7 ? longest : 0;
}

bool lead_to_many_sites(std::span<BodyLook const> bodies) {
    std::uint64_t first = 0;
    std::size_t elsewhere = 0;
    bool differ = false;
    for (auto const& body : bodies) {
        if (body.elsewhere != 0) {
            ++elsewhere;
            differ = differ || (first != 0 && first != body.elsewhere);
            first = body.elsewhere;
        }
    }
    return differ && elsewhere * 2 >= bodies.size();
}

void vote(TeaserMemory& memory, Lean lean) {
    if (lean == Lean::neither) {
        return;
    }
    memory.for_teasers -= memory.for_teasers / kFade;
    memory.for_whole -= memory.for_whole / kFade;
    (lean == Lean::teaser ? memory.for_teasers : memory.for_whole) += kVote;
}

// Tips over at two thirds of the votes, and back not before one third: what lies between changes nothing.
void decide(TeaserMemory& memory) {
    auto const all = memory.for_teasers + memory.for_whole;
    if (all == 0) {
        return;
    }
    if (!memory.decided) {
        memory.teasers = memory.for_teasers * 2 > all;
        memory.decided = true;
        return;
    }
    memory.teasers = memory.teasers ? memory.for_teasers * 3 > all : memory.for_teasers * 3 > all * 2;
}

}  // namespace

Lean lean_of(BodyLook const& body, TeaserMemory const& memory, bool many_elsewhere) {
    if (body.has_media) {
        return Lean::whole;
    }
    if (body.cut_off || body.leads_on) {
        // A whole article may end with a link to itself; one that breaks off is none.
        return body.leads_on && !body.cut_off && body.letters >= 2 * kLong ? Lean::whole : Lean::teaser;
    }
    if (body.letters >= kLong || (body.letters >= kTold && body.paragraphs >= 3)) {
        return Lean::whole;
    }
    if (many_elsewhere && body.elsewhere != 0) {
        return Lean::whole;  // whoever points to others says all there is to say
    }
    if (body.letters == 0) {
        return body.has_picture ? Lean::whole : Lean::teaser;
    }
    if (body.has_picture && body.letters < kCaption) {
        return Lean::whole;
    }
    if (body.is_note || body.links_out) {
        return Lean::whole;
    }
    if (is_near(body.letters, memory.cut_at) || (body.unfinished && body.paragraphs <= 1)) {
        return Lean::teaser;
    }
    return body.letters < kShort ? Lean::teaser : Lean::neither;
}

void learn_from_bodies(TeaserMemory& memory, std::span<BodyLook const> bodies) {
    if (auto const cut = find_cut(bodies); cut != 0) {
        memory.cut_at = cut;
    } else if (bodies.size() >= kEqualBodies) {
        memory.cut_at = 0;
    }
    auto const many_elsewhere = lead_to_many_sites(bodies);
    for (auto const& body : bodies) {
        vote(memory, lean_of(body, memory, many_elsewhere));
    }
    decide(memory);
}

PageWish wish_for_page(BodyLook const& body, TeaserMemory const& memory) {
    if (!memory.teasers) {
        return PageWish::feed_is_whole;
    }
    if (lean_of(body, memory, false) == Lean::whole) {
        return PageWish::body_is_whole;
    }
    return memory.in_vain >= kMaxInVain && memory.in_vain % kTryEvery != 0 ? PageWish::in_vain
                                                                           : PageWish::wanted;
}

void learn_from_page(TeaserMemory& memory, bool better) {
    memory.in_vain = better ? 0 : memory.in_vain + 1;
}

std::string in_words(TeaserMemory const& memory) {
    if (!memory.decided) {
        return "nothing is known of its bodies yet";
    }
    auto const all = memory.for_teasers + memory.for_whole;
    auto const share = all == 0 ? 0 : (memory.for_teasers * 100 + all / 2) / all;
    std::string text = memory.teasers ? "its bodies are teasers" : "its bodies are whole articles";
    text += " (of the last ones " + std::to_string(share) + " % looked like teasers";
    if (memory.cut_at > 0) {
        text += ", cut at about " + std::to_string(memory.cut_at) + " letters";
    }
    text += ")";
    if (memory.teasers && memory.in_vain >= kMaxInVain) {
        text += "; its pages were no better lately, so few are asked for";
    }
    return text;
}

std::string encode(TeaserMemory const& memory) {
    if (memory == TeaserMemory{}) {
        return {};
    }
    std::string bytes;
    ByteWriter out{bytes};
    out.byte(std::uint8_t((memory.decided ? 1 : 0) | (memory.teasers ? 2 : 0)));
    out.varint(memory.for_teasers);
    out.varint(memory.for_whole);
    out.varint(memory.cut_at);
    out.varint(memory.in_vain);
    return bytes;
}

TeaserMemory decode_teaser_memory(std::string_view bytes) {
    ByteReader in{bytes};
    TeaserMemory memory;
    auto const flags = in.byte();
    memory.decided = (flags & 1) != 0;
    memory.teasers = (flags & 2) != 0;
    memory.for_teasers = std::uint32_t(std::min<std::uint64_t>(in.varint(), kVote * kFade * 2));
    memory.for_whole = std::uint32_t(std::min<std::uint64_t>(in.varint(), kVote * kFade * 2));
    memory.cut_at = std::uint32_t(in.varint());
    memory.in_vain = std::uint32_t(in.varint());
    return in.failed() ? TeaserMemory{} : memory;
}

}  // namespace newswired::articles

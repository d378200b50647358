// A subscription as a person would tell it, and as bytes.

#include "core/bytes.hpp"
#include "feeds/websub/subscription.hpp"

#include <algorithm>

namespace newswired::feeds::websub {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint64_t kMaxStored = 16;  // of hubs, of farewells

void put_time(ByteWriter& out, SystemTime time) {
    out.signed_varint(time.time_since_epoch().count());
}

SystemTime get_time(ByteReader& in) {
    return SystemTime{milliseconds{in.signed_varint()}};
}

std::string ahead(SystemTime time, SystemTime now) {
    return newswired::in_words(std::max(std::chrono::floor<milliseconds>(time - now), milliseconds{0}));
}

}  // namespace

std::string Subscription::in_words(SystemTime now) const {
    if (hub_.empty()) {
        return farewells_.empty() ? "no hub" : "no longer; the hub is asked to stop";
    }
    std::string text;
    if (lease_ends_ > now) {
        text = "subscribed at " + hub_ + ", for " + ahead(lease_ends_, now) + " more";
        text += deliveries_ == 0 ? ", nothing pushed yet"
                                 : ", " + std::to_string(deliveries_) + " pushed, the last " +
                                       ahead(now, delivered_) + " ago";
        if (distrusted_) {
            text += "; it missed an article, so the feed is polled as usual until it pushes again";
        }
    } else if (step_ == Step::asked) {
        text = "asked " + hub_ + ", which has not verified it yet";
    } else {
        text = "not subscribed at " + hub_ + " yet";
    }
    if (!problem_.empty()) {
        text += "; " + problem_;
    }
    if (step_ == Step::due && failures_ > 0) {
        text += "; asked again in " + ahead(act_at_, now);
    }
    return text;
}

std::string encode(Subscription const& subscription) {
    std::string bytes;
    ByteWriter out{bytes};
    out.byte(kVersion);
    out.varint(subscription.links_.hubs.size());
    for (auto const& hub : subscription.links_.hubs) {
        out.string(hub);
    }
    out.string(subscription.links_.topic);
    out.string(subscription.hub_);
    out.string(subscription.topic_);
    out.string(subscription.token_);
    out.string(subscription.secret_);
    out.string(subscription.callback_);
    out.byte(static_cast<std::uint8_t>(subscription.step_));
    put_time(out, subscription.act_at_);
    put_time(out, subscription.verified_);
    put_time(out, subscription.lease_ends_);
    out.varint(subscription.failures_);
    out.string(subscription.problem_);
    out.varint(subscription.deliveries_);
    put_time(out, subscription.delivered_);
    out.byte(subscription.distrusted_ ? 1 : 0);
    put_time(out, subscription.missed_);
    out.varint(subscription.farewells_.size());
    for (auto const& farewell : subscription.farewells_) {
        out.string(farewell.hub);
        out.string(farewell.topic);
        out.string(farewell.token);
        put_time(out, farewell.ask_at);
        put_time(out, farewell.until);
        out.varint(farewell.tries);
    }
    return bytes;
}

std::optional<Subscription> decode_subscription(std::string_view bytes) {
    ByteReader in{bytes};
    if (in.byte() != kVersion) {
        return {};
    }
    Subscription subscription;
    auto const hubs = in.varint();
    for (std::uint64_t i = 0; i < std::min(hubs, kMaxStored); ++i) {
        subscription.links_.hubs.emplace_back(in.string());
    }
    subscription.links_.topic = in.string();
    subscription.hub_ = in.string();
    subscription.topic_ = in.string();
    subscription.token_ = in.string();
    subscription.secret_ = in.string();
    subscription.callback_ = in.string();
    subscription.step_ = static_cast<Subscription::Step>(std::min<std::uint8_t>(in.byte(), 2));
    subscription.act_at_ = get_time(in);
    subscription.verified_ = get_time(in);
    subscription.lease_ends_ = get_time(in);
    subscription.failures_ = static_cast<std::uint32_t>(in.varint());
    subscription.problem_ = in.string();
    subscription.deliveries_ = in.varint();
    subscription.delivered_ = get_time(in);
    subscription.distrusted_ = in.byte() != 0;
    subscription.missed_ = get_time(in);
    auto const farewells = in.varint();
    for (std::uint64_t i = 0; i < std::min(farewells, kMaxStored); ++i) {
        Subscription::Farewell farewell{.hub = std::string{in.string()},
                                        .topic = std::string{in.string()},
                                        .token = std::string{in.string()}};
        farewell.ask_at = get_time(in);
        farewell.until = get_time(in);
        farewell.tries = static_cast<std::uint32_t>(in.varint());
        if (!farewell.hub.empty()) {
            subscription.farewells_.push_back(std::move(farewell));
        }
    }
    if (in.failed()) {
        return {};
    }
    if (subscription.hub_.empty()) {
        subscription.step_ = Subscription::Step::idle;
    }
    return subscription;
}

}  // namespace newswired::feeds::websub

#include "articles/page/verdict/signs.hpp"

#include "articles/unicode.hpp"

#include <algorithm>

namespace newswired::articles::page {
namespace {

enum class Use : std::uint8_t { sure, name };

struct Entry {
    Sign sign;
    Use use;
    std::string_view sentence;
};

constexpr Entry kEntries[] = {
#define NEWSWIRED_SIGN(sign, use, sentence) {Sign::sign, Use::use, sentence},
#include "articles/page/verdict/signs.inc"
#undef NEWSWIRED_SIGN
};

// Longer, it is a sentence about something.
constexpr std::uint32_t kLongestName = 120;

}  // namespace

std::optional<Sign> sign_in_name(std::string_view folded) {
    auto const letters = count_letters(folded);
    if (letters == 0 || letters > kLongestName) {
        return {};
    }
    for (auto const& entry : kEntries) {
        // Three fifths: "sorry, page not found" is still one, "404 Media has a new owner" is not.
        if (count_letters(entry.sentence) * 5 >= letters * 3 &&
            folded.find(entry.sentence) != std::string_view::npos) {
            return entry.sign;
        }
    }
    return {};
}

bool says(Sign sign, std::string_view folded) {
    return std::any_of(std::begin(kEntries), std::end(kEntries), [&](Entry const& entry) {
        return entry.sign == sign && entry.use == Use::sure &&
               folded.find(entry.sentence) != std::string_view::npos;
    });
}

bool has_bot_wall_machinery(std::string_view source) {
    static constexpr std::string_view kMachinery[] = {
        "/cdn-cgi/challenge-platform/",
        "cf-browser-verification",
        "challenges.cloudflare.com",
        "_cf_chl_opt",
        "cf-error-details",
        "_Incapsula_Resource",
        "captcha-delivery.com",
        "px-captcha",
        "/_Incapsula",
        "perimeterx",
        "ddos-guard",
        "sgcaptcha",
        "awsWafCookieDomainList",
        "/.within.website/x/cmd/anubis",
        "window.awsWaf",
        "kasada",
        "akamai-bm",
        "sec-if-cpt-container",
        "vercel.link/security-checkpoint",
    };
    return std::any_of(std::begin(kMachinery), std::end(kMachinery),
                       [source](std::string_view one) { return source.find(one) != std::string_view::npos; });
}

}  // namespace newswired::articles::page

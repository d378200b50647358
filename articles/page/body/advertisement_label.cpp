#include "articles/page/body/advertisement_label.hpp"

#include "articles/unicode.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace newswired::articles::page {
namespace {

// As fold_case() leaves them.
constexpr std::string_view kLabels[] = {"advertisement",
                                        "advertisements",
                                        "advertising",
                                        "advertisement - continue reading below",
                                        "ad",
                                        "sponsored",
                                        "anzeige",
                                        "werbung",
                                        "publicité",
                                        "publicidad",
                                        "publicidade",
                                        "pubblicità",
                                        "advertentie",
                                        "reclame",
                                        "reklame",
                                        "annonse",
                                        "annons",
                                        "mainos",
                                        "reklama",
                                        "reklam",
                                        "реклама",
                                        "реклама на сайте",
                                        "hirdetés",
                                        "publicitate",
                                        "διαφήμιση",
                                        "פרסומת",
                                        "إعلان",
                                        "اعلان",
                                        "تبلیغات",
                                        "آگهی",
                                        "विज्ञापन",
                                        "โฆษณา",
                                        "quảng cáo",
                                        "iklan",
                                        "广告",
                                        "廣告",
                                        "広告",
                                        "광고"};

constexpr std::size_t kLongestLabel = 48;

bool is_frame(char c) {
    return is_space(c) || c == '-' || c == '*' || c == '[' || c == ']' || c == '(' || c == ')' || c == ':' ||
           c == '|';
}

}  // namespace

bool is_advertisement_label(std::string_view text) {
    if (text.size() > kLongestLabel) {
        return false;
    }
    while (!text.empty() && is_frame(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_frame(text.back())) {
        text.remove_suffix(1);
    }
    return std::find(std::begin(kLabels), std::end(kLabels), fold_case(text)) != std::end(kLabels);
}

}  // namespace newswired::articles::page

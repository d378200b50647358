#include "articles/page/metadata/language.hpp"

#include "core/text.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <unordered_map>

namespace newswired::articles::page {
namespace {

// So many letters are enough to know, and fewer than so many are not.
constexpr int kMostLetters = 4000;
constexpr int kLeastLetters = 20;

struct OfScript {
    UScriptCode script;
    std::string_view language;
};

// Scripts in which nearly all that is published is in one language.
constexpr OfScript kScripts[] = {
    {USCRIPT_HANGUL, "ko"},   {USCRIPT_THAI, "th"},      {USCRIPT_HEBREW, "he"},     {USCRIPT_GREEK, "el"},
    {USCRIPT_ARMENIAN, "hy"}, {USCRIPT_GEORGIAN, "ka"},  {USCRIPT_DEVANAGARI, "hi"}, {USCRIPT_BENGALI, "bn"},
    {USCRIPT_TAMIL, "ta"},    {USCRIPT_TELUGU, "te"},    {USCRIPT_GURMUKHI, "pa"},   {USCRIPT_GUJARATI, "gu"},
    {USCRIPT_KANNADA, "kn"},  {USCRIPT_MALAYALAM, "ml"}, {USCRIPT_SINHALA, "si"},    {USCRIPT_KHMER, "km"},
    {USCRIPT_LAO, "lo"},      {USCRIPT_MYANMAR, "my"},   {USCRIPT_ETHIOPIC, "am"},   {USCRIPT_TIBETAN, "bo"},
    {USCRIPT_HAN, "zh"},      {USCRIPT_HIRAGANA, "ja"},  {USCRIPT_ARABIC, "ar"},     {USCRIPT_CYRILLIC, "ru"},
    {USCRIPT_LATIN, ""}};

struct OfLetters {
    UScriptCode script;
    std::u32string_view letters;
    std::string_view language;
};

// Letters that others of the script do not have; the first row of which enough occur counts.
constexpr OfLetters kLetters[] = {
    {USCRIPT_ARABIC, U"\u0679\u0688\u0691\u06BA\u06D2", "ur"},
    {USCRIPT_ARABIC, U"\u067E\u0686\u0698\u06AF\u06A9\u06CC", "fa"},
    {USCRIPT_CYRILLIC, U"\u045E", "be"},
    {USCRIPT_CYRILLIC, U"\u049B\u04D9\u04B1\u0493", "kk"},
    {USCRIPT_CYRILLIC, U"\u0456\u0457\u0454\u0491", "uk"},
    {USCRIPT_CYRILLIC, U"\u0453\u045C\u0455", "mk"},
    {USCRIPT_CYRILLIC, U"\u0458\u0459\u045A\u0452\u045B", "sr"},
    {USCRIPT_LATIN, U"\u1EA1\u1EBF\u1EC7\u1ED9\u01B0\u01A1\u1EC1\u1EA5\u1ED1", "vi"}};

struct OfWords {
    std::string_view language;
    std::string_view words;
};

constexpr OfWords kWords[] = {
    {"en", "the and of to in is that for with was are this it on by from have as be at"},
    {"de", "der die und das ist nicht von mit den ein eine auf f\u00FCr sich dem im zu des auch"},
    {"fr", "le la les des et est une que dans pour qui pas sur du au en un plus par"},
    {"es", "el la los las que de y en por con una para del se no como un su al"},
    {"it", "il di che e la per un una non sono con del della gli \u00E8 i le da nel"},
    {"pt", "o a os as que de e do da em para com n\u00E3o uma um por mais no ao dos"},
    {"nl", "de het een en van is dat niet op te zijn voor met ook aan in er bij"},
    {"sv", "och att det som en \u00E4r f\u00F6r p\u00E5 med av inte den till har ett om i"},
    {"da", "og at det er en til p\u00E5 som med for af ikke den har et i de"},
    {"no", "og \u00E5 det er en til p\u00E5 som med for av ikke den har et i"},
    {"fi", "ja on ei ett\u00E4 se oli h\u00E4n mutta ovat my\u00F6s kun joka kuin sek\u00E4 tai"},
    {"pl", "i w na nie si\u0119 z do to \u017Ce jest o jak po od za przez"},
    {"cs", "a je se na v \u017Ee to s z do jako kter\u00E9 byl ve pro i"},
    {"sk", "a je sa na v \u017Ee to s z do ako ktor\u00E9 bol vo pre i"},
    {"hu", "a az \u00E9s hogy nem is egy van ez meg csak de mint volt"},
    {"ro", "\u0219i de \u00EEn la cu nu c\u0103 pe din care este pentru o un a"},
    {"hr", "i je u na se da za su od koji \u0161to kao s nije o"},
    {"sl", "in je na da se za so ki pri tudi v z po pa"},
    {"tr", "ve bir bu da de i\u00E7in ile \u00E7ok olarak daha olan gibi"},
    {"id", "yang dan di ini dengan untuk dari tidak pada itu akan dalam"},
    {"ca", "el la i que de els les amb per una del \u00E9s no un al"},
    {"et", "ja on ei see et oli ka kui aga mis oma"},
    {"lv", "un ir no ar par kas tas k\u0101 uz ka"},
    {"lt", "ir yra kad tai su bet i\u0161 kaip apie"}};

using Languages = std::uint32_t;  // a bit for each row of kWords
static_assert(std::size(kWords) <= 32);

std::unordered_map<std::string_view, Languages> words_by_text() {
    std::unordered_map<std::string_view, Languages> all;
    for (std::size_t row = 0; row < std::size(kWords); ++row) {
        auto rest = kWords[row].words;
        while (!rest.empty()) {
            auto const end = std::min(rest.find(' '), rest.size());
            all[rest.substr(0, end)] |= Languages{1} << row;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
    return all;
}

// The language most of whose small words occur, when it leads.
std::string_view by_words(std::string const& lowered) {
    static auto const kByText = words_by_text();
    std::array<int, std::size(kWords)> hits{};
    for (std::size_t i = 0; i < lowered.size();) {
        auto const end = std::min(lowered.find(' ', i), lowered.size());
        if (auto const found = kByText.find(std::string_view{lowered}.substr(i, end - i));
            found != kByText.end()) {
            for (std::size_t row = 0; row < hits.size(); ++row) {
                hits[row] += (found->second >> row) & 1u ? 1 : 0;
            }
        }
        i = end + 1;
    }
    auto const best = std::max_element(hits.begin(), hits.end());
    auto const others = std::count_if(hits.begin(), hits.end(), [&](int one) { return one == *best; });
    constexpr int kLeastHits = 3;
    return *best < kLeastHits || others > 1 ? std::string_view{}
                                            : kWords[static_cast<std::size_t>(best - hits.begin())].language;
}

// The letters of a text, counted by script and by those that tell languages apart.
struct Count {
    std::array<int, std::size(kScripts)> scripts{};
    std::array<int, std::size(kLetters)> letters{};
    int hard_signs = 0;    // Bulgarian has them in mid-word often,
    int only_russian = 0;  // and never these
    int all = 0;
    std::string lowered{};  // words parted by single spaces

    void add(char32_t code);
};

void Count::add(char32_t code) {
    if (u_isalpha(static_cast<UChar32>(code)) == 0) {
        if (!lowered.empty() && lowered.back() != ' ') {
            lowered += ' ';
        }
        return;
    }
    ++all;
    auto const lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(code)));
    append_utf8(lowered, lower);
    UErrorCode error = U_ZERO_ERROR;
    auto script = uscript_getScript(static_cast<UChar32>(code), &error);
    script = script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script;
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        scripts[i] += kScripts[i].script == script ? 1 : 0;
    }
    for (std::size_t i = 0; i < letters.size(); ++i) {
        letters[i] +=
            kLetters[i].script == script && kLetters[i].letters.find(lower) != std::u32string_view::npos;
    }
    hard_signs += lower == U'\u044A' ? 1 : 0;
    only_russian += lower == U'\u044B' || lower == U'\u044D' || lower == U'\u0451' ? 1 : 0;
}

}  // namespace

std::string detect_language(std::string_view text) {
    Count count;
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
    auto const length = static_cast<std::int32_t>(std::min<std::size_t>(text.size(), 100'000));
    for (std::int32_t i = 0; i < length && count.all < kMostLetters;) {
        UChar32 code = 0;
        U8_NEXT(bytes, i, length, code);
        count.add(code < 0 ? U' ' : static_cast<char32_t>(code));
    }
    if (count.all < kLeastLetters) {
        return {};
    }
    auto best = static_cast<std::size_t>(std::max_element(count.scripts.begin(), count.scripts.end()) -
                                         count.scripts.begin());
    if (kScripts[best].script == USCRIPT_HAN) {
        for (std::size_t i = 0; i < std::size(kScripts); ++i) {
            // A Japanese text has kana between its kanji, however many those are.
            best = kScripts[i].script == USCRIPT_HIRAGANA && count.scripts[i] * 20 > count.all ? i : best;
        }
    }
    auto const script = kScripts[best].script;
    for (std::size_t i = 0; i < std::size(kLetters); ++i) {
        if (kLetters[i].script == script && count.letters[i] * 100 > count.all) {
            return std::string{kLetters[i].language};
        }
    }
    if (script == USCRIPT_CYRILLIC && count.only_russian == 0 && count.hard_signs * 150 > count.all) {
        return "bg";
    }
    return std::string{script == USCRIPT_LATIN ? by_words(count.lowered) : kScripts[best].language};
}

}  // namespace newswired::articles::page

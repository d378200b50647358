#include "articles/page/metadata/people.hpp"

#include "articles/body/sanitize.hpp"
#include "core/text.hpp"
#include "feeds/dates/words.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {
namespace {

// Accounts that publishing systems are born with.
constexpr std::string_view kNobody[] = {
    "admin",     "administrator",   "root",      "webmaster", "editor",     "desk",      "staff",
    "user",      "guest",           "unknown",   "anonymous", "null",       "undefined", "n/a",
    "redaktion", "redaccion",       "author",    "by",        "super user", "none",      "adm",
    "posted on", "skip to content", "read more", "home",      "news",       "posted",    "published",
    "edited by", "reviewed by",     "the",       "written",   "updated"};

// Words before and between names, in the languages whose bylines put them there.
constexpr std::string_view kBefore[] = {"by ",
                                        "posted by: ",
                                        "authors: ",
                                        "author ",
                                        "von ",
                                        "par ",
                                        "por ",
                                        "di ",
                                        "door ",
                                        "written by ",
                                        "posted by ",
                                        "author: ",
                                        "autor: ",
                                        "words by ",
                                        "text: ",
                                        "av ",
                                        "af ",
                                        "de ",
                                        "by: ",
                                        "from ",
                                        "story by ",
                                        "published by ",
                                        "submitted by ",
                                        "автор: ",
                                        "автор ",
                                        "przez ",
                                        "yazan: ",
                                        "escrito por ",
                                        "publicado por ",
                                        "a cura di ",
                                        "oleh ",
                                        "article by ",
                                        "scritto da ",
                                        "geschrieben von ",
                                        "geschreven door ",
                                        "skrevet av ",
                                        "skriven av ",
                                        "\u00E9crit par ",
                                        "napisa\u0142 ",
                                        "\u0430\u0432\u0442\u043E\u0440 ",
                                        "بقلم ",
                                        "מאת "};

bool is_nobody(std::string_view name) {
    if (feeds::month_of(to_lower(name)) > 0) {
        return true;
    }
    for (auto const before : kBefore) {
        if (equal_ignoring_case(name, trim(before))) {
            return true;
        }
    }
    return std::any_of(std::begin(kNobody), std::end(kNobody),
                       [&](std::string_view one) { return equal_ignoring_case(one, name); });
}

// "Ann Example Dec 19, 2025", "Ann Example 2019年04月28日": a date that stands beside the name.
void cut_date(std::string& name) {
    auto const digit = std::find_if(name.begin(), name.end(), [](char c) { return is_digit(c); });
    if (digit == name.end() || digit - name.begin() < 4) {
        return;
    }
    auto const at = name.rfind(' ', static_cast<std::size_t>(digit - name.begin()));
    if (at == std::string::npos) {
        return;
    }
    name.erase(at);
    auto const word = name.rfind(' ') == std::string::npos ? 0 : name.rfind(' ') + 1;
    if (word > 0 && feeds::month_of(to_lower(std::string_view{name}.substr(word))) > 0) {
        name.erase(word - 1);
    }
}

// "ByAnn Example", "Byby ANN EXAMPLE": what stood in elements side by side.
void cut_glued_by(std::string& name) {
    while (name.size() > 4 && starts_with_ignoring_case(name, "by") && name[0] == 'B' &&
           ((name[2] >= 'A' && name[2] <= 'Z') || starts_with_ignoring_case(name.substr(2), "by "))) {
        name.erase(0, 2);
    }
}

std::string cleaned(std::string name) {
    cut_glued_by(name);
    for (auto again = true; again;) {
        again = false;
        for (auto const before : kBefore) {
            if (starts_with_ignoring_case(name, before) && name.size() > before.size()) {
                name.erase(0, before.size());
                name = std::string{trim(name)};
                again = true;
            }
        }
    }
    // "Ann Example | The Example", "Ann Example, Reporter (Reuters)".
    for (std::string_view const mark :
         {" | ", " (", " \u2022 ", " \u00B7 ", " - ", " \u2013 ", " \u2014 ", " / ", "|", "\n"}) {
        if (auto const at = name.find(mark); at != std::string::npos && at > 2) {
            name.erase(at);
        }
    }
    cut_date(name);
    for (std::string_view const behind : {" in", " on"}) {  // "by Ann Example in Travel", cut up
        if (name.ends_with(behind)) {
            name.resize(name.size() - behind.size());
        }
    }
    while (!name.empty() &&
           (name.back() == ',' || name.back() == ':' || name.back() == ';' || is_space(name.back()))) {
        name.pop_back();
    }
    while (!name.empty() &&
           (name.front() == '@' || name.front() == ':' || name.front() == ',' || is_space(name.front()))) {
        name.erase(0, 1);
    }
    return name;
}

bool is_name(std::string_view name, std::string_view site_name) {
    if (name.size() < 2 || name.size() > 90 || name.find("://") != std::string_view::npos ||
        name.find("www.") != std::string_view::npos || is_nobody(name) ||
        equal_ignoring_case(name, site_name)) {
        return false;
    }
    if (name.find(' ') == std::string_view::npos && name.find('.') != std::string_view::npos) {
        auto const last = name.substr(name.rfind('.') + 1);
        if (std::count(name.begin(), name.end(), '.') > 1 ||
            (last.size() >= 2 && std::all_of(last.begin(), last.end(), [](char c) { return is_alpha(c); }))) {
            return false;  // the name of a template's variable, or of a host
        }
    }
    if (name.ends_with(" read") || name.ends_with(" lesen")) {
        return false;  // "5 min read"
    }
    constexpr std::size_t kOneSign = 3;  // "•"
    if (name.size() <= kOneSign && std::none_of(name.begin(), name.end(), is_alpha)) {
        return false;
    }
    auto const words = 1 + std::count(name.begin(), name.end(), ' ');
    auto const digits = std::count_if(name.begin(), name.end(), [](char c) { return is_digit(c); });
    return words <= 8 && digits * 3 <= std::ptrdiff_t(name.size()) &&
           name.find('{') == std::string_view::npos;
}

}  // namespace

std::string plain(std::string_view text) {
    return to_plain({.value = text, .kind = feeds::TextKind::html, .may_be_escaped_twice = true});
}

bool begins_as_byline(std::string_view line) {
    return std::any_of(std::begin(kBefore), std::end(kBefore), [&](std::string_view before) {
        auto const word = before.substr(0, before.size() - 1);
        return starts_with_ignoring_case(line, word) &&
               (line.size() == word.size() || line[word.size()] == ' ');
    });
}

void People::add(std::string_view text, std::string_view url) {
    auto rest = plain(text);
    if (rest.size() > 400) {
        return;
    }
    for (std::string_view const glue : {" and ", " & ", " und ", " et ", " y ", ";", " with ", " \u0438 ",
                                        " och ", " og ", " en ", "\u3001"}) {
        for (auto at = rest.find(glue); at != std::string::npos; at = rest.find(glue)) {
            rest[at] = '\x01';
            rest.erase(at + 1, glue.size() - 1);
        }
    }
    auto const commas = std::count(rest.begin(), rest.end(), ',');
    if (commas > 0) {
        // "Ann Example, Bob Example" are two; "Example, Ann" is one, so is "Ann Example, PhD".
        auto const parts = split(rest, ',');
        auto const all_full = std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
            return trim(part).find(' ') != std::string_view::npos || trim(part).empty();
        });
        if (all_full) {
            std::replace(rest.begin(), rest.end(), ',', '\x01');
        }
    }
    for (auto const part : split(rest, '\x01')) {
        auto name = cleaned(std::string{trim(part)});
        if (!is_name(name, site_name_)) {
            continue;
        }
        auto const again = std::any_of(found_.begin(), found_.end(), [&](Author const& one) {
            return equal_ignoring_case(one.name, name);
        });
        if (!again && found_.size() < 20) {
            found_.push_back({.name = std::move(name), .url = std::string{url}});
        }
    }
}

}  // namespace newswired::articles::page

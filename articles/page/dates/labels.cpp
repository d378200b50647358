#include "articles/page/dates/labels.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <iterator>

namespace newswired::articles::page {
namespace {

// "Updated", "Last modified" in the languages that say so often.
constexpr std::string_view kChanged[] = {
    "update",     "modif",     "edited",        "revised",
    "reviewed",   "aktualis",  "ge\u00E4ndert", "mis \u00E0 j",
    "maj ",       "actuali",   "aggiorn",       "atualiz",
    "bijgewerkt", "oppdatert", "uppdaterad",    "opdateret",
    "zaktualiz",  "обновл",    "изменен",       "更新",
    "修正",       "수정",      "güncelle",      "\u0628\u0647\u200C\u0631\u0648\u0632",
    "تحديث",      "cập nhật",  "diperbarui",    "แก้ไข"};

// Words that say it of an article, not of a book that it tells of: at the beginning of what is short.
constexpr std::string_view kPublished[] = {"published",
                                           "(re)published",
                                           "first published",
                                           "date published",
                                           "date of publication",
                                           "posted",
                                           "erschienen",
                                           "ver\u00F6ffentlicht",
                                           "publi\u00E9",
                                           "publicado",
                                           "publicada",
                                           "pubblicato",
                                           "data pubblicazione",
                                           "gepubliceerd",
                                           "geplaatst",
                                           "publicerad",
                                           "publisert",
                                           "udgivet",
                                           "julkaistu",
                                           "opublikowan",
                                           "data publikacji",
                                           "Опубликован",
                                           "Дата публикации",
                                           "Опубліковано",
                                           "yay\u0131nlanma",
                                           "公開",
                                           "公开",
                                           "发布",
                                           "發布",
                                           "投稿日",
                                           "掲載日",
                                           "게시",
                                           "입력",
                                           "diterbitkan",
                                           "Đăng"};

bool begins_with_any(std::string_view text) {
    return std::any_of(std::begin(kPublished), std::end(kPublished),
                       [&](std::string_view word) { return starts_with_ignoring_case(text, word); });
}

}  // namespace

bool tells_of_change(std::string_view text) {
    auto const date = text.find_first_of("0123456789");
    return std::any_of(std::begin(kChanged), std::end(kChanged), [&](std::string_view word) {
        auto const at = find_ignoring_case(text, word);
        return at != std::string_view::npos && (at < date || static_cast<unsigned char>(word[0]) >= 0x80);
    });
}

bool tells_of_publishing(std::string_view text) {
    return begins_with_any(trim(text)) && !tells_of_change(text);
}

}  // namespace newswired::articles::page

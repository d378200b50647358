#include "articles/page/metadata/language.hpp"

#include <gtest/gtest.h>

namespace newswired::articles::page {
namespace {

TEST(LanguageTest, ScriptsTellLanguages) {
    EXPECT_EQ(
        detect_language("番台に座るのは二十六歳の孫娘で、祖父の字で書かれた看板だけは取り替えたくなかった"),
        "ja");
    EXPECT_EQ(detect_language("修复工作由一位退休的钟表匠主持，他说，齿轮几乎都还完好，只是缺少三个零件"),
              "zh");
    EXPECT_EQ(detect_language("망원경은 졸업생들이 조금씩 모은 돈으로 마련했으며, 교실의 칠판에는 아직도"),
              "ko");
    EXPECT_EQ(detect_language("แม่ค้าขนมครกวัยเจ็ดสิบปีเล่าว่าเตาของเธอเป็นเตาเดิมที่แม่เคยใช้"), "th");
    EXPECT_EQ(detect_language("Τα πανιά τα έραψαν οι γυναίκες του νησιού, και η μυλόπετρα"), "el");
}

TEST(LanguageTest, LettersTellLanguagesOfOneScript) {
    EXPECT_EQ(detect_language("Хлеб пекут четыре раза в день, говорит хозяин, и к вечеру ничего не остаётся"),
              "ru");
    EXPECT_EQ(detect_language("Хліб печуть чотири рази на день, каже господар, і до вечора нічого"), "uk");
    EXPECT_EQ(detect_language("Хлябът се пече четири пъти на ден, казва стопанинът, и вечерта няма нищо"),
              "bg");
    EXPECT_EQ(detect_language("وقال النجار الذي قاد العمل إن الألواح جاءت من البستان القريب"), "ar");
    EXPECT_EQ(detect_language("نانوا می‌گوید که نان را چهار بار در روز می‌پزند و تا "
                              "شب "
                              "چیزی "
                              "نمی‌ماند"),
              "fa");
    EXPECT_EQ(detect_language("Bánh mì được nướng bốn lần một ngày, người chủ nói, và đến tối không còn gì"),
              "vi");
}

TEST(LanguageTest, SmallWordsTellTheLanguagesOfTheLatinScript) {
    EXPECT_EQ(
        detect_language("The bread is baked four times a day, and by the evening there is nothing left"),
        "en");
    EXPECT_EQ(
        detect_language("Das Brot wird viermal am Tag gebacken, und am Abend ist nichts mehr von dem da"),
        "de");
    EXPECT_EQ(
        detect_language("Le pain est cuit quatre fois par jour, et le soir il ne reste plus que la farine"),
        "fr");
    EXPECT_EQ(detect_language(
                  "El pan se hornea cuatro veces al d\u00EDa, y por la noche no queda nada en los estantes"),
              "es");
    EXPECT_EQ(detect_language("Chleb piecze si\u0119 cztery razy na dzie\u0144 i wieczorem nie ma ju\u017C "
                              "nic na p\u00F3\u0142kach"),
              "pl");
    EXPECT_EQ(detect_language("Ekmek g\u00FCnde d\u00F6rt kez pi\u015Fer ve ak\u015Fam i\u00E7in bir "
                              "\u015Fey kalmaz, bu da daha iyi"),
              "tr");
}

TEST(LanguageTest, WhatIsTooShortOrUnknownHasNone) {
    EXPECT_EQ(detect_language(""), "");
    EXPECT_EQ(detect_language("Old bridge"), "");
    EXPECT_EQ(detect_language("Xqz jkw vrrt plmn qwrt zxcv bnmk lkjh"), "");
}

}  // namespace
}  // namespace newswired::articles::page

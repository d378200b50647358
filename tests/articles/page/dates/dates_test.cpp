#include "articles/page/dates/dates.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace newswired::articles::page {
namespace {

TEST(PageDatesTest, TheStatedZoneStays) {
    EXPECT_EQ(stated_date("2026-01-31T09:30:00+01:00"), "2026-01-31T09:30:00+01:00");
    EXPECT_EQ(stated_date("2026-01-31T09:30:00-0500"), "2026-01-31T09:30:00-05:00");
    EXPECT_EQ(stated_date("2026-01-31T23:30:00.000Z"), "2026-01-31T23:30:00Z");
    EXPECT_EQ(stated_date("2026-01-31"), "2026-01-31T00:00:00");
    EXPECT_EQ(stated_date("2026-01-31 09:30"), "2026-01-31T09:30:00");
}

TEST(PageDatesTest, ZonesMayBeNamed) {
    EXPECT_EQ(stated_date("Mon Jan 20 09:49:32 UTC 2020"), "2020-01-20T09:49:32Z");
    EXPECT_EQ(stated_date("Sun, 28 Jun 2020 21:16:15 GMT"), "2020-06-28T21:16:15Z");
}

TEST(PageDatesTest, ADateWithoutZoneIsOfThePlaceWhereTheLanguageIsSpoken) {
    EXPECT_EQ(with_zone("2026-01-31T09:30:00", "ja"), "2026-01-31T09:30:00+09:00");
    EXPECT_EQ(with_zone("2026-01-31T09:30:00", "zh-Hant-TW"), "2026-01-31T09:30:00+08:00");
    EXPECT_EQ(with_zone("2026-01-31T09:30:00", "en"), "2026-01-31T09:30:00Z");
    EXPECT_EQ(with_zone("2026-01-31T09:30:00", "jam"), "2026-01-31T09:30:00Z");
    EXPECT_EQ(with_zone("2026-01-31T09:30:00+01:00", "ja"), "2026-01-31T09:30:00+01:00");
    EXPECT_EQ(with_zone("", "ja"), "");
}

TEST(PageDatesTest, AMomentInUtcIsWrittenOnThePublishersDay) {
    EXPECT_EQ(on_day("2023-11-09T05:30:59Z", "2023-11-08"), "2023-11-08T23:30:59-06:00");
    EXPECT_EQ(on_day("2021-11-04T23:00:00Z", "2021-11-05"), "2021-11-05T00:00:00+01:00");
    EXPECT_EQ(on_day("2021-11-04T23:00:00Z", "2021-11-04"), "2021-11-04T23:00:00Z");
    EXPECT_EQ(on_day("2021-11-04T08:00:00Z", "2021-11-05"), "2021-11-04T08:00:00Z") << "no zone is so far";
    EXPECT_EQ(on_day("2021-11-04T23:00:00+02:00", "2021-11-05"), "2021-11-04T23:00:00+02:00");
    EXPECT_EQ(on_day("", "2021-11-05"), "");
}

TEST(PageDatesTest, OtherCalendarsAndDigitsAreRead) {
    EXPECT_EQ(day_in_text("دوشنبه ۲ تير ۱۳۹۹", false), "2020-06-22");
    EXPECT_EQ(day_in_text("1399/04/02", false), "2020-06-22");
    EXPECT_EQ(day_in_text("۳۰ اسفند ۱۳۹۹", false), "2021-03-20") << "a leap year";
    EXPECT_EQ(day_in_text("12 มีนาคม 2563", false), "2020-03-12");
    EXPECT_EQ(day_in_text("令和2年3月12日", false), "2020-03-12");
    EXPECT_EQ(day_in_text("民國109年3月12日", false), "2020-03-12");
    EXPECT_EQ(day_in_text("١٢ مارس ٢٠٢٠", false), "2020-03-12");
    EXPECT_EQ(day_in_text("12 МАРТА 2020", false), "2020-03-12");
    EXPECT_EQ(day_in_text("12\u00A0March\u00A02020", true), "2020-03-12");
}

struct Shown {
    std::string_view text;
    std::string_view day;
};

// The 12th of March 2024 where no other day is given.
constexpr Shown kShown[] = {
    {"二〇二四年三月十二日", "2024-03-12"},
    {"二零二四年十二月三十一日", "2024-12-31"},
    {"２０２４年３月１２日", "2024-03-12"},
    {"2024・03・12", "2024-03-12"},
    {"令和元年5月3日", "2019-05-03"},
    {"令和六年三月十二日", "2024-03-12"},
    {"中華民國一一三年三月十二日", "2024-03-12"},
    {"12 มี.ค. 2567", "2024-03-12"},
    {"12 ก.ค. 67", "2024-07-12"},
    {"12/03/2567", "2024-03-12"},
    {"วันอังคารที่ 12 มีนาคม พ.ศ. 2567", "2024-03-12"},
    {"12 كانون الثاني 2024", "2024-01-12"},
    {"تشرين الثاني 12, 2024", "2024-11-12"},
    {"الثلاثاء 12 آذار/مارس 2024", "2024-03-12"},
    {"12 كانون الأول/ديسمبر 2024", "2024-12-12"},
    {"12 أيار (مايو) 2024", "2024-05-12"},
    {"12 يناير، 2024", "2024-01-12"},
    {"۲۲ اسفندماه ۱۴۰۲", "2024-03-12"},
    {"22/12/1402", "2024-03-12"},
    {"12 ΜΑΡΤΙΟΥ 2024", "2024-03-12"},
    {"12 ARALIK 2024", "2024-12-12"},
    {"12 EKİM 2024", "2024-10-12"},
    {"Thứ Ba, ngày 12 tháng 3 năm 2024", "2024-03-12"},
    {"Tháng Mười Hai 12, 2024", "2024-12-12"},
    {"12 Tháng Ba, 2024", "2024-03-12"},
    {"2024. március 12.", "2024-03-12"},
    {"2024 m. kovo 12 d., 10:20", "2024-03-12"},
    {"2024. gada 12. martā", "2024-03-12"},
    {"2024 წლის 12 მარტი", "2024-03-12"},
    {"2024-Mar-12", "2024-03-12"},
    {"Մարտի 12, 2024", "2024-03-12"},
    {"12 مارچ 2024", "2024-03-12"},
    {"फरवरी 12, 2024", "2024-02-12"},
    {"மார்ச் 12, 2024", "2024-03-12"},
    {"12 mrt 2024", "2024-03-12"},
    {"Tue 12 Mar 24", "2024-03-12"},
    {"12 Mar ’24", "2024-03-12"},
    {"Mar 12, '24", "2024-03-12"},
    {"12-Mar-24 10:20", "2024-03-12"},
    {"in 2019: March 12, 2020", "2020-03-12"},
    // None of these names a year.
    {"12 March 10:30", ""},
    {"12 March 10.30", ""},
    {"12 March 24 people met", ""},
    {"May 12-Jun 18", ""},
    {"三月十二日", ""},
    {"十年一日", ""},
    {"tháng", ""},
    {"2024. march", ""},
};

TEST(PageDatesTest, DaysAreReadAsTheirLanguagesWriteThem) {
    for (auto const& [text, day] : kShown) {
        EXPECT_EQ(day_in_text(text, false), day) << text;
    }
}

TEST(PageDatesTest, WhatNoPageCanHaveIsNoDate) {
    EXPECT_EQ(stated_date("1900-01-01"), "");
    EXPECT_EQ(stated_date("2026-02-30"), "");
    EXPECT_EQ(stated_date("soon"), "");
    EXPECT_EQ(stated_date(""), "");
}

TEST(PageDatesTest, FindsADayInRunningText) {
    EXPECT_EQ(day_in_text("Published on March 12, 2020 by Ann", true), "2020-03-12");
    EXPECT_EQ(day_in_text("Thursday 12 March 2020", true), "2020-03-12");
    EXPECT_EQ(day_in_text("am 12. März 2020, 10 Uhr", false), "2020-03-12");
    EXPECT_EQ(day_in_text("12 de marzo de 2020", false), "2020-03-12");
    EXPECT_EQ(day_in_text("14 мая 2026", false), "2026-05-14");
    EXPECT_EQ(day_in_text("2020年3月12日 10:00", false), "2020-03-12");
    EXPECT_EQ(day_in_text("12.03.2020", false), "2020-03-12");
    EXPECT_EQ(day_in_text("Updated: 2020-03-12", false), "2020-03-12");
    EXPECT_EQ(day_in_text("in 2020, on 12 occasions, 3 of them", true), "");
    EXPECT_EQ(day_in_text("version 1.2.3", true), "");
}

TEST(PageDatesTest, SlashesAreReadAsThePlaceDoes) {
    EXPECT_EQ(day_in_text("3/4/2020", true), "2020-03-04");
    EXPECT_EQ(day_in_text("3/4/2020", false), "2020-04-03");
    EXPECT_EQ(day_in_text("13/4/2020", true), "2020-04-13") << "there is no thirteenth month";
}

TEST(PageDatesTest, FindsADayInAnAddress) {
    EXPECT_EQ(day_in_url("https://news.example/2020/03/12/title"), "2020-03-12");
    EXPECT_EQ(day_in_url("https://news.example/2020/3/2/title"), "2020-03-02");
    EXPECT_EQ(day_in_url("https://news.example/a/2020-03-12-title.html"), "2020-03-12");
    EXPECT_EQ(day_in_url("https://news.example/20200312/x"), "2020-03-12");
    EXPECT_EQ(day_in_url("https://news.example/29-10-2021"), "2021-10-29");
    EXPECT_EQ(day_in_url("https://news.example/blog/2023/october/03/title"), "2023-10-03");
    EXPECT_EQ(day_in_url("https://news.example/2020/99/12/title"), "");
    EXPECT_EQ(day_in_url("https://news.example/article/8836033"), "");
    EXPECT_EQ(day_in_url("https://2020-03-12.example/"), "");
}

}  // namespace
}  // namespace newswired::articles::page

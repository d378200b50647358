// One page for each language, each built differently (data/pages): the article's paragraphs, all of them, and
// nothing of what stands around it.

#include "articles/page/extract.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace newswired::articles::page {
namespace {

struct Case {
    std::string language;
    std::string title;
    std::vector<std::string> paragraphs;
    std::vector<std::string> around;  // a teaser, a comment, the cookie notice
    std::string day{};                // where the page shows one
};

std::string page_of(std::string const& language) {
    std::ifstream in{NEWSWIRED_TEST_DATA "/pages/" + language.substr(0, 2) + ".html", std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

class LanguagesTest : public testing::TestWithParam<Case> {};

TEST_P(LanguagesTest, FindsTheArticleAndNothingElse) {
    auto const& expected = GetParam();

    auto const page = extract(page_of(expected.language), "https://news.example/a");

    EXPECT_EQ(page.about.title, expected.title);
    EXPECT_EQ(page.about.language, expected.language);
    EXPECT_TRUE(page.about.date_published.starts_with(expected.day)) << page.about.date_published;
    std::size_t place = 0;
    for (auto const& paragraph : expected.paragraphs) {
        auto const at = page.content_text.find(paragraph, place);
        ASSERT_NE(at, std::string::npos) << paragraph << "\nin:\n" << page.content_text;
        place = at + paragraph.size();
    }
    for (auto const& other : expected.around) {
        EXPECT_EQ(page.content_text.find(other), std::string::npos) << other;
        EXPECT_EQ(page.content_html.find(other), std::string::npos) << other;
    }
}

// clang-format off
Case const kCases[] = {
    {"en", "Harbour town opens its rebuilt lighthouse",
     {"After eleven years of scaffolding, the lighthouse above the harbour was opened on Saturday, and more than two thousand people climbed its stairs.", "The keeper, who had looked after the lamp since 1987, said that the new lens reached as far as the old one, but used a tenth of the power.", "Fishermen had collected for the repair, and the council paid the rest; the next storm, they joked, would tell whether it was well spent."},
     {"Seven bakeries that you should not miss this summer", "I was there, and the queue was endless, says a reader", "We and our partners store cookies on your device to show you better advertising."}},
    {"de", "Das alte Stellwerk wird ein Museum",
     {"Das Stellwerk am Güterbahnhof, das seit vierzig Jahren leer steht, wird im Herbst als Museum eröffnet, wie die Stadt am Dienstag mitteilte.", "Ehrenamtliche haben die Hebelbank zerlegt, gereinigt und wieder zusammengesetzt, und einige der Hebel lassen sich nun wieder bewegen.", "Der Eintritt soll frei bleiben, sagte die Vorsitzende des Vereins, denn das Haus habe immer allen gehört, die mit der Bahn fuhren."},
     {"Diese fünf Radwege führen am Fluss entlang", "Endlich passiert dort etwas, schreibt eine Leserin", "Wir verwenden Cookies, um Ihnen passende Werbung zu zeigen und unsere Seite zu verbessern."}},
    {"fr", "La dernière tuilerie du canal rallume son four",
     {"La tuilerie du canal, fermée depuis 1994, a rallumé son four mercredi, devant les anciens ouvriers, leurs enfants et une foule de curieux.", "Les premières tuiles, encore chaudes, ont été posées sur le toit du lavoir, que la commune restaure avec les mêmes gestes qu’autrefois.", "Le four consomme du bois de haie, coupé à moins de dix kilomètres, et la cuisson dure trois jours et trois nuits, sans interruption."},
     {"Dix idées de promenades au bord de l’eau", "Mon grand-père y travaillait, écrit une lectrice", "Nous utilisons des cookies pour mesurer l’audience et personnaliser la publicité."}},
    {"es", "El pueblo que recuperó su tren de vapor",
     {"Cada domingo, a las diez de la mañana, la vieja locomotora sale de la estación con noventa pasajeros, cinco vagones y un maquinista jubilado.", "La línea se cerró en 1978, y las vías quedaron cubiertas de zarzas, hasta que un grupo de vecinos decidió limpiarlas metro a metro.", "El ayuntamiento calcula que el tren ha traído doce mil visitantes, y en la plaza, que estaba vacía, han abierto tres cafés."},
     {"Los mejores miradores de la comarca", "Mis hijos quieren volver, comenta un lector", "Utilizamos cookies propias y de terceros para mostrarle publicidad relacionada."}},
    {"ru", "В старой пекарне снова пахнет хлебом",
     {"Пекарня на набережной, закрытая двенадцать лет назад, снова работает, и первые буханки, ещё горячие, раздали соседям в субботу утром.", "Печь сложили заново из старого кирпича, который хранился во дворе, а закваску принесла женщина, чья мать работала здесь с войны.", "Хлеб пекут четыре раза в день, говорит хозяин, и к вечеру на полках не остаётся ничего, кроме муки и тишины."},
     {"Пять мест, где стоит встретить рассвет", "Очередь стояла до самого моста, пишет читатель", "Мы используем файлы cookie, чтобы показывать вам подходящую рекламу."}},
    {"zh", "老码头的钟楼重新敲响",
     {"停摆了二十三年的老码头钟楼，在星期六清晨重新敲响，附近的居民纷纷打开窗户，有人甚至流下了眼泪。", "修复工作由一位退休的钟表匠主持，他说，齿轮几乎都还完好，只是缺少三个零件，最后在一家废品站里找到了。", "今后钟楼每天敲响四次，夜里保持安静，以免打扰住在附近的老人和孩子，码头管理处这样表示。"},
     {"本周最受欢迎的五家面馆", "我小时候每天听着它上学，一位读者留言说", "本网站使用缓存文件，以便为您提供更好的服务。"}},
    {"ja", "港町の銭湯、十年ぶりに湯気が戻る",
     {"港町の外れにある銭湯が、土曜日の朝、十年ぶりに営業を再開し、近所の人々が開店前から長い列をつくった。", "釜は先代が使っていたものをそのまま修理し、薪は裏山の間伐材を使うため、燃料代は以前の半分で済むという。", "番台に座るのは二十六歳の孫娘で、祖父の字で書かれた看板だけは、どうしても取り替えたくなかったと話している。"},
     {"今週末に行きたい朝市の歩き方", "子どものころ毎日通いました、と読者は書いている", "当サイトではクッキーを使用しています。"}},
    {"ko", "폐교가 된 섬 학교, 천문대로 다시 문을 열다",
     {"십오 년 전에 문을 닫은 섬 학교가, 토요일 밤 작은 천문대로 다시 문을 열었고, 주민들은 운동장에 돗자리를 펴고 별을 보았다.", "망원경은 졸업생들이 조금씩 모은 돈으로 마련했으며, 교실의 칠판에는 아직도 마지막 수업의 글씨가 그대로 남아 있다.", "관장은 날씨가 맑은 날이면 누구나 무료로 들어올 수 있고, 비가 오면 대신 옛날 교과서를 함께 읽겠다고 말했다."},
     {"이번 주말에 걷기 좋은 해안길", "저도 그 학교를 다녔습니다, 라고 독자는 적었다", "이 사이트는 더 나은 서비스를 위해 쿠키를 사용합니다."}},
    {"ar", "عودة المركب القديم إلى مياه الميناء",
     {"عاد المركب الخشبي القديم إلى مياه الميناء صباح السبت، بعد ترميم استمر ست سنوات، وسط حشد من الصيادين والأطفال الذين صفقوا طويلا.", "وقال النجار الذي قاد العمل إن الألواح جاءت من البستان القريب، وإن كل مسمار صنع باليد كما كان يصنع قبل مئة عام.", "وسيبحر المركب كل يوم جمعة، مجانا لسكان الحي، أما الزوار فيدفعون ثمن تذكرة صغيرة تذهب كلها إلى مدرسة الحرفة."},
     {"أجمل خمسة مقاه على الكورنيش", "كنت هناك مع أبي، كتب أحد القراء", "نستخدم ملفات تعريف الارتباط لتحسين تجربتكم على الموقع."}},
    {"th", "ตลาดน้ำเก่ากลับมาคึกคักอีกครั้ง",
     {"ตลาดน้ำเก่าที่ปิดไปนานถึงสิบสองปีกลับมาเปิดอีกครั้งเมื่อเช้าวันเสาร์ และมีเรือพายมากกว่าสองร้อยลำมาจอดขายของตลอดลำคลอง", "แม่ค้าขนมครกวัยเจ็ดสิบปีเล่าว่าเตาของเธอเป็นเตาเดิมที่แม่เคยใช้ และเธอเก็บมันไว้ใต้ถุนบ้านตลอดเวลาที่ตลาดปิด", "เทศบาลบอกว่าจะไม่เก็บค่าเช่าในปีแรก เพื่อให้ลูกหลานของแม่ค้าเก่ากลับมาทำมาหากินในบ้านของตัวเอง"},
     {"ห้าร้านกาแฟริมน้ำที่ไม่ควรพลาด", "ฉันเคยพายเรือไปกับยายทุกเช้า ผู้อ่านคนหนึ่งเขียน", "เว็บไซต์นี้ใช้คุกกี้เพื่อมอบประสบการณ์ที่ดีให้กับคุณ"}},
    {"fa", "بازگشت قایق‌های کاغذی به رودخانه شهر",
     {"صبح شنبه، بیش از هزار کودک قایق‌های کاغذی خود را در رودخانه شهر رها کردند، رسمی که بیست سال پیش با خشک شدن آب فراموش شده بود.", "معلمی که این کار را دوباره آغاز کرده است می‌گوید که کاغذها از دفترهای کهنه مدرسه آمده‌اند، و هر کودک آرزویی روی قایق خود نوشته است.", "شهرداری قول داده است که آب تا پایان تابستان در رودخانه بماند، و داوطلبان عصر همان روز همه کاغذها را از آب جمع کردند."},
     {"پنج باغ قدیمی که باید ببینید", "من هم کودک که بودم آنجا بازی می‌کردم", "این وبگاه برای بهبود خدمات از کوکی استفاده می‌کند."}, "2024-03-12"},
    {"tr-TR", "ESKİ DEĞİRMEN YENİDEN UN ÖĞÜTÜYOR",
     {"Kasabanın girişindeki su değirmeni, otuz bir yıl aradan sonra cumartesi günü yeniden dönmeye başladı ve ilk çuval un okula bağışlandı.", "Taşları onaran usta, değirmenin son sahibinin torunu olduğunu, eski ölçüleri de dedesinin tuttuğu defterde bulduğunu anlattı.", "Belediye, değirmenin haftada iki gün çalışacağını, öteki günlerde ise çocukların suyun gücünü görebileceği bir derslik olacağını duyurdu."},
     {"Reklam", "Yazın gidilecek beş sakin koy", "Çocukluğum o derenin kıyısında geçti", "Size daha iyi hizmet verebilmek için çerez kullanıyoruz."}, "2024-12-12"},
    {"vi", "Con đò cũ trở lại bến sông",
     {"Sáng thứ bảy, con đò gỗ cũ đã trở lại bến sông sau mười bảy năm nằm trên bờ, và hơn ba trăm người đứng chờ để được đi chuyến đầu tiên.", "Người lái đò năm nay bảy mươi hai tuổi, kể rằng ông đã giữ lại mái chèo của cha mình, và ván thuyền được thay bằng gỗ của cây mít trong vườn.", "Xã cho biết đò sẽ chạy miễn phí cho học sinh, còn khách phương xa trả một khoản nhỏ, dùng để sửa lại con đường dẫn xuống bến."},
     {"Năm quán phở nên ghé trong mùa hè này", "Hồi nhỏ tôi đi học bằng con đò ấy", "Chúng tôi dùng cookie để cải thiện dịch vụ của trang."}, "2024-03-12"},
    {"hu", "Újra jár a kisvasút az erdőben",
     {"Tizenkilenc év szünet után szombaton újra elindult a kisvasút az erdőben, és az első szerelvényt a régi vasutasok unokái vezették.", "A síneket önkéntesek tették rendbe, hétvégénként, négy éven át, a mozdonyt pedig egy udvarban találták meg, ahol galambok laktak benne.", "A jegyek árából a tanösvényt újítják fel, mondta az egyesület vezetője, aki szerint télen is lesz járat, ha elég hó esik hozzá."},
     {"Öt kilátó, ahová érdemes felmenni", "Gyerekként ezzel jártunk a nagymamához", "Oldalunk sütiket használ a jobb kiszolgálás érdekében."}, "2024-03-12"},
    {"hi", "पुराने पुस्तकालय के दरवाज़े फिर खुले",
     {"नदी किनारे का पुराना पुस्तकालय, जो चौदह साल से बंद था, शनिवार की सुबह फिर खुला, और सैकड़ों लोग अपने बच्चों के साथ वहाँ पहुँचे।", "किताबों को गाँव के घरों में बाँटकर बचाया गया था, और अब हर परिवार अपनी रखी हुई किताबें लेकर लौटा, कुछ तो बैलगाड़ी पर।", "पुस्तकालय की देखरेख करने वाली शिक्षिका ने कहा कि शाम को यहाँ कहानियाँ पढ़ी जाएँगी, और आने के लिए कोई शुल्क नहीं लगेगा।"},
     {"इस मौसम में घूमने लायक पाँच घाट", "मैंने यहीं पढ़ना सीखा था, एक पाठक ने लिखा", "हम बेहतर सेवा के लिए कुकीज़ का उपयोग करते हैं।"}},
    {"el", "Ο παλιός ανεμόμυλος αλέθει ξανά",
     {"Ο ανεμόμυλος πάνω από το λιμάνι, που είχε σταματήσει πριν από σαράντα χρόνια, άλεσε ξανά σιτάρι το Σάββατο, μπροστά σε όλο το χωριό.", "Τα πανιά τα έραψαν οι γυναίκες του νησιού, και η μυλόπετρα, που είχε ραγίσει, δέθηκε με σιδερένιο στεφάνι από τον σιδερά.", "Το αλεύρι πηγαίνει στο σχολείο, λέει ο μυλωνάς, και όποιος φέρνει το σιτάρι του, πληρώνει μόνο με μια χούφτα για τα πουλιά."},
     {"Οι πέντε πιο ήσυχες παραλίες", "Τον θυμάμαι να γυρίζει, γράφει ένας αναγνώστης", "Χρησιμοποιούμε cookies για να βελτιώσουμε την εμπειρία σας."}},
    {"he", "בית הדפוס הישן חזר לעבוד",
     {"בית הדפוס הישן בסמטה, שנסגר לפני תשע שנים, חזר לעבוד בשבת בערב, והעיתון הראשון שיצא ממנו חולק חינם לכל השכנים.", "האותיות נשמרו במרתף בקופסאות עץ, אמר הדפס, ורק אות אחת חסרה, ולכן יצקו אותה מחדש לפי צילום ישן.", "בכל יום חמישי יוכלו ילדים לבוא ולסדר את שמם באותיות, והדף שידפיסו יהיה שלהם, לזכר הסבתא שהקימה את המקום."},
     {"חמש מאפיות קטנות בעיר", "סבא שלי עבד שם, כתבה קוראת", "אנו משתמשים בעוגיות כדי לשפר את השירות."}},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Pages, LanguagesTest, testing::ValuesIn(kCases),
                         [](auto const& one) { return one.param.language.substr(0, 2); });

}  // namespace
}  // namespace newswired::articles::page

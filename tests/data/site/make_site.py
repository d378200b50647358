#!/usr/bin/env python3
"""Writes the pages of a site and site.json, which says of each what is its article and what is the site's.

The site is "The Pier" of a harbour town that has readers in five languages.  Its pages have no class names that
would give anything away, and its boilerplate stands between and below the paragraphs, as it does on many sites.
The paragraphs hold what looks like boilerplate and is none: a quotation in two articles, the short answers of
interviews, the headings of recipes, equal cells of tables.
"""
import html
import json
import pathlib

HOST = 'https://www.pier.example'
E = html.escape

# Of each language: the pitch in the middle, then what stands below.
BOILERPLATE = {
    'en': ('Enjoying The Pier? Get the week in the harbour into your inbox every Friday, free of charge.',
           ['Published {date} in News', 'Do you know more about this? Write to the newsroom in confidence.',
            'The post {title} appeared first on The Pier.', 'Follow The Pier on Mastodon and in the app of your choice.',
            'LEAVE A COMMENT', 'Your address will not be published. Required fields are marked.']),
    'de': ('Gefällt Ihnen Der Pier? Die Woche im Hafen kommt jeden Freitag kostenlos in Ihr Postfach.',
           ['Veröffentlicht am {date} in Nachrichten', 'Wissen Sie mehr darüber? Schreiben Sie der Redaktion vertraulich.',
            'Der Beitrag {title} erschien zuerst auf Der Pier.', 'Folgen Sie dem Pier auf Mastodon und in der App Ihrer Wahl.',
            'KOMMENTAR SCHREIBEN', 'Ihre Adresse wird nicht veröffentlicht. Pflichtfelder sind markiert.']),
    'fr': ('Vous aimez La Jetée ? Recevez chaque vendredi la semaine du port dans votre boîte, gratuitement.',
           ['Publié le {date} dans Actualités', 'Vous en savez plus ? Écrivez à la rédaction en toute confidentialité.',
            'L’article {title} est apparu en premier sur La Jetée.', 'Suivez La Jetée sur Mastodon et dans l’application de votre choix.',
            'LAISSER UN COMMENTAIRE', 'Votre adresse ne sera pas publiée. Les champs obligatoires sont indiqués.']),
    'zh': ('喜欢《码头报》吗？每周五免费把港口一周要闻送到您的邮箱，欢迎订阅我们的电子通讯。',
           ['发布于{date}，栏目：新闻', '您知道更多情况吗？请写信给编辑部，我们会为您保密。', '文章“{title}”最早发表于《码头报》。',
            '请在社交网络和您常用的应用里关注《码头报》。', '发表评论', '您的地址不会被公开，必填项已标注。']),
    'ru': ('Нравится «Причал»? Каждую пятницу новости порта за неделю бесплатно приходят на вашу почту.',
           ['Опубликовано {date} в рубрике «Новости»', 'Знаете об этом больше? Напишите в редакцию, мы сохраним тайну.',
            'Запись «{title}» впервые появилась на сайте «Причал».', 'Следите за «Причалом» в социальных сетях и в приложении.',
            'ОСТАВИТЬ КОММЕНТАРИЙ', 'Ваш адрес не будет опубликован. Обязательные поля отмечены.']),
}
DATES = {'en': '{d} March 2024', 'de': '{d}. März 2024', 'fr': '{d} mars 2024', 'zh': '2024年3月{d}日', 'ru': '{d} марта 2024'}

QUOTE = '“We did what we could with the people we had, and on the night it was not enough,” the harbour master said.'
RESULTS = '<table><tr><th>Crew</th><th>Result</th></tr><tr><td>North</td><td>won</td></tr><tr><td>South</td><td>lost</td></tr></table>'

ARTICLES = [
    ('en', 'Harbour strike ends after three weeks', [
        'Dock workers returned to their posts on Saturday morning after the two sides had signed a pay deal that neither of them had thought possible in January.',
        'The agreement brings six percent over two years and a fund for training. Crane drivers, who had held out the longest, also get the shift plan they asked for.',
        'Shipping companies expect that it will take ten days to clear the backlog. Some forty vessels were waiting in the roads at the end of the week.']),
    ('en', 'Ferry link to the islands resumes after storm', [
        'The first ferry left the quay at six in the morning with two hundred passengers, mail for nine days and a great deal of milk on board.',
        'For four days no ship had reached the outer islands. The shops had run out of fresh food, and the doctor had been flown out by helicopter.',
        QUOTE,
        'The operator says that the timetable will be back to normal on Sunday if the wind stays below gale force, which the weather office thinks likely.']),
    ('en', 'Museum gives bronze figures back', [
        'The town museum handed over nineteen bronze figures in a short ceremony that was attended by the ambassador and two classes of schoolchildren.',
        'They had been taken from a palace more than a century ago and came into the collection by way of a dealer whose books were found in the cellar last year.',
        'A spokeswoman called the return overdue. Talks about some forty more objects are under way with the help of a university.']),
    ('en', 'Beekeepers warn of early swarms', [
        'Swarms have left their hives two weeks earlier than usual this spring, the association of beekeepers reports after a count in eleven villages.',
        'Warm days in March had brought the rape into flower before the colonies had been inspected, and many a queen was already laying.',
        'Anyone who finds a swarm is asked to call the association rather than the fire brigade, which has neither boxes nor patience for it.']),
    ('en', 'Night trains to the south sold out', [
        'All sleeping cars to the coast are booked until the end of August, the railway told its customers on Tuesday, and the waiting lists are closed as well.',
        'Additional seats in day coaches are still to be had on three nights a week, at a price that will surprise those who remember the last summer.',
        'New rolling stock, ordered two years ago, will not arrive before spring because its brakes have yet to be approved by the authority.']),
    ('en', 'An hour with the last lamp lighter', [
        'He has walked the same round for thirty-one years, and when he retires in autumn the gas lanterns of the old quay will be lit by a clock.',
        'Will you miss it?', 'Yes.', 'Even in winter?', 'Most of all in winter.', 'Did you ever forget a lantern?', 'No.',
        'His ladder will go to the museum. The cap, he says, stays with him, since nobody else in the town has a head of that size.']),
    ('en', 'An hour with the woman who counts the gulls', [
        'She begins before sunrise, with a stool, a thermos flask and a clicker in each hand, and she does not like to be spoken to before half past eight.',
        'Are there fewer of them?', 'Yes.', 'Because of the fishing?', 'That is what people say who do not count.', 'Do you have a favourite?', 'No.',
        'Her figures go to the ministry every month. She has never had an answer, and she has never missed a month.']),
    ('en', 'What went wrong on the night of the flood', [
        'The barrier was closed an hour late, the report says, because the two men on duty were waiting for an order that had been sent to an office that was empty.',
        QUOTE,
        'The council will vote in April on a second pumping station. Its cost has been put at eleven million, of which the province would bear a half.']),
    ('en', 'Fish stew as they make it at the quay', [
        'Every kitchen along the quay has its own, and each of them is the only right one. This is the one that the harbour canteen has served since the war.',
        '<h3>Ingredients</h3>', '<ul><li>a kilo of mixed fish, on the bone</li><li>two onions</li><li>salt</li></ul>', '<h3>Method</h3>',
        'Let the onions turn soft without any colour, add the heads and the bones, cover them with water and keep it below the boil for half an hour.',
        'Strain it, bring it back to the heat, and put the fish in at the very last, in the order of its thickness.']),
    ('en', 'Rye bread with caraway, from the mill', [
        'The miller bakes on Wednesdays. Those who come on Thursdays get yesterday’s bread, which, he maintains, is the better one.',
        '<h3>Ingredients</h3>', '<ul><li>six hundred grams of rye flour</li><li>two spoons of caraway</li><li>salt</li></ul>', '<h3>Method</h3>',
        'Stir the sourdough into lukewarm water in the evening, add half of the flour and leave it near the stove until it smells of apples.',
        'Bake it hot at first and then for an hour at a moderate heat, and do not cut it on the same day, whatever the children say.']),
    ('en', 'Apple cake of the lighthouse keeper', [
        'It keeps for a week, which mattered when the boat came on Mondays only. Today it is sold at the foot of the tower by the keeper’s granddaughter.',
        '<h3>Ingredients</h3>', '<ul><li>five sour apples</li><li>a quarter of butter</li><li>salt</li></ul>', '<h3>Method</h3>',
        'Rub the butter into the flour with cold hands, press two thirds of it into the tin and lay the apples on it in a ring.',
        'Crumble the rest over it. It is done when the kitchen smells of it and the sides come away from the tin.']),
    ('en', 'Rowers open the season on the old canal', [
        'Eight crews started on Sunday in a light rain. The course had been shortened because a barge has been stuck at the second bridge since Thursday.',
        RESULTS,
        'The next race is in two weeks. Until then the barge is to be moved, one way or another, said the man who owns it.']),
    ('de', 'Neue Brücke wird erst im Herbst fertig', [
        'Die Brücke über den Binnenhafen wird frühestens im Oktober für den Verkehr freigegeben, teilte das Bauamt am Montag nach einer Prüfung der Lager mit.',
        'Grund sind Risse in zwei Pfeilern, die bei einer Belastungsprobe mit vierzig Lastwagen voller Kies entdeckt worden waren.',
        'Bis dahin fährt die kleine Fähre weiter, auch nachts. Für Schwertransporte bleibt nur der Umweg über die Schleuse.']),
    ('de', 'Stadtbücherei öffnet auch am Sonntag', [
        'Von April an kann man am Sonntag Bücher ausleihen, ohne jemandem zu begegnen: Die Regale stehen offen, verbucht wird an einem Automaten.',
        'Vier Bibliothekarinnen hatten das in anderen Städten angesehen. Gestohlen wurde dort nicht mehr als an Werktagen, nämlich fast nichts.',
        'Im Lesesaal gibt es Kaffee gegen eine Spende. Wer laut telefoniert, wird allerdings weiterhin hinausgebeten, und zwar von den anderen Lesern.']),
    ('de', 'Der Winterweizen steht gut', [
        'Die Bauern im Umland rechnen nach dem milden Winter mit einer Ernte, die deutlich über dem Mittel der letzten zehn Jahre liegt.',
        'Sorgen macht ihnen der Preis. Für eine Tonne bekommen sie heute weniger als vor zwei Jahren, während der Dünger teurer geworden ist.',
        'Entscheidend ist nun der Regen im Mai. Bleibt er aus, so hilft auch der beste Boden nicht, sagt die Vorsitzende des Verbands.']),
    ('de', 'Ein Leuchtturm sucht einen Mieter', [
        'Das Amt für Schifffahrt vermietet den alten Turm auf der Mole, fünf Stockwerke, ohne Heizung, mit dem weitesten Blick der Stadt.',
        'Gemeldet haben sich schon am ersten Tag zwei Maler, ein Chor und ein Mann, der dort in Ruhe seine Steuererklärung machen möchte.',
        'Die Treppe hat hundertvierzig Stufen. Ein Aufzug ist, wie es in der Anzeige heißt, weder vorhanden noch vorgesehen.']),
    ('de', 'Schülerinnen bauen ein Boot aus Abfall', [
        'Aus dreitausend Flaschen, einem Gartenzaun und sehr viel Klebeband haben zwölf Schülerinnen ein Boot gebaut, das tatsächlich schwimmt.',
        'Bei der Taufe auf dem Feuerlöschteich hielt es alle zwölf und die Lehrerin aus, die sich das anders vorgestellt hatte.',
        'Im Sommer wollen sie damit den Kanal hinunterfahren und unterwegs einsammeln, was andere hineingeworfen haben.']),
    ('de', 'Warum die Turmuhr seit Tagen falsch geht', [
        'Die Uhr am Rathaus geht vor, jeden Tag ein wenig mehr, und inzwischen verpassen Leute die Straßenbahn in der Annahme, sie sei schon fort.',
        'Schuld ist ein Taubenpaar, das im Werk nistet und mit seinem Gewicht am Pendel etwas verändert, das niemand genau erklären kann.',
        'Bis die Jungen ausgeflogen sind, bleibt alles, wie es ist. So lange, sagt der Küster, gilt die Uhr am Bahnhof.']),
    ('fr', 'Le vieux phare va être repeint', [
        'Le phare de la jetée, qui n’avait pas été repeint depuis dix-huit ans, retrouvera avant l’été ses bandes rouges et blanches.',
        'Le chantier durera six semaines si le vent le permet. Trois cordistes, dont deux sœurs, travailleront suspendus à quarante mètres du sol.',
        'La lampe, elle, ne s’éteindra pas : les peintres descendront chaque soir une heure avant le coucher du soleil.']),
    ('fr', 'La criée manque de glace', [
        'Depuis que la fabrique a fermé ses portes en janvier, les pêcheurs doivent aller chercher leur glace à cinquante kilomètres.',
        'La coopérative a commandé une machine d’occasion, mais la pièce qui lui manque est introuvable depuis que son constructeur n’existe plus.',
        'En attendant, on vend plus tôt et moins cher. Les chats du port, disent les mareyeurs, n’ont jamais été aussi gras.']),
    ('fr', 'Une école de voile pour les grands-parents', [
        'Ils ont entre soixante-huit et quatre-vingt-quatre ans et n’avaient, pour la plupart, jamais mis les pieds sur un voilier.',
        'La monitrice, qui d’habitude enseigne à des enfants, assure que les anciens écoutent mieux et tombent moins souvent à l’eau.',
        'Une régate est prévue en septembre contre les petits-enfants. Les paris sont ouverts au café de la capitainerie.']),
    ('fr', 'Le tramway ira jusqu’aux dunes', [
        'Le conseil a voté mercredi soir le prolongement de la ligne, après onze heures de débat et deux suspensions de séance.',
        'Quatre arrêts seront ajoutés. Le dernier se trouvera à cent mètres de la plage, derrière la dune, pour ne pas la défigurer.',
        'Les travaux commenceront l’an prochain. Les opposants, qui craignent l’affluence, ont annoncé un recours devant le tribunal.']),
    ('fr', 'Le boulanger qui ne pétrit qu’au clair de lune', [
        'Chaque mois, pendant trois nuits, il éteint les lampes de son fournil et travaille à la lueur qui entre par la verrière.',
        'Il affirme que la pâte est plus calme. Ses clients, eux, n’ont pas remarqué de différence, mais ils viennent de loin pour la vérifier.',
        'Le reste du temps, il dort comme tout le monde et laisse à son apprentie la lumière électrique et la radio.']),
    ('zh', '港口罢工三周后结束', [
        '经过三周的谈判，双方在星期五夜里签署了工资协议，码头工人于星期六上午全部返回了各自的岗位。',
        '协议规定两年内工资提高百分之六，并设立一项培训基金。坚持时间最长的吊车司机也得到了他们要求的排班方案。',
        '航运公司估计，清理积压的集装箱大约需要十天时间。上周末，仍有四十多艘货船停泊在外海等候进港。']),
    ('zh', '通往外岛的渡轮恢复航行', [
        '星期二清晨六点，第一班渡轮载着两百名乘客、九天的邮件和大量鲜奶离开了码头，驶向外岛。',
        '此前一连四天没有船只到达那里，商店里的新鲜食品已经卖完，岛上唯一的医生只好乘直升机离开。',
        '运营公司表示，如果风力不再加强，星期日起就可以按照平时的时刻表航行，气象部门认为这很有可能。']),
    ('zh', '养蜂人说今年分蜂太早', [
        '养蜂协会在十一个村子里统计后发现，今年春天蜂群离巢的时间比往年提前了整整两个星期。',
        '三月的暖和天气让油菜花提前开放，许多蜂箱还没有来得及检查，新的蜂王就已经开始产卵了。',
        '协会请市民看到蜂群时打电话给他们，而不要打给消防队，因为消防队既没有箱子，也没有那份耐心。']),
    ('zh', '老城的钟为什么走得太快', [
        '市政厅的大钟每天都会快上一点，近来已经有人以为电车早就开走了，于是索性步行去上班。',
        '原因是一对鸽子在机芯里筑了巢，它们的重量改变了钟摆的什么地方，谁也说不清楚到底是怎么回事。',
        '在小鸽子飞走之前，一切照旧。看守人说，在那以前，大家请以火车站的钟为准。']),
    ('ru', 'Забастовка в порту закончилась', [
        'Докеры вернулись на рабочие места в субботу утром, после того как стороны подписали соглашение, в которое зимой никто не верил.',
        'Зарплата вырастет на шесть процентов за два года. Крановщики, которые держались дольше всех, получили и новый график смен.',
        'Судоходные компании полагают, что на разбор очереди уйдёт десять дней: на рейде в конце недели стояло около сорока судов.']),
    ('ru', 'Паром снова ходит на острова', [
        'Первый паром отошёл от пристани в шесть утра. На борту были двести пассажиров, почта за девять дней и очень много молока.',
        'Четыре дня к дальним островам не мог подойти ни один корабль. В магазинах кончились свежие продукты, врача вывезли вертолётом.',
        'Перевозчик обещает вернуться к расписанию в воскресенье, если ветер не усилится, что метеорологи считают вероятным.']),
    ('ru', 'Старый маяк ищет жильца', [
        'Управление порта сдаёт башню на молу: пять этажей, без отопления, зато с самым широким видом во всём городе.',
        'В первый же день позвонили два художника, хор и человек, который хотел бы в тишине заполнить налоговую декларацию.',
        'В лестнице сто сорок ступеней. Лифта, как сказано в объявлении, нет, и он не предвидится.']),
]


def element(paragraph):
    return paragraph if paragraph.startswith('<') else f'<p>{E(paragraph)}</p>'


def page(number, language, title, paragraphs):
    pitch, below = BOILERPLATE[language]
    date = DATES[language].format(d=number + 1)
    below = [line.format(title=title, date=date) for line in below]
    url = f'{HOST}/{language}/{number:02}'
    body = [element(one) for one in paragraphs]
    with_pitch = number % 8 != 7
    if with_pitch:
        body.insert(2, f'<p>{E(pitch)}</p>')
    body += [f'<p>{E(line)}</p>' for line in below]
    text = '\n'.join(body)
    source = (f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{E(title)} | The Pier</title>\n'
              f'<link rel="canonical" href="{url}"><meta property="og:title" content="{E(title)}">\n'
              f'<meta property="og:site_name" content="The Pier"></head>\n<body><div><a href="/">The Pier</a></div>\n'
              f'<div><div><h1>{E(title)}</h1>\n{text}\n</div></div>\n</body></html>\n')
    article = [one for one in paragraphs if not one.startswith('<')]
    article += [heading for heading in ('Ingredients', 'Method') if f'<h3>{heading}</h3>' in paragraphs]
    article += ['won', 'lost'] if RESULTS in paragraphs else []
    article += ['salt'] if any('<li>salt</li>' in one for one in paragraphs) else []
    return source, {'article': article, 'boilerplate': ([pitch] if with_pitch else []) + below}


def main():
    folder = pathlib.Path(__file__).parent
    truth = {}
    for number, (language, title, paragraphs) in enumerate(ARTICLES):
        name = f'{number:02}-{language}.html'
        source, truth[name] = page(number, language, title, paragraphs)
        (folder / name).write_text(source)
    (folder / 'site.json').write_text(json.dumps(truth, ensure_ascii=False, indent=1) + '\n')


if __name__ == '__main__':
    main()

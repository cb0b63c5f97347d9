"""What a worker reads aloud, or shows, before anything told at home is noted, in each language its own. A change of
words is a new version; the old one stays. No sworn translator has read the translations yet: the page says so.
"""

from klapkarre.foundation.people.consent_text import DUTCH, LANGUAGES, Text

_NAMES = dict(LANGUAGES)


def _text(version, language, *lines, is_checked=False):
    return Text(version, language, _NAMES[language], lines, is_checked=is_checked)


ALL = (
    _text(
        "huisbezoek-1",
        DUTCH,
        "Mag ik noteren wat je goed kan, wat je wenst of wat je nodig hebt?",
        "Enkel mijn team leest het. We gebruiken het om samen de volgende stap te zetten.",
        "Je mag altijd stoppen. Dan wissen we het meteen.",
        is_checked=True,
    ),
    # A coordinator may open a team with a reason: "only my team" was not true.
    _text(
        "huisbezoek-2",
        DUTCH,
        "Mag ik noteren wat je goed kan, wat je wenst of wat je nodig hebt?",
        "Mijn team leest het, en met een reden ook mijn coördinator. We noteren wie het leest.",
        "We gebruiken het om samen de volgende stap te zetten.",
        "Je mag altijd stoppen. Dan wissen we het meteen.",
        is_checked=True,
    ),
    _text(
        "huisbezoek-2-fr",
        "fr",
        "Puis-je noter ce que vous savez bien faire, ce que vous souhaitez ou ce dont vous avez besoin\u202f?",
        "Mon équipe le lit et, s’il y a une raison, mon coordinateur aussi. Nous notons qui le lit.",
        "Nous l’utilisons pour faire ensemble le pas suivant.",
        "Vous pouvez toujours arrêter. Alors, nous l’effaçons tout de suite.",
    ),
    _text(
        "huisbezoek-2-en",
        "en",
        "May I write down what you are good at, what you wish for, or what you need?",
        "My team reads it, and with a reason my coordinator too. We note who reads it.",
        "We use it to take the next step together.",
        "You can always stop. Then we erase it at once.",
    ),
    _text(
        "huisbezoek-2-ar",
        "ar",
        "هل يمكنني أن أكتب ما تجيده، أو ما تتمناه، أو ما تحتاج إليه؟",
        "يقرؤه فريقي، ومنسّق فريقي أيضًا إذا كان هناك سبب. ونسجّل من يقرؤه.",
        "نستعمله لنخطو معًا الخطوة التالية.",
        "يمكنك التوقف في أي وقت. عندها نمحوه فورًا.",
    ),
    _text(
        "huisbezoek-2-tr",
        "tr",
        "Neleri iyi yaptığınızı, ne istediğinizi veya neye ihtiyacınız olduğunu not edebilir miyim?",
        "Bunu ekibim okur; bir nedeni varsa koordinatörüm de okur. Kimin okuduğunu not ederiz.",
        "Bir sonraki adımı birlikte atmak için kullanırız.",
        "İstediğiniz zaman vazgeçebilirsiniz. O zaman hemen sileriz.",
    ),
    _text(
        "huisbezoek-2-uk",
        "uk",
        "Чи можу я записати, що ви добре вмієте, чого бажаєте або чого потребуєте?",
        "Це читає моя команда, а якщо є причина, то й мій координатор. Ми записуємо, хто це читає.",
        "Ми використовуємо це, щоб разом зробити наступний крок.",
        "Ви завжди можете зупинити це. Тоді ми одразу все зітремо.",
    ),
)
# The newest version in each language: what is asked today.
TODAY = {text.language: text for text in ALL}
TEXTS = {text.version: text for text in ALL}


def text_in(language):
    """What is asked today in this language; in Dutch when there is no such text."""
    return TODAY.get(language, TODAY[DUTCH])


def read_aloud():
    """Today's texts: the Dutch one first."""
    return [{"text": text, "lines": text.lines} for text in TODAY.values()]


def language_of(version):
    """In which language this version is; Dutch for one that no list knows any more."""
    return TEXTS[version].language if version in TEXTS else DUTCH

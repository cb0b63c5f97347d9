"""The text that a worker reads aloud before anything is kept, in each language its own. A change of words is a new
version; the old one stays. No sworn translator has read the translations yet: the page of the worker says so.
"""

from dataclasses import dataclass, field

DUTCH = "nl"


@dataclass(frozen=True)
class Text:
    """One version in one language: what is read aloud, what someone may agree to, and the words of the sheet."""

    version: str
    language: str
    name: str
    lines: tuple[str, ...]
    # Empty for a text about one thing only, which has no sheet.
    kinds: dict[str, str] = field(default_factory=dict)
    sheet: dict[str, str] = field(default_factory=dict)
    # Read by a sworn translator, or written in it.
    is_checked: bool = False

    @property
    def direction(self):
        return "rtl" if self.language == "ar" else "ltr"

    def said_by(self, organisation):
        """The sentences for one organisation."""
        return [line % {"organisation": organisation.name} for line in self.lines]


ALL = (
    Text(
        "2026-1",
        DUTCH,
        "Nederlands",
        (
            "Ik werk voor %(organisation)s. Wat je vertelt, blijft bij mijn team.",
            "Mag ik je naam bewaren, en wat je wil? Dan kunnen we later verder helpen.",
            "Jij kiest wat mag. Je mag altijd stoppen. Dan wissen we alles binnen 30 dagen.",
            "Je mag altijd vragen wat er staat, en wie het las.",
            "Zeg je nee? Dan helpen we je even graag, zonder naam.",
        ),
        {
            "bewaren": "Jullie mogen mijn naam bewaren, en wat ik wil.",
            "bellen": "Jullie mogen mijn nummer bewaren en mij bellen.",
            "langskomen": "Jullie mogen mijn adres bewaren en langskomen.",
            "netwerk": "Jullie mogen noteren wie mij belt of bezoekt.",
        },
        {
            "title": "Mag dit?",
            "tick": "Kruis aan wat mag",
            "who": "Naam:",
            "day": "Dag:",
            "sign": "Handtekening:",
            "text": "Tekst",
        },
        is_checked=True,
    ),
    Text(
        "2026-2",
        DUTCH,
        "Nederlands",
        (
            "Ik werk voor %(organisation)s. Wat je vertelt, blijft bij mijn team.",
            "Mag ik je naam en je buurt bewaren, en wat je wil? Dan kunnen we later verder helpen.",
            "Jij kiest wat mag. Je mag altijd stoppen. Dan wissen we alles binnen 30 dagen.",
            "Je mag altijd vragen wat er staat, en wie het las.",
            "Zeg je nee? Dan helpen we je even graag, zonder naam.",
        ),
        {
            "bewaren": "Jullie mogen mijn naam en buurt bewaren, en wat ik wil.",
            "bellen": "Jullie mogen mijn nummer bewaren en mij bellen.",
            "langskomen": "Jullie mogen mijn adres bewaren en langskomen.",
            "netwerk": "Jullie mogen noteren wie mij belt of bezoekt.",
        },
        {
            "title": "Mag dit?",
            "tick": "Kruis aan wat mag",
            "who": "Naam:",
            "day": "Dag:",
            "sign": "Handtekening:",
            "text": "Tekst",
        },
        is_checked=True,
    ),
    Text(
        "2026-2-fr",
        "fr",
        "Français",
        (
            "Je travaille pour %(organisation)s. Ce que vous racontez reste dans mon équipe.",
            "Puis-je garder votre nom, votre quartier et ce que vous souhaitez\u202f?"
            " Ainsi, nous pourrons vous aider plus tard aussi.",
            "Vous choisissez ce qui est permis. Vous pouvez toujours arrêter."
            " Alors, nous effaçons tout dans les 30 jours.",
            "Vous pouvez toujours demander ce qui est noté, et qui l’a lu.",
            "Vous dites non\u202f? Nous vous aidons tout aussi volontiers, sans nom.",
        ),
        {
            "bewaren": "Vous pouvez garder mon nom, mon quartier et ce que je souhaite.",
            "bellen": "Vous pouvez garder mon numéro et m’appeler.",
            "langskomen": "Vous pouvez garder mon adresse et venir chez moi.",
            "netwerk": "Vous pouvez noter qui m’appelle ou me rend visite.",
        },
        {
            "title": "Êtes-vous d’accord\u202f?",
            "tick": "Cochez ce qui est permis",
            "who": "Nom\u202f:",
            "day": "Date\u202f:",
            "sign": "Signature\u202f:",
            "text": "Texte",
        },
    ),
    Text(
        "2026-2-en",
        "en",
        "English",
        (
            "I work for %(organisation)s. What you tell me stays with my team.",
            "May I keep your name, your neighbourhood, and what you want? Then we can go on helping you later.",
            "You choose what is allowed. You can always stop. Then we erase everything within 30 days.",
            "You can always ask what we have written down, and who read it.",
            "Do you say no? We are just as happy to help you, without a name.",
        ),
        {
            "bewaren": "You may keep my name, my neighbourhood, and what I want.",
            "bellen": "You may keep my number and call me.",
            "langskomen": "You may keep my address and visit me.",
            "netwerk": "You may write down who calls me or visits me.",
        },
        {
            "title": "Is this all right?",
            "tick": "Tick what is allowed",
            "who": "Name:",
            "day": "Date:",
            "sign": "Signature:",
            "text": "Text",
        },
    ),
    Text(
        "2026-2-ar",
        "ar",
        "العربية",
        (
            "أعمل لدى %(organisation)s. ما تقوله لي يبقى داخل فريقي.",
            "هل يمكنني أن أحتفظ باسمك وباسم حيّك وبما تريده؟ هكذا نستطيع مواصلة مساعدتك لاحقًا.",
            "أنت تختار ما هو مسموح. يمكنك التوقف في أي وقت. عندها نمحو كل شيء خلال 30 يومًا.",
            "يمكنك دائمًا أن تسأل عمّا هو مكتوب عنك، وعمّن قرأه.",
            "هل تقول لا؟ نساعدك بكل سرور أيضًا، من دون اسم.",
        ),
        {
            "bewaren": "يمكنكم الاحتفاظ باسمي وباسم حيّي وبما أريده.",
            "bellen": "يمكنكم الاحتفاظ برقمي والاتصال بي.",
            "langskomen": "يمكنكم الاحتفاظ بعنواني وزيارتي.",
            "netwerk": "يمكنكم تسجيل من يتصل بي أو يزورني.",
        },
        {
            "title": "هل توافق على هذا؟",
            "tick": "ضع علامة على ما هو مسموح",
            "who": "الاسم:",
            "day": "التاريخ:",
            "sign": "التوقيع:",
            "text": "النص",
        },
    ),
    Text(
        "2026-2-tr",
        "tr",
        "Türkçe",
        (
            "%(organisation)s için çalışıyorum. Anlattıklarınız ekibimde kalır.",
            "Adınızı, mahallenizi ve ne istediğinizi saklayabilir miyim? Böylece daha sonra da yardım edebiliriz.",
            "Neye izin verileceğini siz seçersiniz. İstediğiniz zaman vazgeçebilirsiniz."
            " O zaman her şeyi 30 gün içinde sileriz.",
            "Ne yazıldığını ve kimin okuduğunu her zaman sorabilirsiniz.",
            "Hayır mı diyorsunuz? Adınız olmadan da size seve seve yardım ederiz.",
        ),
        {
            "bewaren": "Adımı, mahallemi ve ne istediğimi saklayabilirsiniz.",
            "bellen": "Numaramı saklayabilir ve beni arayabilirsiniz.",
            "langskomen": "Adresimi saklayabilir ve bana gelebilirsiniz.",
            "netwerk": "Beni kimin aradığını veya ziyaret ettiğini not edebilirsiniz.",
        },
        {
            "title": "Buna izin veriyor musunuz?",
            "tick": "İzin verdiklerinizi işaretleyin",
            "who": "Ad:",
            "day": "Tarih:",
            "sign": "İmza:",
            "text": "Metin",
        },
    ),
    Text(
        "2026-2-uk",
        "uk",
        "Українська",
        (
            "Я працюю в %(organisation)s. Те, що ви розповідаєте, залишається в моїй команді.",
            "Чи можу я зберегти ваше ім’я, ваш район і те, чого ви хочете? Тоді ми зможемо допомагати вам і надалі.",
            "Ви обираєте, що дозволено. Ви завжди можете зупинити це. Тоді ми зітремо все протягом 30 днів.",
            "Ви завжди можете запитати, що записано і хто це читав.",
            "Ви кажете «ні»? Ми так само охоче допоможемо вам, без імені.",
        ),
        {
            "bewaren": "Ви можете зберігати моє ім’я, мій район і те, чого я хочу.",
            "bellen": "Ви можете зберігати мій номер і телефонувати мені.",
            "langskomen": "Ви можете зберігати мою адресу і приходити до мене.",
            "netwerk": "Ви можете записувати, хто мені телефонує або мене відвідує.",
        },
        {
            "title": "Чи ви згодні?",
            "tick": "Позначте, що дозволено",
            "who": "Ім’я:",
            "day": "Дата:",
            "sign": "Підпис:",
            "text": "Текст",
        },
    ),
)
# The newest version in each language: what is read aloud today.
TODAY = {text.language: text for text in ALL}
TEXTS = {text.version: text for text in ALL}
VERSION = TODAY[DUTCH].version
LANGUAGES = [(text.language, text.name) for text in TODAY.values()]


def text_in(language):
    """What is read aloud today in this language; in Dutch when there is no such text."""
    return TODAY.get(language, TODAY[DUTCH])


def opened(request):
    """The other language whose text is open (`?taal=`), so chosen; empty for Dutch, and once a choice was sent."""
    language = request.GET.get("taal") if request.method != "POST" else ""
    return language if language in TODAY and language != DUTCH else ""


def read_aloud(organisation):
    """Today's texts, each with its sentences for this organisation: the Dutch one first."""
    return [{"text": text, "lines": text.said_by(organisation)} for text in TODAY.values()]


def sentences(organisation, version=VERSION):
    """A version of the text for one organisation, sentence by sentence."""
    return TEXTS[version].said_by(organisation) if version in TEXTS else []

"""Every kind of page that the browser checks visit, found by walking the site as a person would."""

import base64
import hashlib
import hmac
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

PASSWORD = "klapkarre-demo"
NEWCOMER, HALFWAY = "newcomer", "halfway"
# Colleagues of the demo without a login: one gets a letter that stays unused, the other uses it.
LETTER_FOR, NEWCOMER_NAME = "verzonnen-collega-1", "verzonnen-collega-2"
# Seconds; five minutes after it, what is dear asks for the password again (`accounts.sessions.RECENT`).
LOGIN_LASTS = 240
NEWCOMER_PASSWORD = "vier woorden in een zin"
KIT = {"kit": "/kit/", "kit right to left": "/kit/?dir=rtl&lang=ar", "kit paper": "/kit/?deel=blad"}
KIT_STAFF = {"kit staff": "/kit/?deel=werk"}


@dataclass(frozen=True)
class Page:
    """`path`, or where the links lead that match each of `steps` in turn, starting on the page `path`.

    `letter`: the page behind a fresh letter. Beside the logins of the demo, `who` may be NEWCOMER, who made a login
    from a letter and still sees the recovery codes, or HALFWAY: the same person after the password.
    """

    name: str
    path: str
    steps: tuple = ()
    who: str = ""
    signs_up: bool = False
    then: str = ""  # of the slip that came of it, or a choice on the page
    letter: bool = False

    def __str__(self):
        return self.name


ACTIVITY = r"/activiteiten/\d+/"
SIGN_UP_FORM = r"/activiteiten/\d+/aanmelden/"
UUID = r"[0-9a-f-]{36}"
PERSON = rf"/werk/personen/{UUID}/"
CONTACT = rf"/werk/contacten/{UUID}/"
REQUEST = rf"/werk/personen/rechten/{UUID}/"
PARTICIPANTS = r"/werk/activiteiten/\d+/lijst/"
PAST, AFTER = "/werk/activiteiten/?toon=voorbij", r"/werk/activiteiten/\d+/na/"
PAPER = r"/werk/activiteiten/\d+/papier/"
POINT = r"/werk/buurtpunten/[\w-]+/"
INVITATION = r"/organisatie/uitnodigingen/[0-9a-f-]{36}/"
INVITED = r"/uitnodiging/[a-z2-7]{26}/"
TRANSLATE = r"/werk/vertalen/activiteit/\d+/\?taal=ar"
READ_IN = r"/werk/inspreken/activiteit/\d+/\?taal=ar"
RESIDENT = [
    *(Page(name, path) for name, path in KIT.items()),
    Page("home", "/"),
    Page("neighbourhoods", "/buurten/"),
    Page("neighbourhood", "/buurten/", (r"/buurten/[\w-]+/",)),
    Page("points", "/buurtpunten/"),
    Page("point", "/buurtpunten/", (r"/buurtpunten/[\w-]+/",)),
    Page("point with a photo", "/buurtpunten/", (r"/buurtpunten/vlotgraslaan/",)),
    Page("map", "/kaart/"),
    Page("embed", "/insluiten/"),
    Page("embed line", "/insluiten/", (r"/insluiten/\?punt=[\w-]+",)),
    Page("embedded week", "/insluiten/buurtpunten/vlotgraslaan/"),
    Page("agenda", "/activiteiten/"),
    Page("agenda by choice", "/activiteiten/?voor=ouderen&rolstoel=1"),
    Page("agenda without a match", "/activiteiten/?taal=ps&rolstoel=1"),
    Page("activity", "/activiteiten/", (ACTIVITY,)),
    Page("sign up", "/activiteiten/", (ACTIVITY, SIGN_UP_FORM)),
    Page("slip", "/activiteiten/", (ACTIVITY, SIGN_UP_FORM), signs_up=True),
    Page("sign up for a series", "/activiteiten/", (ACTIVITY, SIGN_UP_FORM + "alle-keren/")),
    Page("change a slip", "/activiteiten/", (ACTIVITY, SIGN_UP_FORM), signs_up=True, then="wijzigen/"),
    Page("give a seat back", "/activiteiten/", (ACTIVITY, SIGN_UP_FORM), signs_up=True, then="vrijgeven/"),
    Page("news", "/nieuws/"),
    Page("news with a photo", "/nieuws/", (r"/nieuws/\d+/",)),
    Page("hand-over by code", "/activiteiten/overdracht/"),
    Page("slip by code", "/activiteiten/briefje/"),
    Page("search", "/zoeken/"),
    Page("search finds", "/zoeken/?q=koffie"),
    Page("search finds nothing", "/zoeken/?q=xylofoonx"),
    Page("accessibility", "/toegankelijkheid/"),
    Page("privacy", "/privacy/"),
    Page("not found", "/bestaat-niet/"),
]
# The same pages from right to left; and a language whose letters our font has in a second file.
ARABIC = [
    Page(
        f"{page.name} in Arabic",
        f"/ar{page.path}",
        tuple(f"/ar{step}" for step in page.steps),
        signs_up=page.signs_up,
    )
    for page in RESIDENT
    if page.name not in KIT
]
TURKISH = [Page("home in Turkish", "/tr/")]
FIELD = Page("field app", "/onderweg/")
LOGIN = Page("login", "/login/")
RECOVER = Page("log in with a recovery code", "/login/herstel/")
COME_IN = Page("invitation by code", "/uitnodiging/")
COMING_IN = [
    Page("make the login again", "/organisatie/medewerkers/", letter=True),
    Page("recovery codes", "/login/instellen/codes/", who=NEWCOMER),
    Page("second step", "/login/tweede/", who=HALFWAY),
]
STAFF = [
    *(Page(name, path, who="worker") for name, path in KIT_STAFF.items()),
    Page("today", "/werk/", who="worker"),
    Page("today of the coordinator", "/werk/", who="coordinator"),
    Page("today of the city", "/werk/", who="city"),
    Page("counter choice", "/werk/onthaal/?kies", who="worker"),
    Page("counter", "/werk/onthaal/?kies", (r"/werk/onthaal/[\w-]+/",), who="worker"),
    Page("stops", "/werk/haltes/", who="worker"),
    Page("new stop", "/werk/activiteiten/halte/", who="worker"),
    Page("one stop", "/werk/haltes/", (r"/werk/activiteiten/\d+/halte/",), who="worker"),
    Page("counting at a stop", "/werk/haltes/", (r"/werk/haltes/\d+/",), who="worker"),
    Page("to translate", "/werk/vertalen/", who="worker"),
    Page("old translations", "/werk/vertalen/?taal=ar&toon=oud", who="worker"),
    Page("translate", "/werk/vertalen/?taal=ar", (TRANSLATE,), who="worker"),
    Page("read a text in", "/werk/vertalen/?taal=ar", (TRANSLATE, READ_IN), who="worker"),
    Page("points of the team", "/werk/buurtpunten/", who="coordinator"),
    Page("days of a point", "/werk/", (r"/werk/buurtpunten/[\w-]+/",), who="worker"),
    Page("days of a point with a photo", "/werk/", (r"/werk/buurtpunten/vlotgraslaan/",), who="worker"),
    Page("from the street", "/werk/nakijken/", who="worker"),
    Page("phones", "/werk/telefoons/", who="worker"),
    Page("phones of colleagues", "/werk/telefoons/", who="coordinator"),
    Page("contacts", "/werk/contacten/", who="worker"),
    Page("contact", "/werk/contacten/", (r"/werk/contacten/[0-9a-f-]{36}/",), who="worker"),
    Page("new contact", "/werk/contacten/nieuw/", who="worker"),
    Page("goals of themes", "/organisatie/doelen/", who="worker"),
    Page("goals of which team", "/organisatie/doelen/", who="coordinator"),
    Page("my week", "/werk/mijn-week/", who="worker"),
    Page("another day or colleague", "/werk/", (CONTACT + r"anders/\?terug=/werk/",), who="worker"),
    Page("told at home", "/werk/personen/", (PERSON, CONTACT, CONTACT + "huisbezoek/"), who="worker"),
    Page(
        "history of a contact", "/werk/personen/", (PERSON, CONTACT, CONTACT + "geschiedenis/"), who="worker"
    ),
    Page("persons", "/werk/personen/", who="worker"),
    Page("new person", "/werk/personen/nieuw/", who="worker"),
    Page("persons of one neighbourhood", "/werk/personen/", who="worker3"),
    Page("results of one neighbourhood", "/resultaten/", who="worker3"),
    Page("consent on paper", "/werk/personen/toestemmingsblad/", who="worker"),
    Page("consent on paper in Arabic", "/werk/personen/toestemmingsblad/?taal=ar", who="worker"),
    Page("doubles", "/werk/personen/dubbel/", who="worker"),
    Page("person", "/werk/personen/", (PERSON,), who="worker"),
    Page("change person", "/werk/personen/", (PERSON, PERSON + "wijzigen/"), who="worker"),
    Page("agree a step", "/werk/personen/", (PERSON, PERSON + "stap/"), who="worker"),
    Page("adapt a step", "/werk/personen/", (PERSON, PERSON + f"stap/{UUID}/aanpassen/"), who="worker"),
    Page("adapt who calls", "/werk/personen/", (PERSON, PERSON + f"band/{UUID}/aanpassen/"), who="worker"),
    Page("take consent back", "/werk/personen/", (PERSON, PERSON + "intrekken/"), who="worker"),
    Page("requests about own data", "/werk/personen/rechten/", who="worker"),
    Page("note a request", "/werk/personen/", (PERSON, PERSON + "rechten/"), who="worker"),
    Page("request", "/werk/personen/rechten/", (REQUEST,), who="worker"),
    Page("own data on paper", "/werk/personen/rechten/", (REQUEST, REQUEST + "inzage/"), who="worker"),
    Page("restrict", "/werk/personen/rechten/", (REQUEST, REQUEST + "beperken/"), who="worker"),
    Page("erase", "/werk/personen/rechten/", (REQUEST, REQUEST + "wissen/"), who="worker"),
    Page("restricted", "/werk/personen/", (PERSON + "beperkt/",), who="worker"),
    Page("staff agenda", "/werk/activiteiten/", who="worker"),
    Page("new activity", "/werk/activiteiten/nieuw/", who="worker"),
    Page("change activity", "/werk/activiteiten/", (r"/werk/activiteiten/\d+/wijzigen/",), who="worker"),
    Page(
        "change repetition",
        "/werk/activiteiten/",
        (r"/werk/activiteiten/\d+/wijzigen/", r"/werk/activiteiten/\d+/herhaling/"),
        who="worker",
    ),
    Page("call off", "/werk/activiteiten/", (r"/werk/activiteiten/\d+/afzeggen/",), who="worker"),
    Page("paper of an activity", "/werk/activiteiten/", (PAPER,), who="worker"),
    Page("paper in Arabic", "/werk/activiteiten/", (PAPER,), who="worker", then="?taal=ar"),
    Page("paper comes back", "/werk/activiteiten/", (PARTICIPANTS, PAPER + "terug/"), who="worker"),
    Page("afterwards", "/werk/activiteiten/?toon=voorbij", (r"/werk/activiteiten/\d+/na/",), who="worker"),
    Page(
        "hand over",
        "/werk/activiteiten/?toon=voorbij",
        (r"/werk/activiteiten/\d+/na/", r"/werk/activiteiten/\d+/overdracht/"),
        who="worker",
    ),
    Page("paper of a point", "/werk/", (POINT, POINT + "papier/"), who="worker"),
    Page("participants", "/werk/activiteiten/", (PARTICIPANTS,), who="worker"),
    Page("people to call", "/werk/activiteiten/bellen/", who="worker"),
    Page("people to call on paper", "/werk/activiteiten/bellen/?blad=1", who="worker"),
    Page(
        "participants on paper",
        "/werk/activiteiten/",
        (PARTICIPANTS, PARTICIPANTS + "afdrukken/"),
        who="worker",
    ),
    Page(
        "attendance", "/werk/activiteiten/?toon=voorbij", (r"/werk/activiteiten/\d+/aanwezig/",), who="worker"
    ),
    Page("staff news", "/werk/nieuws/", who="worker"),
    Page("write news", "/werk/nieuws/nieuw/", who="worker"),
    Page("change news", "/werk/nieuws/", (r"/werk/nieuws/\d+/wijzigen/",), who="worker"),
    Page("own card", "/werk/kaartje/", who="worker"),
    Page("cards of everyone", "/werk/kaartje/", who="coordinator"),
    Page("results", "/resultaten/", who="coordinator"),
    Page("rights", "/organisatie/rechten/", who="worker"),
    Page("choose organisation", "/organisatie/kiezen/", who="worker"),
    Page("colleagues", "/organisatie/medewerkers/", who="coordinator"),
    Page(
        "colleague",
        "/organisatie/medewerkers/",
        (r"/organisatie/medewerkers/\d+/",),
        who="coordinator",
    ),
    Page("invite", "/organisatie/uitnodigingen/nieuw/", who="coordinator"),
    Page("invitation", "/organisatie/medewerkers/", (INVITATION,), who="coordinator"),
    Page("letter", "/organisatie/medewerkers/", (INVITATION, INVITATION + "brief/"), who="coordinator"),
    Page("invited", "/organisatie/medewerkers/", (INVITATION, rf"http[^\"]*{INVITED}"), who="coordinator"),
    Page("own login", "/login/mijn/", who="worker"),
    Page("own password", "/login/mijn/wachtwoord/", who="worker"),
    Page("set up a login", "/login/instellen/", who="worker"),
    Page("set up an app", "/login/instellen/app/", who="worker"),
    Page("prove who you are", "/login/opnieuw/", who="worker"),
    Page("give a role", "/organisatie/medewerkers/rol/", who="coordinator"),
    Page("terms", "/organisatie/bewaartermijnen/", who="coordinator"),
    Page(
        "term",
        "/organisatie/bewaartermijnen/",
        (r"/organisatie/bewaartermijnen/outreach\.contactmoment/",),
        who="coordinator",
    ),
    Page("holds", "/organisatie/vasthouden/", who="coordinator"),
    Page("hold", "/organisatie/vasthouden/nieuw/", who="coordinator"),
    Page("register", "/organisatie/verwerkingsregister/", who="auditor"),
    Page("question", "/organisatie/verwerkingsregister/vraag/dpo/", who="coordinator"),
    Page("dpia", "/organisatie/dpia/", who="coordinator"),
    Page("dpia version", "/organisatie/dpia/", (r"/organisatie/dpia/versie/[0-9a-f-]{36}/",), who="auditor"),
    Page("breaches", "/organisatie/datalekken/", who="coordinator"),
    Page(
        "breach", "/organisatie/datalekken/", (r"/organisatie/datalekken/[0-9a-f-]{36}/",), who="coordinator"
    ),
    Page("new breach", "/organisatie/datalekken/nieuw/", who="coordinator"),
]
ROUND = r"/werk/rondes/[0-9a-f-]{36}/"
STAFF += [
    Page("rounds", "/werk/rondes/", who="worker"),
    Page("draw up a round", "/werk/rondes/nieuw/", who="worker"),
    Page("leave alone", "/werk/rondes/met-rust/", who="worker"),
    Page("round", "/werk/rondes/", (ROUND,), who="worker"),
    Page("round of a coordinator", "/werk/rondes/", (ROUND,), who="coordinator"),
    Page("door", "/werk/rondes/", (ROUND, ROUND + "deur/[0-9a-f-]{36}/"), who="worker"),
    Page("street of a round", "/werk/rondes/", (ROUND, ROUND + "straat/"), who="worker"),
    Page("change a round", "/werk/rondes/", (ROUND, ROUND + "aanpassen/"), who="worker"),
    Page("end a round", "/werk/rondes/", (ROUND, ROUND + "einde/"), who="worker"),
    Page("certificate", "/werk/rondes/", (ROUND + "bewijs/",), who="worker"),
    Page("coverage", "/werk/dekking/", who="worker"),
    Page("streets", "/werk/dekking/straten/", who="worker"),
    Page("support", "/werk/dekking/ondersteuning/", who="worker"),
    Page("coverage with support", "/werk/dekking/", who="worker2"),
    Page(
        "support away",
        "/werk/dekking/",
        (r"/werk/dekking/ondersteuning/\d+/weg/",),
        who="worker2",
    ),
]
STAFF += [
    Page("today of the auditor", "/werk/", who="auditor"),
    Page("readings", "/organisatie/inzagen/", who="auditor"),
    Page("reading", "/organisatie/inzagen/", (r"/organisatie/inzagen/\d+/",), who="auditor"),
    Page("readings per worker", "/organisatie/inzagen/medewerkers/", who="auditor"),
    Page("roles and letters", "/organisatie/inzagen/rollen/", who="auditor"),
    Page("logins", "/organisatie/inzagen/inloggen/", who="auditor"),
    Page("opened teams", "/organisatie/inzagen/teams/", who="auditor"),
    Page(
        "opened team",
        "/organisatie/inzagen/teams/",
        (r"/organisatie/inzagen/teams/[0-9a-f-]{36}/",),
        who="auditor",
    ),
    Page("open a team", "/organisatie/inzagen/open/", who="coordinator"),
]
EVERY = [*RESIDENT, *ARABIC, *TURKISH, FIELD, LOGIN, RECOVER, COME_IN, *COMING_IN, *STAFF]


def code_of(secret):
    """What an app with this secret shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, (int(time.time()) // 30).to_bytes(8, "big"), hashlib.sha1)
    number = int.from_bytes(digest[digest[-1] & 15 :][:4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


class Walker:
    """Turns a Page into an address on one site; signs in and signs up once where that is needed."""

    def __init__(self, base_url, browser):
        self.base_url, self.browser = base_url, browser
        self.contexts, self.found, self.since = {}, {}, {}

    def context(self, who="", **options):
        """A browser context, signed in as `who`. With options always a new one, with the cookies of the first."""
        if who not in self.contexts or self._is_old(who):
            self.since[who] = time.monotonic()
            self.contexts[who] = self.browser.new_context(base_url=self.base_url)
            if who:
                self._sign_in(self.contexts[who], who)
        if not options:
            return self.contexts[who]
        state = self.contexts[who].storage_state()
        return self.browser.new_context(base_url=self.base_url, storage_state=state, **options)

    def _is_old(self, who):
        """A login that lay still is ended, and one of long ago is asked for its password again."""
        return who not in ("", NEWCOMER, HALFWAY) and time.monotonic() - self.since[who] > LOGIN_LASTS

    def html(self, path, who=""):
        """What the server sends for this path, as text."""
        return self.context(who).request.get(path, fail_on_status_code=False).text()

    def address(self, page):
        """The path of this page; AssertionError when no link leads to it."""
        if page not in self.found:
            self.found[page] = self._find(page)
        return self.found[page]

    def _find(self, page):
        if page.letter:
            return self._letter(page.path, LETTER_FOR)
        path = self._follow(page.path, page.steps, page.who)
        assert path, f"No link on {page.path} leads to {page.name}"
        return (self._sign_up(path) if page.signs_up else path) + page.then

    def _follow(self, path, steps, who):
        """The first address that these links lead to, trying each link; None when none does."""
        if not steps:
            return path
        links = re.findall(rf'href="({steps[0]})"', self.html(path, who))
        return next(filter(None, (self._follow(link, steps[1:], who) for link in dict.fromkeys(links))), None)

    def _sign_up(self, path):
        """Take a seat as a resident does; the address of the slip."""
        tab = self.context().new_page()
        tab.goto(path)
        tab.fill("main input[name=name]", "Nour")
        tab.press("main input[name=name]", "Enter")
        tab.wait_for_url("**/briefje/**")
        address = urlsplit(tab.url).path
        tab.close()
        return address

    def _letter(self, path, name):
        """A fresh letter for a colleague who has no login; the address behind its link."""
        tab = self.context("admin").new_page()
        tab.goto(path)
        tab.click(f"main a:has-text('{name}')")
        tab.click("text=Maak een nieuwe brief")
        link = tab.get_attribute("main a[href*='/uitnodiging/']", "href")
        tab.close()
        return urlsplit(link).path

    def _make_login(self, tab):
        """Use a letter, choose a password and an app, and stop where the recovery codes are shown."""
        tab.goto(self._letter("/organisatie/medewerkers/", NEWCOMER_NAME))
        tab.click("text=Maak mijn login opnieuw")
        tab.goto("/login/instellen/app/")
        for field in ("new", "again"):
            tab.fill(f"[name={field}]", NEWCOMER_PASSWORD)
        tab.fill("[name=code]", code_of(tab.inner_text("code.big").replace(" ", "")))
        tab.press("[name=code]", "Enter")
        tab.wait_for_url("**/codes/")

    def _give_password(self, tab):
        """The right password, up to where the code is asked."""
        self.context(NEWCOMER)
        tab.goto("/login/")
        tab.fill("[name=username]", NEWCOMER_NAME)
        tab.fill("[name=password]", NEWCOMER_PASSWORD)
        tab.press("[name=password]", "Enter")
        tab.wait_for_selector("text=Nog één stap")

    def _sign_in(self, context, who):
        tab = context.new_page()
        if ways := {NEWCOMER: self._make_login, HALFWAY: self._give_password}.get(who):
            ways(tab)
        else:
            tab.goto("/login/")
            tab.fill("[name=username]", who)
            tab.fill("[name=password]", PASSWORD)
            tab.press("[name=password]", "Enter")
            tab.wait_for_url("**/werk/**")
        tab.close()

"""Every kind of page that the browser checks visit, found by walking the site as a person would."""

import re
from dataclasses import dataclass

PASSWORD = "klapkarre-demo"
KIT = {"kit": "/kit/", "kit right to left": "/kit/?dir=rtl&lang=ar", "kit paper": "/kit/?deel=blad"}
KIT_STAFF = {"kit staff": "/kit/?deel=werk"}


@dataclass(frozen=True)
class Page:
    """`path`, or the first link on the page `path` that matches `follow` and whose page holds `with_text`."""

    name: str
    path: str
    follow: str = ""
    with_text: str = ""
    who: str = ""

    def __str__(self):
        return self.name


RESIDENT = [
    *(Page(name, path) for name, path in KIT.items()),
    Page("home", "/"),
    Page("neighbourhoods", "/buurten/"),
    Page("neighbourhood", "/buurten/", follow=r"/buurten/[\w-]+/"),
    Page("points", "/buurtpunten/"),
    Page("point", "/buurtpunten/", follow=r"/buurtpunten/[\w-]+/"),
    Page("agenda", "/activiteiten/"),
    Page("activity", "/activiteiten/", follow=r"/activiteiten/\d+/"),
    Page("accessibility", "/toegankelijkheid/"),
    Page("privacy", "/privacy/"),
    Page("not found", "/bestaat-niet/"),
]
# Not cached and with a form; found through an activity that asks to sign up.
SIGN_UP = Page("sign up", "/activiteiten/", follow=r"/activiteiten/\d+/", with_text="aanmelden/")
LOGIN = Page("login", "/login/")
STAFF = [
    *(Page(name, path, who="worker") for name, path in KIT_STAFF.items()),
    Page("today", "/werk/", who="worker"),
    Page("counter choice", "/werk/onthaal/", who="coordinator"),
    Page("counter", "/werk/onthaal/", follow=r"/werk/onthaal/\d+/", who="worker"),
    Page("contact", "/werk/contacten/nieuw/", who="worker"),
    Page("staff agenda", "/werk/activiteiten/", who="worker"),
    Page("participants", "/werk/activiteiten/", follow=r"/werk/activiteiten/\d+/", who="worker"),
    Page("results", "/resultaten/", who="coordinator"),
]


class Walker:
    """Turns a Page into an address on one site; signs in and signs up once where that is needed."""

    def __init__(self, base_url, browser):
        self.base_url, self.browser = base_url, browser
        self.contexts, self.found = {}, {}

    def context(self, who="", **options):
        """A browser context, signed in as `who`. With options always a new one, with the cookies of the first."""
        if who not in self.contexts:
            self.contexts[who] = self.browser.new_context(base_url=self.base_url)
            if who:
                self._sign_in(self.contexts[who], who)
        if not options:
            return self.contexts[who]
        state = self.contexts[who].storage_state()
        return self.browser.new_context(base_url=self.base_url, storage_state=state, **options)

    def html(self, path, who=""):
        """What the server sends for this path, as text."""
        return self.context(who).request.get(path, fail_on_status_code=False).text()

    def address(self, page):
        """The path of this page; AssertionError when no link leads to it."""
        if page not in self.found:
            self.found[page] = self._find(page)
        return self.found[page]

    def _find(self, page):
        if not page.follow:
            return page.path
        html = self.html(page.path, page.who)
        for path in dict.fromkeys(re.findall(rf'href="({page.follow})"', html)):
            if not page.with_text or page.with_text in self.html(path, page.who):
                return path
        raise AssertionError(f"No link on {page.path} leads to {page.name}")

    def _sign_in(self, context, who):
        tab = context.new_page()
        tab.goto("/login/")
        tab.fill("[name=username]", who)
        tab.fill("[name=password]", PASSWORD)
        tab.press("[name=password]", "Enter")
        tab.wait_for_url("**/werk/**")
        tab.close()

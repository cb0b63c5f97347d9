"""What is measured on a page: accessibility findings, HTML errors, bytes that travel, layout shift."""

import gzip
import json
import subprocess
from functools import cache
from pathlib import Path

from tests.browser import machine

AXE = machine.ROOT / "tests" / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


# Words in the colour of what is behind them are to axe not a fault but a doubt; where the system forces its own
# colours it is in doubt of everything.
LOOK = """tags => axe.run(document, {runOnly: tags, resultTypes: ['violations', 'incomplete']}).then(result => {
  const forced = matchMedia('(forced-colors: active)').matches;
  const unseen = node => !forced && node.any.some(check => check.data && check.data.contrastRatio === 1);
  const doubts = result.incomplete.filter(rule => rule.id === 'color-contrast')
    .map(rule => ({...rule, nodes: rule.nodes.filter(unseen)})).filter(rule => rule.nodes.length);
  return [...result.violations, ...doubts].map(rule => rule.id + ': ' + rule.help + ' '
    + rule.nodes.map(node => node.html.slice(0, 160)).join(' | '));
})"""


@cache
def _axe_source():
    return AXE.read_text(encoding="utf-8")


def axe(tab):
    """Findings of axe-core on the page as it stands, one line each."""
    if not tab.evaluate("() => Boolean(window.axe)"):
        tab.evaluate(_axe_source())
    return tab.evaluate(LOOK, AXE_TAGS)


def html_errors(files):
    """Errors of the HTML checker on these files, as {file name: [line, ...]}; one Java for all of them."""
    command = [machine.java(), "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(machine.fetch_vnu())]
    run = subprocess.run(
        [*command, "--format", "json", "--exit-zero-always", "--stdout", *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    errors = {}
    for message in json.loads(run.stdout)["messages"]:
        if message["type"] != "info":
            name = Path(message.get("url", "")).name
            place = f"line {message.get('lastLine')}: {message['message']} {message.get('extract', '')}"
            errors.setdefault(name, []).append(place)
    return errors


class Traffic:
    """Bytes that come over the wire for a tab, headers included, as the browser counts them."""

    def __init__(self, tab):
        self.files = {}
        session = tab.context.new_cdp_session(tab)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._seen)
        session.on("Network.loadingFinished", self._done)
        self.waiting = {}

    def _seen(self, event):
        self.waiting[event["requestId"]] = (event["response"]["url"], event["type"])

    def _done(self, event):
        url, kind = self.waiting.get(event["requestId"], ("?", "?"))
        self.files[url, kind] = self.files.get((url, kind), 0) + event["encodedDataLength"]

    def total(self):
        """All bytes since the last call, and what they were."""
        files, self.files = self.files, {}
        return sum(files.values()), {url: size for (url, _kind), size in files.items()}

    def scripts(self):
        """Bytes of scripts so far."""
        return sum(size for (_url, kind), size in self.files.items() if kind == "Script")


def gzipped(path):
    """Size of a file as gzip sends it."""
    return len(gzip.compress(Path(path).read_bytes(), 9))


SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 60);
})"""


def layout_shift(tab):
    """Cumulative layout shift since the page was opened."""
    return tab.evaluate(SHIFT)


def blocking_scripts(tab):
    """Sources of scripts that hold up the page. Facts for programs are no script: nothing runs them."""
    return tab.evaluate(
        "() => [...document.scripts].filter(s => !(s.type === 'module' || s.type === 'application/ld+json'"
        " || s.defer || s.async)).map(s => s.outerHTML)"
    )


SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""


def space_text(tab):
    """Widen the text as a reader may (WCAG 1.4.12)."""
    tab.evaluate(
        "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets.push(s); }",
        SPACED,
    )


def whole(tab):
    """Where a bar with the button stays in sight: a window as high as the page, so that it lies over nothing."""
    if tab.locator("main .save").count():
        high = tab.evaluate("() => document.documentElement.scrollHeight")
        tab.set_viewport_size({"width": tab.viewport_size["width"], "height": high})


def sideways(tab):
    """Pixels that the page is wider than the window."""
    return tab.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")

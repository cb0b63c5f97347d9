"""A phone in a real Chromium: its own profile on the disk, a thumb that counts, and what lies in its drawer."""

import json
import os
import signal
import subprocess
import time

from tests.browser import machine
from tests.offline.fill import PASSWORD

HOME = "/onderweg/"
SCREEN = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "reduced_motion": "reduce"}
# A person who looks, decides and taps: 1.2 s to decide and 0.2 s to tap (keystroke-level model, Card 1980).
DECIDE = 1.4
PATIENCE = 60_000

NOTES = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open("onderweg", 1);
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("notes").objectStore("notes").getAll();
    asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
  };
})"""
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""
HAS_SHELL = """async () => {
  await navigator.serviceWorker.ready;
  return (await caches.keys()).length === 1 && navigator.serviceWorker.controller !== null;
}"""


class Handset:
    """One profile; `open()` starts the browser on it, `close()` ends it as a person does."""

    def __init__(self, play, folder, address):
        self.play, self.folder, self.address, self.context = play, folder, address, None

    def open(self, scripts=(), **more):
        self.context = self.play.chromium.launch_persistent_context(
            str(self.folder),
            executable_path=self.play.path,
            args=machine.CHROMIUM_FLAGS,
            base_url=self.address,
            **(SCREEN | more),
        )
        for script in scripts:
            self.context.add_init_script(script)
        self.context.set_default_timeout(PATIENCE)
        return self.context.pages[0]

    def close(self):
        if self.context:
            self.context.close()
        self.context = None

    def bytes_on_disk(self):
        """All that a thief of the phone could read of this profile."""
        return b"\0".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())

    __enter__ = open

    def __exit__(self, *_error):
        self.close()


class Process:
    """The same browser as a process of its own, to be killed."""

    def __init__(self, play, folder):
        self.play, self.folder = play, folder

    def open(self, address):
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        flags = [*machine.CHROMIUM_FLAGS, "--headless=new", "--remote-debugging-port=0"]
        self.process = subprocess.Popen(
            [self.play.path, *flags, f"--user-data-dir={self.folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            if port.is_file() and "\n" in port.read_text():
                break
            assert self.process.poll() is None, "Chromium stopped"
            time.sleep(0.1)
        number = port.read_text().split("\n")[0]
        self.browser = self.play.chromium.connect_over_cdp(f"http://127.0.0.1:{number}")
        context = self.browser.contexts[0]
        context.set_default_timeout(PATIENCE)
        tab = context.pages[0] if context.pages else context.new_page()
        tab.goto(address + HOME)
        return tab

    def kill(self):
        """At once, with all that belongs to it: nothing is flushed, nothing is said."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(30)
        self.browser.close()


class Thumb:
    """Taps only what is on the screen, and counts."""

    def __init__(self, tab):
        self.tab, self.taps = tab, 0

    def tap(self, selector):
        time.sleep(DECIDE)
        target = self.tab.locator(selector).first
        target.wait_for(state="visible")
        box, window = target.bounding_box(), self.tab.viewport_size
        assert box["y"] >= 0, f"{selector} is not on the screen"
        assert box["y"] + box["height"] <= window["height"], f"{selector} is not on the screen"
        target.tap()
        self.taps += 1


def log_in(tab):
    tab.goto(f"/login/?next={HOME}")
    tab.fill("[name=username]", "worker")
    tab.fill("[name=password]", PASSWORD)
    tab.press("[name=password]", "Enter")
    tab.wait_for_url(f"**{HOME}")


def couple(tab):
    """Log in, couple, and wait until the shell is kept."""
    log_in(tab)
    tab.click("#koppelen [data-couple]")
    tab.wait_for_selector("body[data-ready] #contact:visible")
    until(tab, HAS_SHELL)


def choose_place(tab):
    """The first time one says where; later it is remembered."""
    tab.check("#contact [name=setting][value=straat]")
    tab.locator("#contact [name=neighbourhood]").first.check()


def save(tab, text):
    """Note a contact with this text; wait until the app says that it is saved."""
    tab.evaluate("() => document.querySelector('[data-said]').replaceChildren()")
    tab.fill("#contact-nota", text)
    tab.click("#contact .save .button")
    tab.wait_for_selector("[data-said] p:has-text('Bewaard')")


def until(tab, question):
    """Ask this again and again, a minute long; `wait_for_function` takes a promise itself for a yes."""
    end = time.monotonic() + 60
    while not tab.evaluate(question):
        assert time.monotonic() < end, question
        tab.wait_for_timeout(200)


def unsent(tab, count):
    """Wait until the app says that so many notes wait; it counts them after it said that the last one is saved."""
    words = f"{count} niet verstuurd"
    tab.wait_for_function("words => document.querySelector('[data-unsent]').innerText === words", arg=words)


def send_now(tab):
    """*Verstuur nu*. Not by a tap: the app sends by itself too, and the button goes away when nothing waits."""
    tab.evaluate("() => document.querySelector('[data-send]').click()")


def lock_out(context):
    """No login any more in this browser."""
    context.clear_cookies()


def in_drawer(tab):
    """The notes that wait, as they lie on the disk."""
    return tab.evaluate(NOTES)


def kept_addresses(tab):
    return sorted(set(tab.evaluate(KEPT)))


def shell_of(tab):
    """The addresses that the worker may keep, by its own text."""
    text = tab.evaluate("path => fetch(path).then((answer) => answer.text())", HOME + "sw.js")
    shell = json.loads(text.removeprefix("const SHELL = ").split(";\n", 1)[0])
    return sorted({shell["page"], *shell["files"]})

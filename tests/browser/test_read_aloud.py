"""Reading aloud: only with a voice of the device itself, one sentence at a time, and it can be stopped."""

import pytest

from tests.browser.pages import Page

POINTS = Page("points in French", "/fr/buurtpunten/")
pytestmark = [pytest.mark.journey, pytest.mark.slow]

# What a browser with voices does, without sound: it keeps what it was asked to say.
VOICES = """
globalThis.asked = [];
const voices = %s;
Object.defineProperty(globalThis, "speechSynthesis", {value: {
  getVoices: () => voices, addEventListener() {}, cancel() { globalThis.stopped = true; },
  speak(one) { asked.push([one.lang, one.text]); globalThis.current = one; },
}});
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_page_is_read_by_the_sentence(watched, walker):
    tab = watched(POINTS)
    tab.add_init_script(VOICES % '[{lang: "fr-BE", localService: true}, {lang: "nl-NL", localService: true}]')
    tab.goto(POINTS.path)
    tab.click("button.read")
    for _ in range(3):
        tab.evaluate("current.onend()")
    assert tab.evaluate("asked") == [
        ["fr", "Buurtpunten à"],
        ["nl", "Dendermonde"],
        ["fr", "Un buurtpunt est un lieu chaleureux dans le quartier."],
        ["fr", "Tout le monde est bienvenu."],
    ]
    assert tab.evaluate("CSS.highlights.has('read')") is True
    tab.click("text=Arrêter de lire")
    tab.evaluate("current.onend()")
    assert (len(tab.evaluate("asked")), tab.evaluate("stopped")) == (4, True)
    assert (tab.inner_text("button.read"), tab.evaluate("CSS.highlights.has('read')")) == (
        "Lire à voix haute",
        False,
    )


@pytest.mark.parametrize(
    "voices", ["[]", '[{lang: "fr-FR", localService: false}]', '[{lang: "nl-BE", localService: true}]']
)
def test_without_a_voice_of_the_device_there_is_no_button(watched, walker, voices):
    tab = watched(POINTS)
    tab.add_init_script(VOICES % voices)
    tab.goto(POINTS.path)
    assert tab.is_hidden("button.read")

"""What this machine has for browser checks: Chromium, Java, the HTML checker, Lighthouse; and the line that installs
the rest.

python3 tests/browser/machine.py      fetches the last two (30 and 180 MB, from npm) into .tools; CI does this first
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM_LINE = "Chromium ontbreekt: apt install chromium"
JAVA_LINE = "Java 17 ontbreekt: apt install default-jre-headless"
VNU_LINE = "De HTML-controle ontbreekt: python3 tests/browser/machine.py"

LIGHTHOUSE_LINE = "Lighthouse ontbreekt: python3 tests/browser/machine.py"

# Nothing of a browser of a person: no account, no updates, no other machines.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# A phone, for those who walk the site on one.
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "nl-BE"}

VNU_VERSION = "26.9.27"
VNU_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"
VNU_JAR = ROOT / ".tools" / f"vnu-{VNU_VERSION}.jar"
LIGHTHOUSE = Path(__file__).parent / "npm"


def chromium():
    """Path of a Chromium or Chrome, or None. KLAPKARRE_CHROMIUM names another one."""
    named = os.environ.get("KLAPKARRE_CHROMIUM")
    names = [named] if named else ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    return next((path for path in map(shutil.which, names) if path), None)


def java():
    """Path of Java 17 or newer, or None."""
    path = shutil.which("java")
    if not path:
        return None
    said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    return path if version and int(version[1]) >= 17 else None


def vnu_jar():
    """The HTML checker when it was fetched and is what we know, or None."""
    return VNU_JAR if VNU_JAR.is_file() and _digest(VNU_JAR) == VNU_SHA256 else None


def fetch_vnu():
    """Get the HTML checker with npm into .tools; returns its path, or None when npm is missing or fails."""
    if found := vnu_jar():
        return found
    if not (npm := shutil.which("npm")):
        return None
    VNU_JAR.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VNU_JAR.parent) as folder:
        subprocess.run(
            [npm, "pack", "--silent", f"vnu-jar@{VNU_VERSION}", "--pack-destination", folder],
            stdout=subprocess.DEVNULL,
            check=False,
        )
        packed = Path(folder) / f"vnu-jar-{VNU_VERSION}.tgz"
        if not packed.is_file():
            return None
        with tarfile.open(packed) as archive:
            archive.extract("package/build/dist/vnu.jar", folder, filter="data")
        # Two runs at once both end with the same whole file.
        (Path(folder) / "package/build/dist/vnu.jar").replace(VNU_JAR)
    return vnu_jar()


def lighthouse_folder():
    """Where Lighthouse lies; another lock is another place."""
    return ROOT / ".tools" / f"lighthouse-{_digest(LIGHTHOUSE / 'package-lock.json')[:12]}"


def lighthouse():
    """Path of Lighthouse when it was fetched, or None."""
    found = lighthouse_folder() / "node_modules" / ".bin" / "lighthouse"
    return str(found) if found.is_file() and shutil.which("node") else None


def fetch_lighthouse():
    """Get Lighthouse with npm into .tools, by its lock; returns its path, or None when npm is missing or fails."""
    if found := lighthouse():
        return found
    if not (npm := shutil.which("npm")):
        return None
    folder = lighthouse_folder()
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as other:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(LIGHTHOUSE / name, other)
        command = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=other, stdout=subprocess.DEVNULL, check=False)
        if done.returncode == 0 and not folder.exists():
            shutil.copytree(other, folder, symlinks=True)
    return lighthouse()


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def on_a_phone(address, chromium, role=""):
    """A tab on a phone at this site; with a role signed in with the button of the demo."""
    context = chromium.new_context(base_url=address, **PHONE)
    tab = context.new_page()
    if role:
        tab.goto("/login/")
        tab.click(f"button[value={role}]")
        tab.wait_for_url("**/werk/")
    yield tab
    context.close()


def plan_tomorrow(tab, title):
    """A worker plans a walk-in of tomorrow afternoon; gives its card in the list."""
    tab.goto("/werk/activiteiten/nieuw/")
    tab.fill("[name=title]", title)
    tab.fill("[name=where]", "Op het plein")
    tab.select_option("[name=neighbourhood]", index=1)
    tab.locator("label", has_text="Morgen").first.click()
    tab.select_option("[name=starts]", "14:00")
    tab.select_option("[name=ends]", "16:00")
    tab.press("[name=title]", "Enter")
    tab.wait_for_url("**/werk/activiteiten/")
    return tab.locator("li.card", has_text=title).last


if __name__ == "__main__":
    if not all([fetch_vnu(), fetch_lighthouse()]):
        sys.exit("De HTML-controle of Lighthouse kon niet opgehaald worden; is npm er?")

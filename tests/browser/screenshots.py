"""Pictures of each kind of page: phone, desktop, dark, and the kit in its other looks.

python -m tests.browser.screenshots http://localhost:8000 screenshots     (the demo must run there)
"""

import sys
from pathlib import Path

from tests.browser import machine
from tests.browser.pages import EVERY, Walker

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
LOOKS = {
    "phone": PHONE,
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "dark": PHONE | {"color_scheme": "dark"},
}
KIT_LOOKS = {
    "small": {"viewport": {"width": 320, "height": 568}},
    "forced": {"viewport": {"width": 390, "height": 844}, "forced_colors": "active"},
}


def main(base_url, out):
    """Write one picture per page and look into the folder `out`; returns the files. Says which pages it missed."""
    from playwright.sync_api import Error, sync_playwright

    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    files = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=machine.chromium(), args=machine.CHROMIUM_FLAGS)
        walker = Walker(base_url, browser)
        for page in EVERY:
            looks = LOOKS | KIT_LOOKS if page.name.startswith("kit") else LOOKS
            try:
                files += _pictures(walker, page, looks, out)
            except (AssertionError, Error) as missing:
                print(f"{page.name}: {str(missing).splitlines()[0]}", file=sys.stderr)
        browser.close()
    return files


def _pictures(walker, page, looks, out):
    files = []
    for look, options in looks.items():
        context = walker.context(page.who, **options)
        tab = context.new_page()
        tab.goto(walker.address(page))
        tab.evaluate("() => document.fonts.ready.then(() => true)")
        file = out / f"{page.name.replace(' ', '-')}-{look}.png"
        tab.screenshot(path=file, full_page=True)
        files.append(file)
        context.close()
    return files


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    for file in main(*sys.argv[1:]):
        print(file)

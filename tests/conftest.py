"""What all tests in a real browser share: one Playwright a process, since two do not run beside each other."""

import pytest

from tests.browser import machine


@pytest.fixture(scope="session")
def play(need):
    """Playwright with a Chromium on this machine: `play.chromium`, `play.path`."""
    path = machine.chromium()
    need(path, machine.CHROMIUM_LINE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        playwright.path = path
        yield playwright

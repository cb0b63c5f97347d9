"""The name of a browser as its owner knows it: 'Firefox op Android'. No version, nothing that follows anyone."""

from django.utils.translation import gettext as _

# The order counts: Edge says that it is Chrome, Chrome that it is Safari.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def _first(agent, names):
    return next((name for mark, name in names.items() if mark in agent), "")


def browser_of(agent):
    """Browser and system from what the browser says of itself."""
    browser, system = _first(agent, BROWSERS), _first(agent, SYSTEMS)
    if browser and system:
        return _("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("een onbekende browser")

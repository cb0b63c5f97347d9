"""A form about a row that a colleague may change at the same time."""

from typing import Any


class Versioned:
    """Put before KitForm; the form has a hidden field `version`."""

    data: Any

    def show_version(self, version):
        """The same form once more, now knowing what a colleague wrote."""
        typed = self.data.copy()
        typed["version"] = str(version)
        self.data = typed

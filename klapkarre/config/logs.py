"""What may stand in the log: never the link of a slip or an invitation, and a traceback only when the fault is ours."""

import logging
import re

KEY_IN_A_PATH = re.compile(r"((?:briefje|overdracht|uitnodiging)(?:/|%2F))[^\s'\"<>()]+", re.IGNORECASE)


def blank(text):
    """The text without what follows `/briefje/`, `/overdracht/` or `/uitnodiging/`: that is a key to something."""
    return KEY_IN_A_PATH.sub(r"\1…", text)


class OwnFaultsOnly(logging.Filter):
    """Blanks the links in each line; a refused request (an answer below 500) gets its line without a traceback."""

    def filter(self, record):
        record.msg, record.args = blank(record.getMessage()), ()
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        elif record.exc_info:
            record.exc_text = blank(logging.Formatter().formatException(record.exc_info))
        return True

"""Facts for programs that read our pages (JSON-LD in the words of schema.org), safe inside a script element."""

import json

from django.utils.safestring import SafeString

SCHEMA = "https://schema.org"
# Inside <script> nothing may look like HTML: the same letters as Django's own `json_script`.
ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def linked(facts):
    """These facts as JSON-LD. What is empty is left out: nothing is said of what nobody knows."""
    # Every character in it is JSON, and none of them is HTML.
    return SafeString(json.dumps({"@context": SCHEMA} | said(facts), ensure_ascii=False).translate(ESCAPED))


def said(facts):
    """The same facts without those that say nothing, also further in."""
    if isinstance(facts, dict):
        found = {name: said(value) for name, value in facts.items()}
        return {name: value for name, value in found.items() if value not in ("", None, [], {})}
    if isinstance(facts, list | tuple):
        return [said(value) for value in facts]
    return facts

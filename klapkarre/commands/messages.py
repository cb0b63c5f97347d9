"""`messages`: the words of residents' pages. Finds them in templates and code, and puts new ones in each catalog.

A word that is not translated yet stands there empty; the page then says it in Dutch. What no page says any more goes.
Needs no gettext on the machine: templates are read by Django's own parser, code by Python's.
"""

import ast
import re
from pathlib import Path
from typing import NamedTuple

from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from klapkarre.commands.words import say

ROOT = Path(__file__).parents[1]
# Who works here reads Dutch: these parts are no residents' pages. What is not named here is one.
STAFF = (
    "commands/",
    "config/",
    "sample/",
    "foundation/accounts/",
    "foundation/duties/",
    "foundation/people/",
    "foundation/voices/",
    "foundation/plain/",
    "foundation/kit/icons/",
    "foundation/kit/living.py",
    "foundation/kit/months.py",
    "foundation/kit/personal.py",
    "foundation/kit/pictures.py",
    "foundation/kit/refuse.py",
    "foundation/kit/scanning.py",
    "foundation/kit/sheets.py",
    "foundation/kit/sounds/",
    "foundation/kit/terms.py",
    "foundation/kit/templates/kit/living",
    "foundation/kit/templates/kit/no_pdf.html",
    "foundation/kit/templates/kit/sheet_card.html",
    "foundation/kit/templates/kit/sheet_languages.html",
    "foundation/kit/templates/kit/staff.html",
    "foundation/kit/uploads.py",
    "foundation/places/actions.py",
    "foundation/places/photos.py",
    "foundation/places/reading.py",
    "rooms/agenda/actions/afterwards.py",
    "rooms/agenda/actions/paper.py",
    "rooms/agenda/actions/repeating.py",
    "rooms/agenda/forms/afterwards.py",
    "rooms/agenda/forms/lists.py",
    "rooms/agenda/forms/paper.py",
    "rooms/agenda/forms/folding.py",
    "rooms/agenda/forms/planning.py",
    "rooms/agenda/forms/repeating.py",
    "rooms/agenda/forms/stops.py",
    "rooms/agenda/models/notices.py",
    "rooms/agenda/templates/agenda/paper/attendance_list.html",
    "rooms/agenda/templates/agenda/staff/",
    "rooms/agenda/translating.py",
    "rooms/agenda/views/afterwards.py",
    "rooms/agenda/views/handing_over.py",
    "rooms/agenda/views/lists.py",
    "rooms/agenda/views/own.py",
    "rooms/agenda/views/paper.py",
    "rooms/agenda/views/paper_back.py",
    "rooms/agenda/views/planning.py",
    "rooms/agenda/views/repeating.py",
    "rooms/agenda/views/stops.py",
    "rooms/counter/",
    "rooms/news/actions.py",
    "rooms/news/forms.py",
    "rooms/news/models.py",
    "rooms/outreach/",
    "windows/field/",
    "windows/results/",
    "windows/workday/",
)
# And these are, though they stand between the staff's: names of themes in calendars, faces in a neighbourhood,
# the paper of a point.
RESIDENTS = (
    "foundation/accounts/themes.py",
    "foundation/people/templates/people/face.html",
    "foundation/voices/templates/voices/players.html",
    "rooms/outreach/templates/outreach/paper/flyer.html",
    "windows/workday/templates/workday/paper/",
)
CALLS = {
    "gettext": (),
    "gettext_lazy": (),
    "gettext_noop": (),
    "ngettext": ("plural",),
    "ngettext_lazy": ("plural",),
    "pgettext": ("context",),
    "pgettext_lazy": ("context",),
    "npgettext": ("context", "plural"),
    "npgettext_lazy": ("context", "plural"),
}


class Message(NamedTuple):
    """What a translator gets: the Dutch, its plural if it has one, and a context when that tells words apart."""

    text: str
    plural: str = ""
    context: str | None = None

    @property
    def key(self):
        """By this a catalog knows it."""
        return self.context, self.text


def arguments(parser):
    parser.add_argument("--check", action="store_true", help="only say what misses")


def run(options):
    from klapkarre.commands.environment import set_up

    set_up()
    from klapkarre.foundation.kit import catalogs

    wanted = found()
    missing = 0
    for language in languages():
        if not options.check:
            renew(catalogs.path_of(language), wanted)
        rows = missing_in(language, wanted)
        missing += len(rows)
        for message in rows:
            print(f"{language}\t{message.text!r}")
    if not options.check:
        catalogs.compile_stale()
    say(
        f"{len(wanted)} zinnen, {missing} vertalingen te weinig.",
        f"{len(wanted)} messages, {missing} translations missing.",
    )
    return 1 if missing and options.check else 0


def languages():
    """The languages that need a catalog."""
    from klapkarre.foundation.kit.languages import FOREIGN

    return FOREIGN


def found():
    """Every message of residents' pages: key -> (message, the files that say it)."""
    messages = {}
    for path in files():
        look = in_code if path.suffix == ".py" else in_template
        for message in look(path):
            if not message.text:
                continue
            old, places = messages.get(message.key, (message, []))
            kept = old if old.plural else message
            messages[message.key] = kept, sorted({*places, path.relative_to(ROOT.parent).as_posix()})
    return messages


def files():
    """The code and the templates that make residents' pages."""
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("templates/**/*.html")]):
        name = path.relative_to(ROOT).as_posix()
        if (
            "/tests/" in name
            or "/migrations/" in name
            or "/staff/" in name
            or name.endswith("/staff.py")
            or "/management/" in name
        ):
            continue
        if name.startswith(RESIDENTS) or not name.startswith(STAFF):
            yield path


def in_code(path):
    """The messages of one Python file."""
    text = path.read_text(encoding="utf-8")
    if "gettext" not in text:
        return
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: CALLS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in CALLS
    }
    for node in _spoken(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield _message(path, node, names[node.func.id])


def _spoken(node):
    """Every node, but for the fields of a model and its `Meta`: their names are for who works on the program."""
    is_model = isinstance(node, ast.ClassDef) and any(
        ast.unparse(base).endswith(("models.Model", "Traits")) for base in node.bases
    )
    for child in ast.iter_child_nodes(node):
        if is_model and (isinstance(child, ast.Assign) or getattr(child, "name", "") == "Meta"):
            continue
        yield child
        yield from _spoken(child)


def _message(path, call, kind):
    texts = []
    for argument in call.args[: 1 + len(kind)]:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            if isinstance(argument, ast.JoinedStr | ast.BinOp):
                raise SystemExit(f"{path}:{call.lineno}: a message must be one plain text")
            return Message("")  # a word that was marked where it stands
        texts.append(argument.value)
    context = texts.pop(0) if "context" in kind else None
    return Message(texts[0], texts[1] if "plural" in kind else "", context)


def in_template(path):
    """The messages of one template, as its own tags would ask for them."""
    from django.template import engines
    from django.template.base import Template

    text = path.read_text(encoding="utf-8")
    if "translate" not in text:
        return
    tags = Template(text, engine=engines["django"].engine).nodelist
    for node in tags.get_nodes_by_type(TranslateNode | BlockTranslateNode):
        if isinstance(node, TranslateNode):
            literal = node.filter_expression.var.literal
            if isinstance(literal, str):
                yield Message(literal.replace("%%", "%"), context=_constant(node.message_context))
        elif isinstance(node, BlockTranslateNode):
            singular, _variables = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            yield Message(singular, plural, _constant(node.message_context))


def _constant(expression):
    """The context of a message, which is always a plain text."""
    return expression.resolve({}) if expression else None


def missing_in(language, wanted):
    """The messages that this language does not say, or says with a doubt."""
    from klapkarre.foundation.kit import catalogs

    said = {
        (entry.msgctxt, entry.msgid)
        for entry in read(catalogs.path_of(language))
        if entry.translated() and not entry.obsolete
    }
    return [message for key, (message, _places) in wanted.items() if key not in said]


def read(path):
    """The entries of one catalog."""
    import polib

    return polib.pofile(str(path), wrapwidth=110)


def renew(path, wanted):
    """Put what is new into a catalog, by the order of the pages, and take out what nobody says any more."""
    import polib

    old = read(path)
    by_key = {(entry.msgctxt, entry.msgid): entry for entry in old}
    new = polib.POFile(wrapwidth=110)
    new.metadata, new.header = old.metadata, old.header
    forms = int(re.search(r"nplurals=(\d)", old.metadata["Plural-Forms"])[1])
    for key, (message, places) in sorted(wanted.items(), key=lambda one: (one[1][1][0], one[0][1])):
        entry = by_key.get(key)
        if entry is None or bool(entry.msgid_plural) is not bool(message.plural):
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context)
            if message.plural:
                entry.msgstr_plural = dict.fromkeys(range(forms), "")
        entry.msgid_plural = message.plural
        entry.occurrences = [(place, "") for place in places]
        new.append(entry)
    new.save(str(path))

"""The layers of pyproject.toml, and what breaks them without an import: foreign keys, links, templates, migrations.

Every check is a function from plain facts to a list of sentences, so that a test can plant a violation.
"""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "klapkarre"


def contract(name):
    """One import contract of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return next(found for found in project["tool"]["importlinter"]["contracts"] if found["id"] == name)


def heights():
    """App label -> height; the higher one may use the lower one. Siblings have the same height."""
    found = {}
    for height, line in enumerate(reversed(contract("layers")["layers"])):
        for module in line.split("|"):
            found[module.strip().rpartition(".")[2]] = height
    return found


def may_use(user, used, levels=None):
    """May the app `user` know the app `used`? Apps that are not ours (auth, contenttypes) lie below everything."""
    levels = levels or heights()
    if user == used or used not in levels:
        return True
    return levels[user] > levels[used]


def foreign_key_faults(relations, levels=None):
    """`relations`: (app, field, app it points to, related_name)."""
    faults = []
    for app, field, target, related_name in relations:
        if not may_use(app, target, levels):
            faults.append(f"{field} points up or sideways to {target}")
        elif app != target and not (related_name or "").endswith("+"):
            faults.append(f"{field} points to {target}: give it related_name='+'")
    return faults


def dependency_faults(dependencies, levels=None):
    """`dependencies`: (app, migration, app that it depends on)."""
    return [
        f"{app}.{name} depends on {target}"
        for app, name, target in dependencies
        if not may_use(app, target, levels)
    ]


URL_TAG = re.compile(r"""\{%\s*url\s+["']([^"']+)["']""")
TEMPLATE_TAG = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def template_faults(app, text, levels=None):
    """Links and templates that one template takes from where it may not."""
    names = [name.split(":")[0] for name in URL_TAG.findall(text) if ":" in name]
    folders = [name.split("/")[0] for name in TEMPLATE_TAG.findall(text)]
    return [f"template of {app} uses {used}" for used in names + folders if not may_use(app, used, levels)]


NAMES_A_ROUTE = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
NAMES_A_TEMPLATE = {"render", "render_to_string", "get_template"}


def source_faults(app, text, levels=None):
    """Routes, templates and models that one module names in a string where it may not."""
    faults = []
    for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
        called = getattr(call.func, "attr", getattr(call.func, "id", ""))
        strings = [
            one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if called in NAMES_A_ROUTE:
            used = [one.split(":")[0] for one in strings[:1] if ":" in one]
        elif called in NAMES_A_TEMPLATE:
            used = [one.split("/")[0] for one in strings[:1] if "/" in one]
        elif called == "get_model":
            used = [one.split(".")[0] for one in strings[:1]]
        else:
            continue
        faults += [f"{app} names {one} in {called}()" for one in used if not may_use(app, one, levels)]
    return faults


def app_folders():
    """App label -> folder, for every app of ours."""
    folders = [path.parent for path in PACKAGE.glob("*/*/apps.py")]
    return {folder.name: folder for folder in sorted(folders)}

"""The direction of the layers holds, also where no import shows it. Each check is seen to fail first."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture import layers

LEVELS = {"kit": 0, "places": 1, "accounts": 2, "agenda": 4, "outreach": 4, "website": 5}


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("klapkarre.")]


def relations():
    for model in our_models():
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many):
            if field.related_model:
                name = f"{model._meta.label}.{field.name}"
                target = field.related_model._meta.app_label
                yield model._meta.app_label, name, target, field.remote_field.related_name


def lint_imports(folder):
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [program, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
    )


def test_imports_obey_the_layers():
    result = lint_imports(layers.ROOT)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("foundation/places/models.py", "klapkarre.rooms.agenda"),
        ("rooms/agenda/views.py", "klapkarre.rooms.outreach.models"),
        ("windows/website/views.py", "klapkarre.windows.workday"),
        ("rooms/agenda/models.py", "klapkarre.rooms.agenda.forms"),
    ],
)
def test_a_planted_import_is_found(tmp_path, module, imported):
    shutil.copy(layers.ROOT / "pyproject.toml", tmp_path)
    for path in layers.PACKAGE.rglob("*.py"):
        copy = tmp_path / path.relative_to(layers.ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    (tmp_path / "klapkarre" / module).write_text(f"import {imported}\n")
    (tmp_path / "klapkarre/rooms/agenda/forms.py").touch()
    result = lint_imports(tmp_path)
    assert result.returncode == 1
    assert "BROKEN" in result.stdout


def test_every_app_stands_in_a_contract():
    ours = {config.name for config in apps.get_app_configs() if config.name.startswith("klapkarre.")}
    in_layers = {
        module.strip()
        for line in layers.contract("layers")["layers"]
        for module in line.split("|")
        if module.strip().count(".") == 2
    }
    assert in_layers == ours
    assert set(layers.contract("inside")["containers"]) == ours


def test_foreign_keys_point_down_and_leave_no_name_behind():
    assert layers.foreign_key_faults(relations()) == []


def test_a_planted_foreign_key_is_found():
    planted = [
        ("places", "Place.activity", "agenda", "+"),
        ("agenda", "Activity.contact", "outreach", "+"),
        ("agenda", "Activity.place", "places", "activities"),
        ("agenda", "Activity.team", "accounts", None),
        ("agenda", "SignUp.activity", "agenda", "signups"),
        ("agenda", "Activity.owner", "auth", "+"),
    ]
    assert [fault.split()[0] for fault in layers.foreign_key_faults(planted, LEVELS)] == [
        "Place.activity",
        "Activity.contact",
        "Activity.place",
        "Activity.team",
    ]


def undone(state):
    """Our apps whose migrations do not say what their models say. In no language, as migrations are written."""
    loader = MigrationLoader(None)
    with translation.override(None):
        found = MigrationAutodetector(loader.project_state(), state).changes(loader.graph)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("klapkarre.")}
    return sorted(ours & set(found))


def test_models_and_migrations_agree():
    found = undone(ProjectState.from_apps(apps))
    assert found == [], "write the migration of this app, as CONTRIBUTING.md says"


def test_a_planted_field_without_its_migration_is_found():
    state = ProjectState.from_apps(apps)
    state.add_field("people", "person", "planted", models.DateField(null=True), preserve_default=True)
    assert undone(state) == ["people"]


def test_migrations_depend_downwards():
    loader = MigrationLoader(None)
    dependencies = [
        (app, name, "accounts" if target == "__setting__" else target)
        for (app, name), migration in loader.disk_migrations.items()
        if migration.__module__.startswith("klapkarre.")
        for target, _ in migration.dependencies
    ]
    assert layers.dependency_faults(dependencies) == []


def test_a_planted_dependency_is_found():
    planted = [("places", "0002_x", "agenda"), ("agenda", "0001_initial", "places")]
    assert layers.dependency_faults(planted, LEVELS) == ["places.0002_x depends on agenda"]


@pytest.mark.slow
@pytest.mark.parametrize("app", sorted(layers.app_folders()))
def test_templates_and_strings_name_nothing_above(app):
    folder = layers.app_folders()[app]
    faults = []
    for path in folder.rglob("*.html"):
        faults += [f"{path.name}: {fault}" for fault in layers.template_faults(app, path.read_text())]
    for path in folder.rglob("*.py"):
        if "tests" not in path.parts:
            faults += [f"{path.name}: {fault}" for fault in layers.source_faults(app, path.read_text())]
    assert faults == []


def test_a_planted_link_is_found():
    text = """{% extends "kit/page.html" %}{% url 'agenda:list' %}{% url "healthz" %}{% include "website/a.html" %}"""
    assert layers.template_faults("accounts", text, LEVELS) == [
        "template of accounts uses agenda",
        "template of accounts uses website",
    ]
    assert layers.template_faults("website", text, LEVELS) == []


def test_a_planted_string_is_found():
    text = (
        "redirect('website:home')\nreverse('agenda:list')\napps.get_model('outreach.Contact')\n"
        "render(request, 'website/x.html')\nrender_to_string('outreach/x.html')\nprint('website:home')\n"
    )
    assert layers.source_faults("agenda", text, LEVELS) == [
        "agenda names website in redirect()",
        "agenda names outreach in get_model()",
        "agenda names website in render()",
        "agenda names outreach in render_to_string()",
    ]

"""The tree says what it is: room READMEs, file names, dependencies and settings that are written down."""

import re
import subprocess
import tomllib

import pytest
from django.apps import apps

from tests.architecture import layers

BANNED = {"services", "utils", "helpers", "managers", "signals"}
# In two halves, so that this file does not find itself.
ONE_MACHINE = [
    "/wor" + "k/",
    "/roo" + "t/",
    "pypi" + ".org",
    "pythonhosted" + ".org",
    "registry.npm" + "js.org",
]
LONGEST = 400  # lines of one source file; a longer one holds two things


def readme_faults(text, models):
    """At most 25 lines, and every model by its name."""
    faults = [f"{len(text.splitlines())} lines, at most 25"] if len(text.splitlines()) > 25 else []
    return faults + [f"{model} is not named" for model in models if not re.search(rf"\b{model}\b", text)]


@pytest.mark.parametrize("app", sorted(layers.app_folders()))
def test_each_app_says_what_it_is(app):
    readme = layers.app_folders()[app] / "README.md"
    assert readme.is_file(), f"{app} has no README.md"
    assert (
        readme_faults(readme.read_text(), [model.__name__ for model in apps.get_app_config(app).get_models()])
        == []
    )


def test_a_planted_readme_is_found():
    assert readme_faults("Keeps `Place`.\n", ["Place", "Closure"]) == ["Closure is not named"]
    assert readme_faults("a\n" * 26, []) == ["26 lines, at most 25"]


def name_faults(paths):
    """File and folder names that say nothing about what is in them."""
    return [str(path) for path in paths if BANNED & {part.removesuffix(".py") for part in path.parts}]


def test_no_file_is_named_after_nothing():
    paths = [path.relative_to(layers.ROOT) for path in layers.PACKAGE.rglob("*.py")]
    assert len(paths) > 50
    assert name_faults(paths) == []


def test_a_planted_name_is_found(tmp_path):
    planted = [
        tmp_path / "agenda" / "services.py",
        tmp_path / "utils" / "days.py",
        tmp_path / "agenda" / "models.py",
    ]
    assert name_faults(planted) == [str(path) for path in planted[:2]]


def test_the_kit_has_no_models():
    assert list(apps.get_app_config("kit").get_models()) == []


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=layers.ROOT, capture_output=True, text=True, check=False
    )
    return [layers.ROOT / name for name in listed.stdout.split("\0") if name]


def machine_faults(files):
    """Files (name, bytes) that name a path or a registry of one machine."""
    return [f"{name}: {word}" for name, content in files for word in ONE_MACHINE if word.encode() in content]


def test_no_file_names_one_machine(need):
    files = [path for path in tracked() if path.is_file()]
    need(files, "git: the list of files comes from git; run this in a clone")
    assert machine_faults((path.name, path.read_bytes()) for path in files) == []


def test_a_planted_machine_is_found():
    assert machine_faults([("a.py", b"open('" + ONE_MACHINE[0].encode() + b"x')"), ("b.py", b"x")]) == [
        f"a.py: {ONE_MACHINE[0]}"
    ]


def test_files_are_short(need):
    files = [
        path
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts and path.is_file()
    ]
    need(files, "git: the list of files comes from git; run this in a clone")
    assert [path.name for path in files if len(path.read_text().splitlines()) > LONGEST] == []


def names(lines):
    """The package names of requirement lines, as the lock spells them."""
    return {re.match(r"[a-z0-9.-]+", line).group().replace(".", "-") for line in lines}


def direct_dependencies():
    project = tomllib.loads((layers.ROOT / "pyproject.toml").read_text())
    return names(project["project"]["dependencies"] + project["dependency-groups"]["dev"])


def test_every_dependency_has_its_reason():
    text = (layers.ROOT / "docs/dependencies.md").read_text()
    listed = re.findall(r"^- \*\*([a-z0-9.-]+)\*\*", text, re.MULTILINE)
    assert sorted(name.replace(".", "-") for name in listed) == sorted(direct_dependencies())


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_the_lock_holds_every_dependency_with_its_hash(lock):
    project = tomllib.loads((layers.ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"]
    if "dev" in lock:
        wanted = wanted + project["dependency-groups"]["dev"]
    pins = re.findall(
        r"^([a-z0-9-]+)==\S+(?: ;[^\\\n]*)? \\\n +--hash=sha256:",
        (layers.ROOT / lock).read_text(),
        re.MULTILINE,
    )
    assert names(wanted) - set(pins) == set()


def test_every_setting_is_documented():
    settings = (layers.PACKAGE / "config/settings.py").read_text()
    read = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", settings))
    documented = set(re.findall(r"^#? ?([A-Z_]+)=", (layers.ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == documented

"""`./kar` on machines that lack something. Needs the network of a first start, so only `--all` runs it.

Each machine is a PATH of its own: the tools that a shell has, and the programs that this case adds.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = [
    "sh",
    "sed",
    "sort",
    "cut",
    "cat",
    "cksum",
    "date",
    "id",
    "getent",
    "grep",
    "rm",
    "mkdir",
    "dirname",
    "tr",
    "uname",
    "chmod",
    "env",
    "head",
]

pytestmark = pytest.mark.slow


@pytest.fixture
def clone(tmp_path):
    """What git has, in a folder with a space in its name."""
    folder = tmp_path / "een kloon"
    subprocess.run(["git", "clone", "-q", ROOT, folder], check=True)
    shutil.copy(ROOT / "kar", folder)
    return folder


@pytest.fixture
def machine(tmp_path):
    """`machine(python3="#!/bin/sh ...")`: a PATH with the tools of a shell and these programs, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in TOOLS:
        (folder / name).symlink_to(shutil.which(name))

    def machine(**programs):
        for name, text in programs.items():
            path = folder / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)
        return {"PATH": str(folder), "HOME": str(tmp_path)}

    return machine


def real():
    """The Python that runs these tests, outside its environment."""
    return Path(sys._base_executable)


def kar(folder, environment, *arguments):
    return subprocess.run(
        ["./kar", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def well(result):
    assert result.returncode == 0, result.stderr
    return result


TOO_OLD = 'case "$*" in --version) echo Python 3.11.2;; *) exit 1;; esac'
BROKEN = "echo 'pyenv: command not found' >&2; exit 127"
NO_PIP = 'case "$*" in "-m pip"*) exit 1;; esac; exec %s "$@"'


def test_a_shell_without_anything_says_what_to_install(clone, machine):
    result = kar(clone, machine(), "demo")
    assert result.returncode == 1
    assert "Python 3.12" in result.stderr
    assert "apt install python3" in result.stderr
    english = kar(clone, machine() | {"LANG": "en_GB.UTF-8"}, "demo")
    assert "The environment is not ready" in english.stderr


def test_help_and_mistakes_need_no_environment(clone, machine):
    assert "./kar demo" in well(kar(clone, machine(), "help")).stdout
    assert "./kar demo" in well(kar(clone, machine(), "demo", "--help")).stdout
    assert kar(clone, machine(), "dans").returncode == 2
    assert kar(clone, machine()).returncode == 2
    assert not (clone / ".venv").exists()


def test_a_python_that_is_too_old_or_a_shim_is_passed_over(clone, machine):
    environment = machine(python3=TOO_OLD, python3_13=BROKEN, uv=BROKEN, python=f'exec {real()} "$@"')
    result = well(kar(clone, environment, "retention", "--help"))
    assert result.stdout.startswith("Klapkarre")
    result = well(kar(clone, environment, "manage", "version"))
    assert "Omgeving klaar in" in result.stderr
    assert result.stdout.startswith("6.1")
    assert {path.name for path in clone.iterdir()} <= {path.name for path in ROOT.iterdir()} | {
        ".venv",
        ".tools",
        "data",
    }


def test_a_second_start_skips_the_set_up(clone, machine):
    environment = machine(python3=f'exec {real()} "$@"')
    well(kar(clone, environment, "manage", "version"))
    # No Python and no network are needed any more: the environment is there.
    again = well(kar(clone, machine(python3=BROKEN), "manage", "version"))
    assert again.stderr == ""


def test_a_changed_lock_renews_the_environment(clone, machine):
    environment = machine(python3=f'exec {real()} "$@"')
    well(kar(clone, environment, "manage", "version"))
    with (clone / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    assert "Omgeving klaar" in well(kar(clone, environment, "manage", "version")).stderr


def test_without_uv_and_without_pip(clone, machine):
    """Python makes the environment with its own pip, when it has one inside (ensurepip)."""
    result = well(kar(clone, machine(python3=NO_PIP % real()), "manage", "version"))
    assert "Omgeving klaar in" in result.stderr


def test_with_uv_and_without_pip(clone, machine, tmp_path):
    """The first run fetches uv; the second machine has that one on its PATH, and needs no pip."""
    well(kar(clone, machine(python3=f'exec {real()} "$@"'), "manage", "version"))
    assert (clone / ".tools/uv/bin/uv").is_file(), "pip of this Python could not fetch uv"
    (clone / ".tools").rename(tmp_path / "tools")
    shutil.rmtree(clone / ".venv")
    environment = machine(python3=NO_PIP % real(), uv=f'exec {tmp_path}/tools/uv/bin/uv "$@"')
    assert "Omgeving klaar in" in well(kar(clone, environment, "manage", "version")).stderr
    assert not (clone / ".tools").exists()

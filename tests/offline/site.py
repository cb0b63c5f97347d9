"""A small installation for tests of the field app: filled once, started, stopped and killed as a test likes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

from tests.browser.machine import ROOT


class Site:
    """`with Site(folder, phones=4) as site`: a server at `site.address`, the same one after each start."""

    def __init__(self, folder, phones=0, fault=None):
        self.folder, self.phones, self.fault, self.process = folder, phones, fault, None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://localhost:{self.port}"

    def environment(self):
        ours = ("KLAPKARRE_", "DATABASE_", "CACHE_URL", "EMAIL_URL", "DJANGO_", "PYTEST_")
        clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        return clean | {
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "klapkarre.config.settings",
            "KLAPKARRE_DATA": str(self.folder / "data"),
            "KLAPKARRE_KEY_FILE": str(self.folder / "klapkarre.keys"),
            "KLAPKARRE_DEMO": "1",
            "KLAPKARRE_TIME_TRAP": "0",
            # Each history is an address of its own.
            "KLAPKARRE_TRUSTED_PROXIES": "1",
        }

    def _run(self, *arguments):
        return [sys.executable, "-m", *arguments]

    @property
    def facts_file(self):
        return self.folder / "facts.json"

    @property
    def facts(self):
        return json.loads(self.facts_file.read_text())

    def fill(self):
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        command = self._run("tests.offline.fill", str(self.phones), str(self.facts_file))
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def copy(self, folder, fault=None):
        """The same town somewhere else, as it is now; this one must not be running."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return Site(folder, self.phones, fault)

    def start(self):
        command = self._run("tests.offline.serve", str(self.port), *([self.fault] if self.fault else []))
        self.log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment(), stdout=self.log, stderr=self.log
        )
        for _ in range(1200):
            assert self.process.poll() is None, (self.folder / "server.log").read_text()[-2000:]
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=20).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        if self.process:
            self.log.close()
        self.process = None

    __enter__ = start

    def __exit__(self, *_error):
        self.stop()

    def ask(self, verb, **asked):
        """Through the side door: see `serve.VERBS`."""
        request = urllib.request.Request(
            f"{self.address}/_proef/{verb}", json.dumps(asked).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

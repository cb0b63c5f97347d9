"""A real installation in a folder, for tests that run its commands as processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).parents[2]


class Installation:
    """A folder with `.env`, data and key file, and the commands in it."""

    def __init__(self, folder, **more):
        self.folder, self.more = folder, more

    def settings(self):
        """What `.env` says: for a program of the test, which does not read it by itself."""
        return dotenv_values(self.folder / ".env")

    def environment(self, **more):
        general = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}
        return general | {"DJANGO_SETTINGS_MODULE": "klapkarre.config.settings"} | self.more | more

    def run(self, *arguments, stdin="", **more):
        command = [sys.executable, *arguments]
        options = {"cwd": self.folder, "capture_output": True, "text": True, "check": False}
        return subprocess.run(command, env=self.environment(**more), input=stdin, timeout=120, **options)

    def start(self, *arguments, **more):
        """A process that goes on by itself."""
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=self.folder, env=self.environment(**more), text=True, **pipes
        )

    def kar(self, *arguments, stdin="", **more):
        return self.run("-m", "klapkarre", *arguments, stdin=stdin, **more)

    def begin(self, password):
        """`./kar init`: an organisation and its first administrator."""
        flags = ("--host", "localhost", "--organisation", "Buurtwerk vzw", "--admin", "beheer")
        started = self.kar("init", *flags, "--password-file", "-", stdin=f"{password}\n")
        assert started.returncode == 0, started.stderr

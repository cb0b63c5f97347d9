"""Servers of the benchmarks: granian as `./kar serve` starts it, ours and the floors alike, on loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One granian with its workers; `with Server(...)` waits until it answers and ends it afterwards."""

    def __init__(self, target, folder, workers=1, interface="wsgi"):
        self.target, self.folder, self.workers, self.interface = target, folder, workers, interface
        self.port = free_port()

    def __enter__(self):
        self.log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "bench.servers",
                self.target,
                str(self.port),
                str(self.workers),
                self.interface,
            ],
            env=environment(self.folder),
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
            else:
                return self
        self.__exit__()
        raise RuntimeError(f"{self.target} does not start: see {self.folder / 'server.log'}")

    def __exit__(self, *_error):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(10)
        self.log.close()

    def cpu(self):
        """Seconds of processor time of this server and its workers so far."""
        total = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                facts = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(facts[2]) == self.process.pid:
                total += int(facts[11]) + int(facts[12])
        return total / TICK


def environment(folder):
    """A production-like installation in a folder of its own: no demo, no debug, plain HTTP behind one proxy."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KLAPKARRE_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "klapkarre.config.settings",
        "DATABASE_URL": "",
        "KLAPKARRE_DATA": str(folder),
        "KLAPKARRE_KEY_FILE": str(folder / "bench.keys"),
        "KLAPKARRE_SECRET_KEY": "bench-" + "k" * 50,
        "KLAPKARRE_HOSTS": "localhost,.bench.test",
        "KLAPKARRE_HTTPS": "0",
        "KLAPKARRE_TIME_TRAP": "0",
        "KLAPKARRE_TRUSTED_PROXIES": "1",
    }


def serve(target, port, workers, interface):
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # The same as klapkarre/commands/server.py.
    Granian(
        target,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces(interface),
        workers=int(workers),
        blocking_threads=4 if interface == "wsgi" else None,
        websockets=False,
        backlog=1024,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


if __name__ == "__main__":
    serve(*sys.argv[1:])

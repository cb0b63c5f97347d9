"""The web server: granian with processes for the cores and threads for the slow pages."""

import errno
import http.client
import socket
import sys
import threading
import time
from importlib import import_module

from klapkarre.commands.words import say

WORKERS = 2  # processes, unless `--workers` says otherwise


def free(address, port):
    """Can a server listen here? Says so when not, with what to do."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                say(
                    f"Poort {port} is al in gebruik. Stop het andere programma, of kies een andere poort:"
                    f" KLAPKARRE_PORT={port + 1}.",
                    f"Port {port} is in use. Stop the other program, or choose another port:"
                    f" KLAPKARRE_PORT={port + 1}.",
                )
            else:
                say(
                    f"Op {address}:{port} kan ik niet luisteren: {error.strerror}.",
                    f"Cannot listen on {address}:{port}: {error.strerror}.",
                )
            return False
    return True


def serve(address, port, workers, ready):
    """Serve until a signal comes; `ready()` is called once, when the first page answers.

    Four threads for each worker: one slow report then holds up nobody (measured; see docs/decisions/0004).
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "klapkarre.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        websockets=False,
        backlog=1024,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    loader = load_once() if sys.platform == "linux" else None
    threading.Thread(target=_wait, args=(address, port, ready), daemon=True).start()
    server.serve(target_loader=loader)


def load_once():
    """Load the program here, so that the workers share it: half the time to start, and far less memory."""
    import multiprocessing

    from django.db import connections

    from klapkarre.config.wsgi import application

    import_module("klapkarre.config.urls")
    connections.close_all()  # a connection must not cross a fork
    multiprocessing.set_start_method("fork", force=True)
    return lambda target: application


def _wait(address, port, ready):
    """Ask until an answer comes, in a thread, while the workers are forked.

    With a bare connection: an opener of urllib also prepares TLS, and a worker that is forked at that moment gets the
    lock of OpenSSL held by nobody. Its first keyed hash then waits for ever, with the write lock of the database.
    """
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    for _ in range(1500):  # half a minute and more
        time.sleep(0.02)
        connection = http.client.HTTPConnection(host, port, timeout=20)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()  # any answer is one: a host name that is not ours, for instance
        except (OSError, http.client.HTTPException):
            continue
        finally:
            connection.close()
        ready()
        return


def bind_argument(parser, default):
    """`--bind ADDRESS:PORT`, the same for every command that serves."""
    parser.add_argument("--bind", default=default, metavar="ADDRESS[:PORT]")
    parser.add_argument("--workers", type=int, default=WORKERS, metavar="N")


def split_bind(bind, port):
    """`[::1]:8000`, `0.0.0.0:80`, `0.0.0.0` or `:8001` as address and port. Raises ValueError."""
    address, colon, given = bind.rpartition(":")
    if not colon or (bind.startswith("[") and bind.endswith("]")):
        address, given = bind, ""
    return address.strip("[]") or "127.0.0.1", int(given) if given else port

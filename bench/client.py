"""A small HTTP/1.1 client with persistent connections: one thread, sockets and a selector, about 20 µs a request.

Small on purpose: whatever the client costs flatters the slower of two servers, since both are measured with it.
"""

import collections
import random
import re
import selectors
import socket
import time
from dataclasses import dataclass, field

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Run:
    """What one round of requests gave. Latencies in seconds."""

    seconds: float = 0
    latencies: list = field(default_factory=list)
    statuses: collections.Counter = field(default_factory=collections.Counter)

    @property
    def n(self):
        return len(self.latencies)

    @property
    def rate(self):
        return self.n / self.seconds if self.seconds else 0


def request(method, path, host="localhost", headers=(), body=b""):
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def from_anywhere():
    """A header that says another address each time: limits count per address."""
    number = random.randrange(1 << 24)
    return f"X-Forwarded-For: 10.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def fetch(port, sent):
    """One request on a connection of its own; gives status, headers and body as bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(sent)
        received = b""
        while not _complete(received):
            more = connection.recv(1 << 20)
            if not more:
                break
            received += more
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), head, body


def _complete(received):
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return 0
    length = LENGTH.search(received, 0, end + 2)
    size = end + 4 + (int(length[1]) if length else 0)
    return size if len(received) >= size else 0


class _Connection:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received, self.began = b"", None

    def send(self, sent, began):
        self.received, self.began = b"", began
        self.socket.sendall(sent)

    def read(self):
        """The status when the answer is complete, else None."""
        more = self.socket.recv(1 << 20)
        if not more:
            raise ConnectionError("the server closed the connection")
        self.received += more
        if not _complete(self.received):
            return None
        return int(self.received[9:12])


def drive(port, make, seconds, connections=8, rate=None):
    """Send requests from `make()` during some seconds. Without `rate` each connection sends as soon as it may.

    With `rate` (requests a second) every request has its moment, and latency counts from that moment on, so that a
    stall is not hidden by the requests that were never sent.
    """
    run, idle = Run(), []
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            one = _Connection(port)
            selector.register(one.socket, selectors.EVENT_READ, one)
            idle.append(one)
        began = time.perf_counter()
        sent = busy = 0
        while True:
            now = time.perf_counter()
            open_ = now - began < seconds
            while idle and open_ and (rate is None or sent / rate <= now - began):
                # In turn: the server closes a connection that says nothing for long.
                idle.pop(0).send(make(), began + sent / rate if rate else time.perf_counter())
                sent, busy = sent + 1, busy + 1
            if not open_ and not busy:
                break
            for key, _events in selector.select(0.001 if rate else 1):
                status = key.data.read()
                if status is not None:
                    run.latencies.append(time.perf_counter() - key.data.began)
                    run.statuses[status] += 1
                    idle.append(key.data)
                    busy -= 1
        run.seconds = time.perf_counter() - began
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return run


def share(values, part):
    """The value below which this part of the values lies: `share(latencies, 0.99)` is the p99."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]

"""Many at once: two hundred visitors on a full agenda, and a program that sends a form a thousand times a minute."""

import itertools
import random
import sqlite3
import statistics
import threading
import uuid
from urllib.parse import urlencode

from bench import data
from bench.client import drive, request, share
from bench.servers import Server

VISITORS = 200
ACTIVITIES = 5000
A_MINUTE = 1000
OUR_SERVER = "klapkarre.config.wsgi:application"


def crowd(folder, keep, unseen, pages):
    """The agenda of a town with 5,000 activities and 200 visitors who all wait for an answer: the first pages of the
    list, kept and made anew, beside the bytes of the first page from a bare callable. Processor time and p99.
    """
    data.prepare(folder.path, "crowd", ACTIVITIES)
    agenda = folder.facts["pages"]["agenda"]
    more = f"{agenda}{'&' if '?' in agenda else '?'}pagina="
    paths = [agenda, *(f"{more}{number}" for number in range(2, 11))]
    with Server(OUR_SERVER, folder.path, workers=2) as ours, Server(pages, folder.path, workers=2) as bare:
        size = keep(ours, agenda)
        sides = {
            "kept": (ours, lambda: request("GET", random.choice(paths), headers=("Accept-Encoding: gzip",))),
            "anew": (ours, lambda: unseen(random.choice(paths))),
            "floor": (bare, lambda: request("GET", agenda, headers=("Accept-Encoding: gzip",))),
        }
        found = {name: [] for name in sides}
        for round_ in range(folder.rounds + 1):
            for name, (server, make) in sides.items():
                cpu = server.cpu()
                run = drive(server.port, make, 3 if round_ else 1, connections=VISITORS)
                if set(run.statuses) != {200}:
                    raise RuntimeError(f"{name}: {dict(run.statuses)}")
                if round_:  # the first one only warms up
                    found[name].append(
                        (1000 * (server.cpu() - cpu) / run.n, 1000 * share(run.latencies, 0.99))
                    )
    of_floor, p99_of_floor = (statistics.median(column) for column in zip(*found["floor"], strict=True))
    for name in ("kept", "anew"):
        cpu, p99 = (statistics.median(column) for column in zip(*found[name], strict=True))
        yield folder.line(
            f"crowd.{name}",
            cpu,
            "cpu ms",
            of_floor,
            of_floor / cpu,
            p99_ms=round(p99, 1),
            floor_p99_ms=round(p99_of_floor, 1),
            visitors=VISITORS,
            activities=ACTIVITIES,
            bytes=size,
        )


def flood(folder, seconds=60):
    """One address sends sign-up forms a thousand times a minute, in turn for every activity of a team; others read and
    sign up meanwhile.

    The line says what others wait, calm and during the flood. It breaks when another than the flooding address is
    refused, when the flooding address is not, or when a seat that was promised is not there exactly once.
    """
    facts, paths = folder.facts, itertools.cycle(folder.facts["sign_up"])
    calm, during = [], []
    with Server(OUR_SERVER, folder.path, workers=2) as server:
        drive(server.port, lambda: _other(facts), 2, rate=20)
        calm += drive(server.port, lambda: _other(facts), max(5, seconds // 4), rate=20).latencies
        before = _seats(folder)
        flooding = []
        thread = threading.Thread(
            target=lambda: flooding.append(
                drive(
                    server.port, lambda: _sign_up(facts, next(paths), "10.9.9.9"), seconds, rate=A_MINUTE / 60
                )
            )
        )
        thread.start()
        sent = []
        others = drive(server.port, lambda: _other(facts, sent), seconds, rate=20)
        during += others.latencies
        thread.join()
        after = _seats(folder)
    [one] = flooding
    promised = one.statuses[302] + len(sent)
    if set(others.statuses) - {200, 302}:
        raise RuntimeError(f"others were refused: {dict(others.statuses)}")
    if set(one.statuses) != {302, 429}:
        raise RuntimeError(f"one address, {one.n} times: {dict(one.statuses)}")
    if after - before != promised:
        raise RuntimeError(f"{promised} seats were promised, {after - before} are there")
    yield folder.line(
        "flood.p95",
        1000 * share(during, 0.95),
        "ms",
        1000 * share(calm, 0.95),
        share(during, 0.95) / share(calm, 0.95),
        n=one.n,
        let_in=one.statuses[302],
        refused=one.statuses[429],
        others=others.n,
        seats=after - before,
    )


def _other(facts, sent=None):
    """What someone else does: mostly read, one time in ten sign up, each from an address of their own."""
    if sent is not None and random.random() < 0.1:
        number = random.randrange(1 << 24)
        sent.append(number)
        address = f"10.{100 + (number >> 16) % 100}.{number >> 8 & 255}.{number & 255}"
        return _sign_up(facts, random.choice(facts["sign_up"]), address)
    return request("GET", random.choice(list(facts["pages"].values())), headers=("Accept-Encoding: gzip",))


def _sign_up(facts, path, address):
    """The sign-up form with a key of its own, from this address."""
    given = {"name": "Fientje Voorbeeld", "csrfmiddlewaretoken": "c" * 32, "key": str(uuid.uuid4())}
    headers = (f"X-Forwarded-For: {address}", f"Cookie: {facts['csrf']}")
    return request("POST", path, headers=headers, body=urlencode(given).encode())


def _seats(folder):
    """How many sign-ups there are, read past the server."""
    database = sqlite3.connect(folder.path / "klapkarre.sqlite3")
    try:
        return database.execute("SELECT count(*) FROM agenda_signup").fetchone()[0]
    finally:
        database.close()

"""What is measured. Each case gives the fields of its line: value, unit, floor, ratio and what explains them."""

import itertools
import json
import random
import shutil
import statistics
import time
import uuid
from functools import partial
from urllib.parse import urlencode

from bench import crowds, day, floors, inside
from bench.client import drive, fetch, from_anywhere, request, share
from bench.servers import Server

GZIP = ("Accept-Encoding: gzip",)
PART = 0.7  # seconds of one turn
_numbers = itertools.count()


class Folder:
    """One filled folder with its facts and the number of rounds."""

    def __init__(self, path, size, rounds):
        self.path, self.size, self.rounds = path, size, rounds
        self.facts = json.loads((path / "facts.json").read_text())

    def line(self, name, value, unit, floor, ratio, **more):
        return {
            "name": name,
            "size": self.size,
            "value": round(value, 3),
            "unit": unit,
            "floor": round(floor, 3),
            "ratio": round(ratio, 3),
            **more,
            "rounds": self.rounds,
        }


def turns(folder, sides, connections=8, before=None):
    """Let the sides take turns, in another order each round; gives for each side rates, CPU and latencies.

    `sides` maps a name to (server, make). `before()` is done before each turn, outside what is measured.
    """
    found = {name: {"rates": [], "cpu": [], "latencies": [], "n": 0} for name in sides}
    for server, make in sides.values():
        drive(server.port, make, 0.3, connections)
    for round_ in range(folder.rounds):
        names = list(sides) if round_ % 2 else list(reversed(sides))
        for name in names:
            server, make = sides[name]
            if before:
                before()
            cpu = server.cpu()
            run = drive(server.port, make, PART, connections)
            refused = {status: n for status, n in run.statuses.items() if status not in (200, 302)}
            if refused:
                raise RuntimeError(f"{name}: {refused}")
            found[name]["rates"].append(run.rate)
            found[name]["cpu"].append(1000 * (server.cpu() - cpu) / run.n)
            found[name]["latencies"] += run.latencies
            found[name]["n"] += run.n
    return found


def compared(folder, name, ours, floor, target=None, **more):
    """The line of two sides that took turns: requests/s and processor time of a request, medians of the rounds.

    `ratio` is the median of the ratios per round. `cpu_ratio` does not see how busy the machine is.
    """
    ratio = statistics.median(a / b for a, b in zip(ours["rates"], floor["rates"], strict=True))
    cpu, floor_cpu = statistics.median(ours["cpu"]), statistics.median(floor["cpu"])
    return folder.line(
        name,
        statistics.median(ours["rates"]),
        "requests/s",
        statistics.median(floor["rates"]),
        ratio,
        **({"target": target} if target else {}),
        cpu_ms=round(cpu, 3),
        floor_cpu_ms=round(floor_cpu, 3),
        cpu_ratio=round(floor_cpu / cpu, 3) if cpu else None,
        p50_ms=round(1000 * share(ours["latencies"], 0.5), 2),
        n=ours["n"],
        **more,
    )


def keep(server, path, headers=GZIP, under=None):
    """Store what our server answers, so that the floor gives the very same bytes."""
    status, head, body = fetch(server.port, request("GET", path, headers=headers))
    if status != 200:
        raise RuntimeError(f"{path} answers {status}")
    lines = [line for line in head.split(b"\r\n")[1:] if not line.lower().startswith(b"date:")]
    file = floors.page_file(under or path)
    file.write_bytes(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    return len(body)


def kept_pages(folder):
    """An empty folder for the bytes of the floor."""
    floors.PAGES = folder.path / "floor_pages"
    shutil.rmtree(floors.PAGES, ignore_errors=True)
    floors.PAGES.mkdir()


def unseen(path, headers=GZIP):
    """A request that no page cache knows: each comes under a host name of its own."""
    return request("GET", path, host=f"n{next(_numbers)}.bench.test", headers=headers)


def pages(folder):
    """Residents' pages, made anew and from the page cache, beside the same bytes from a bare WSGI callable."""
    kept_pages(folder)
    wsgi = "klapkarre.config.wsgi:application"
    with Server(wsgi, folder.path) as ours, Server("bench.floors:pages", folder.path) as floor:
        for name, path in folder.facts["pages"].items():
            size = keep(ours, path)
            known = request("GET", path, headers=GZIP)
            sides = {
                "cached": (ours, lambda known=known: known),
                "made anew": (ours, partial(unseen, path)),
                "floor": (floor, lambda known=known: known),
            }
            found = turns(folder, sides)
            queries = folder.facts["queries"][name]
            yield compared(
                folder, f"page.{name}.cached", found["cached"], found["floor"], queries=1, bytes=size
            )
            yield compared(
                folder, f"page.{name}.anew", found["made anew"], found["floor"], queries=queries, bytes=size
            )


def hotlist(folder):
    """The agenda list beside the same HTML from raw SQL: without the page cache against Starlette with Jinja2, and
    from the page cache against a bare WSGI callable with f-strings.
    """
    kept_pages(folder)
    path, identity = folder.facts["pages"]["agenda"], ("Accept-Encoding: identity",)
    known = request("GET", path, headers=identity)
    with (
        Server("klapkarre.config.wsgi:application", folder.path) as ours,
        Server("bench.hotlist:app", folder.path, interface="asgi") as starlette,
        Server("bench.hotlist:raw", folder.path) as raw,
    ):
        page = keep_html(ours, path)
        for floor in (starlette, raw):
            same_html(floor, known, page)
        sides = {
            "anew": (ours, partial(unseen, path, identity)),
            "cached": (ours, lambda: known),
            "starlette": (starlette, lambda: known),
            "raw": (raw, lambda: known),
        }
        found = turns(folder, sides)
    queries = folder.facts["queries"]["agenda"]
    size = len(page)
    yield compared(
        folder, "hotlist.anew", found["anew"], found["starlette"], 0.65, queries=queries, bytes=size
    )
    yield compared(folder, "hotlist.cached", found["cached"], found["raw"], 0.5, queries=1, bytes=size)


def same_html(floor, known, page):
    """Refuse to compare with a floor that gives other HTML."""
    from bench.hotlist import plain

    _status, _head, body = fetch(floor.port, known)
    if plain(body.decode()) != plain(page):
        raise RuntimeError("a floor of the agenda list gives other HTML: change bench/hotlist.py")


def keep_html(server, path):
    _status, _head, body = fetch(server.port, request("GET", path, headers=("Accept-Encoding: identity",)))
    floors.page_file("/hotlist").write_bytes(body)
    return body.decode()


def find(folder):
    """Search for residents, beside the same match as raw SQL. From ever another address: questions are counted."""
    asked = itertools.cycle(folder.facts["questions"])
    with (
        Server("klapkarre.config.wsgi:application", folder.path) as ours,
        Server("bench.floors:find", folder.path) as raw,
    ):
        sides = {
            "ours": (ours, lambda: request("GET", next(asked), headers=(*GZIP, from_anywhere()))),
            "raw": (raw, lambda: request("GET", next(asked))),
        }
        found = turns(folder, sides, connections=4)
    queries = folder.facts["queries"]["search"]
    yield compared(folder, "search.public", found["ours"], found["raw"], queries=queries)


def writes(folder):
    """A sign-up, a contact and a tap through their forms, on the same server beside raw SQL: all that the form asks
    of the database, and its row alone.
    """
    wsgi, began = "klapkarre.config.wsgi:application", floors.now()
    floors.FOLDER = folder.path
    floors._own.__dict__.clear()
    with (
        Server(wsgi, folder.path) as ours,
        Server("bench.floors:repeats", folder.path) as same,
        Server("bench.floors:inserts", folder.path) as row,
    ):
        for name, (mine, raw) in forms(folder.facts).items():
            sides = {"ours": (ours, mine), "same": (same, raw), "row": (row, raw)}
            found = turns(folder, sides, connections=4, before=partial(floors.forget_sign_ups, began))
            queries = folder.facts["queries"].get(name)
            yield compared(folder, f"form.{name}", found["ours"], found["same"], 0.1, queries=queries)
            yield compared(folder, f"form.{name}.row", found["ours"], found["row"], queries=queries)


def forms(facts):
    """Who makes the requests of each form: ours and its floor."""
    sign_ups = itertools.cycle(facts["sign_up"])
    worker = f"{facts['csrf']}; {facts['worker']}"
    return {
        "sign_up": (
            lambda: post(next(sign_ups), facts["csrf"], name="Fientje Voorbeeld"),
            lambda: post("/sign_up", "", name="Fientje Voorbeeld"),
        ),
        "contact": (
            lambda: post(facts["contact"]["path"], worker, **contact(facts)),
            lambda: post("/contact", "", **contact(facts)),
        ),
        "tap": (
            lambda: post(facts["tap"], worker, reason="babbel"),
            lambda: post("/tap", "", reason="babbel"),
        ),
    }


def load(folder):
    """A busy day on all of the machine: 60 requests a second, 15 of them forms; p95 beside that of the floors.

    Two workers, as `./kar serve` starts them. A fifth of the pages is made anew. The load of `safety.md`, for a
    minute instead of half an hour.
    """
    facts, pairs = folder.facts, list(forms(folder.facts).values())
    paths = list(facts["pages"].values())
    kept_pages(folder)

    def ours():
        if random.random() < 0.25:
            return random.choice(pairs)[0]()
        path = random.choice(paths)
        return unseen(path) if random.random() < 0.2 else request("GET", path, headers=GZIP)

    def floor():
        if random.random() < 0.25:
            return random.choice(pairs)[1]()
        return request("GET", random.choice(paths), headers=GZIP)

    seconds, found, n = 12, {"ours": [], "floor": []}, 0
    wsgi = "klapkarre.config.wsgi:application"
    with (
        Server(wsgi, folder.path, workers=2) as real,
        Server("bench.floors:both", folder.path, workers=2) as bare,
    ):
        for path in paths:
            keep(real, path)
        for round_ in range(folder.rounds + 1):
            for name, server, make in (("ours", real, ours), ("floor", bare, floor)):
                run = drive(server.port, make, seconds if round_ else 2, connections=16, rate=60)
                if wrong := {status: n for status, n in run.statuses.items() if status not in (200, 302)}:
                    raise RuntimeError(f"{name}: {wrong}")
                if round_:  # the first one only warms up
                    found[name].append(1000 * share(run.latencies, 0.95))
                    n += run.n if name == "ours" else 0
    yield folder.line(
        "load.p95",
        statistics.median(found["ours"]),
        "ms",
        statistics.median(found["floor"]),
        statistics.median(b / a for a, b in zip(found["ours"], found["floor"], strict=True)),
        target_ms=100,
        n=n,
    )


def post(path, cookies, **given):
    """A filled-in form with a key of its own, from an address of its own: limits count per address."""
    headers = [from_anywhere()]
    if cookies:
        headers.append(f"Cookie: {cookies}")
    given |= {"csrfmiddlewaretoken": "c" * 32, "key": str(uuid.uuid4())}
    return request("POST", path, headers=headers, body=urlencode(given, doseq=True).encode())


def contact(facts):
    today = time.strftime("%Y-%m-%d")
    return {
        "setting": "straat",
        "neighbourhood": facts["contact"]["neighbourhood"],
        "themes": ["babbel", "digitaal"],
        "people": 1,
        "day": today,
        "language_bridge": "geen",
        "age_group": "",
        "note": "",
    }


def results(folder):
    """The results of a coordinator (all teams, the whole covenant) beside the same aggregates as raw SQL."""
    facts = folder.facts
    path = request("GET", "/resultaten/", headers=(f"Cookie: {facts['coordinator']}",))
    ours, raw = [], []
    floors.FOLDER = folder.path
    floors._own.__dict__.clear()
    with Server("klapkarre.config.wsgi:application", folder.path) as server:
        fetch(server.port, path)
        for _ in range(max(folder.rounds, 5)):
            began = time.perf_counter()
            status, _head, _body = fetch(server.port, path)
            ours.append(1000 * (time.perf_counter() - began))
            if status != 200:
                raise RuntimeError(f"results: {status}")
            began = time.perf_counter()
            for sql in facts["results_sql"]:
                floors.connection().execute(sql).fetchall()
            raw.append(1000 * (time.perf_counter() - began))
    ratio = statistics.median(b / a for a, b in zip(ours, raw, strict=True))
    yield folder.line(
        "results",
        statistics.median(ours),
        "ms",
        statistics.median(raw),
        ratio,
        queries=facts["queries"]["results"],
        n=len(ours),
        rows=facts["rows"],
    )


def report(folder):
    """The p99 of residents' pages while someone opens the results again and again, beside the p99 undisturbed.

    Over the requests of all rounds together: a round alone is too short for a p99.
    """
    import threading

    facts = folder.facts
    paths = list(facts["pages"].values())
    asked = request("GET", "/resultaten/", headers=(f"Cookie: {facts['coordinator']}",))

    def resident():
        path = random.choice(paths)
        if random.random() < 0.2:
            return unseen(path)
        return request("GET", path, headers=GZIP)

    with Server("klapkarre.config.wsgi:application", folder.path, workers=2) as server:
        drive(server.port, resident, 1)
        calm, busy, reports = [], [], []
        for _ in range(folder.rounds):
            calm += drive(server.port, resident, 6, rate=60).latencies
            reading = threading.Thread(
                target=lambda: reports.append(drive(server.port, lambda: asked, 6, connections=1))
            )
            reading.start()
            busy += drive(server.port, resident, 6, rate=60).latencies
            reading.join()
    yield folder.line(
        "report.p99",
        1000 * share(busy, 0.99),
        "ms",
        1000 * share(calm, 0.99),
        share(busy, 0.99) / share(calm, 0.99),
        target=2,
        lower_is_better=True,
        n=sum(one.n for one in reports),
    )


def crowd(folder):
    """Two hundred visitors on an agenda of 5,000 activities."""
    kept_pages(folder)
    yield from crowds.crowd(folder, keep, unseen, "bench.floors:pages")


CASES = {
    "pages": pages,
    "hotlist": hotlist,
    "find": find,
    "today": partial(day.today, measure=(kept_pages, keep, turns, compared)),  # before many contacts
    "writes": writes,
    "results": results,
    "report": report,
    "load": load,
    "search": inside.search,
    "audit": inside.audit,
    "flood": crowds.flood,
    "crowd": crowd,  # the last one: it fills the agenda
}

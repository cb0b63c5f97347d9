"""The page that a worker starts from, with years of work behind it."""

from bench.client import request
from bench.servers import Server


def today(folder, measure):
    """The day of a worker, beside the same questions as raw SQL and the same bytes."""
    kept_pages, keep, turns, compared = measure
    cookie = (f"Cookie: {folder.facts['worker']}",)
    kept_pages(folder)
    with (
        Server("klapkarre.config.wsgi:application", folder.path) as ours,
        Server("bench.floors:today", folder.path) as raw,
    ):
        size = keep(ours, "/werk/", headers=cookie)
        known = request("GET", "/werk/", headers=cookie)
        found = turns(folder, {"ours": (ours, lambda: known), "raw": (raw, lambda: known)}, connections=4)
    queries = folder.facts["queries"]
    more = {"queries": queries["today"], "queries_first": queries["today_first"], "bytes": size}
    yield compared(folder, "today", found["ours"], found["raw"], rows=folder.facts["rows"], **more)

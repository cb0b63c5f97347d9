"""Runs inside one data folder, as a process of its own: fill it, or find out what the benchmarks must ask.

`python -m bench.prepare build TEAMS YEARS` makes tables and sample data; `python -m bench.prepare facts` writes
`facts.json`: paths, sessions, forms, query counts, and the raw SQL of the results. `python -m bench.prepare crowd N`
fills the agenda of the town on those paths with so many activities.
"""

import copy
import datetime
import json
import re
import sys
import time
import uuid

import django

HEX = re.compile("[0-9a-f-]{16,}")
SAVEPOINT = re.compile(r'"s\d+_x\d+"')


def build(teams, years):
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from klapkarre import sample

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    sample.generate(int(teams), int(years))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def session_of(user):
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from klapkarre.foundation.accounts import sessions

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    now = time.time()
    # Both factors were shown just now. Sessions last as long as a bench does.
    session.update({sessions.BEGAN: now, sessions.SEEN: now, sessions.CONFIRMED: now, sessions.STRONG: True})
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def queries(path, cookie=""):
    """How many queries a page takes the first time; sessions and login included."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    cache.clear()
    client = Client(headers={"cookie": cookie} if cookie else None, SERVER_NAME="localhost")
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return len(seen)


def statements(path, cookie, form):
    """What a form that is sent asks of the database: `[(sql, parameters), ...]`, sessions and login included."""
    from django.core.cache import cache
    from django.db import connection
    from django.test import Client

    cache.clear()
    client = Client(headers={"cookie": cookie} if cookie else None, SERVER_NAME="localhost")
    seen = []

    def note(execute, sql, params, many, context):
        seen.append((SAVEPOINT.sub("here", sql), list(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.post(path, form)
    if answer.status_code != 302:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    return seen


def read_again(path, cookie):
    """What a page asks of the database the second time: `[(sql, parameters), ...]`, sessions and login included."""
    from django.db import connection
    from django.test import Client

    client = Client(headers={"cookie": cookie}, SERVER_NAME="localhost")
    client.get(path)
    seen = []

    def note(execute, sql, params, many, context):
        seen.append((sql, list(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answers {answer.status_code}")
    if written := [sql for sql, _params in seen if not sql.startswith("SELECT")]:
        raise RuntimeError(f"{path} writes: {written[0]}")
    return seen


def with_fresh(once, again):
    """The statements of `once`, with the values marked that differ the second time and must be new each time.

    A value is `["kept", value]`, or `["hex" or "bytes", name, length]`; the same name stands for the same value.
    """
    if [sql for sql, _params in once] != [sql for sql, _params in again]:
        raise RuntimeError("a form asks other things the second time: its floor cannot ask the same")
    names = {}

    def marked(value, other):
        raw = bytes(value) if isinstance(value, memoryview) else value
        if isinstance(raw, bytes):
            return ["bytes", names.setdefault(raw, len(names)), len(raw)]
        if isinstance(raw, str) and raw != other and HEX.fullmatch(raw):
            return ["hex", names.setdefault(raw, len(names)), len(raw)]
        return ["kept", raw]

    return [
        (sql, [marked(*pair) for pair in zip(params, others, strict=True)])
        for (sql, params), (_sql, others) in zip(once, again, strict=True)
    ]


def measured_town():
    """The team, its point and its town that are measured, and what residents see coming there."""
    from klapkarre.foundation.accounts.models import Team
    from klapkarre.foundation.places.models import Place
    from klapkarre.rooms.agenda.models import Activity

    team = Team.objects.select_related("organisation").order_by("pk").first()
    point = Place.objects.points().filter(neighbourhood__in=team.neighbourhoods.all()).order_by("pk").first()
    town = point.neighbourhood.municipality
    coming = Activity.objects.published().upcoming().filter(neighbourhood__municipality=town)
    return team, point, town, coming.order_by("starts_at", "pk")


def crowd(number):
    from django.core.cache import cache

    from klapkarre.foundation.places.models import content_changed

    _team, _point, town, coming = measured_town()
    fill_agenda(coming, int(number))
    content_changed(town.pk)
    cache.clear()


def facts():
    from django.conf import settings
    from django.utils import timezone

    from klapkarre.foundation.accounts.models import User
    from klapkarre.foundation.places.models import Municipality
    from klapkarre.rooms.agenda.actions.found import renew
    from klapkarre.rooms.agenda.models import Activity

    team, point, town, coming = measured_town()
    worker = User.objects.filter(memberships__team=team).order_by("pk").first()
    coordinator = User.objects.get(username="proef-coordinator-1")
    of_town = f"?gemeente={town.slug}" if Municipality.objects.count() > 1 else ""
    renew(fill_agenda(coming, 30))
    with_list = coming.filter(team=team, starts_at__gt=timezone.now(), capacity__isnull=False)
    Activity.objects.filter(pk__in=list(with_list.values_list("pk", flat=True))).update(capacity=30000)
    found = {
        "pages": {
            "home": f"/{of_town}",
            "agenda": f"/activiteiten/{of_town}",
            "activity": f"/activiteiten/{coming.first().pk}/",
            "neighbourhood": point.neighbourhood.get_absolute_url(),
            "point": point.get_absolute_url(),
        },
        "questions": questions(of_town),
        "sign_up": [f"/activiteiten/{pk}/aanmelden/" for pk in with_list.values_list("pk", flat=True)],
        "contact": {"path": "/werk/contacten/nieuw/", "neighbourhood": point.neighbourhood_id},
        "tap": f"/werk/onthaal/{point.slug}/tik/",
        "worker": session_of(worker),
        "coordinator": session_of(coordinator),
        "csrf": f"{settings.CSRF_COOKIE_NAME}={'c' * 32}",
        "rows": rows_in_all(),
        "floor": floor_rows(team, worker, point, with_list.first()),
    }
    found["queries"] = {name: queries(path) for name, path in found["pages"].items()}
    found["queries"]["search"] = max(map(queries, found["questions"]))
    found["queries"]["results"] = queries("/resultaten/", found["coordinator"])
    found["queries"]["today_first"] = queries("/werk/", found["worker"])
    found["today_sql"] = read_again("/werk/", found["worker"])
    found["queries"]["today"] = len(found["today_sql"])
    contact = {"setting": "straat", "neighbourhood": point.neighbourhood_id, "themes": ["babbel", "digitaal"]}
    contact |= {"people": 1, "day": timezone.localdate().isoformat(), "language_bridge": "geen"}
    forms = {
        "sign_up": (found["sign_up"][0], "", {"name": "Fientje Voorbeeld"}),
        "contact": (found["contact"]["path"], found["worker"], contact),
        "tap": (found["tap"], found["worker"], {"reason": "babbel"}),
    }
    found["statements"] = {}
    for name, (path, cookie, given) in forms.items():
        # The first one asks for what a process then knows.
        asked = [statements(path, cookie, given | {"key": str(uuid.uuid4())}) for _ in range(3)]
        found["queries"][name] = len(asked[-1])
        found["statements"][name] = with_fresh(*asked[1:])
    found["results_sql"] = results_sql(coordinator)
    (settings.DATA / "facts.json").write_text(json.dumps(found, default=str))


def questions(of_town):
    """What is searched for in the measured town: words of many texts and of few, the begin of one, two words."""
    town = f"&{of_town[1:]}" if of_town else ""
    return [
        f"/zoeken/?q={words}{town}" for words in ("koffie", "comp", "moestuin", "koffie+thee", "buurtpunt")
    ]


def rows_in_all():
    from klapkarre.rooms.agenda.models import Activity, SignUp
    from klapkarre.rooms.counter.models import Visit
    from klapkarre.rooms.outreach.models import ContactMoment

    return {model.__name__: model.objects.count() for model in (ContactMoment, Visit, Activity, SignUp)}


def fill_agenda(coming, number):
    """Let at least so many activities come: the same ones once more, minutes and weeks later, outside their series.

    Gives those that were made.
    """
    from klapkarre.rooms.agenda.models import Activity

    rows, week, made = list(coming), datetime.timedelta(weeks=1), []
    for turn in range(max(0, number - len(rows))):
        row, times = copy.copy(rows[turn % len(rows)]), 1 + turn // len(rows)
        row.pk, row.series, row.series_day, row.uid = None, None, None, uuid.uuid4()
        later = times % 50 * week + times // 50 * datetime.timedelta(minutes=5)
        row.starts_at, row.ends_at = row.starts_at + later, row.ends_at + later
        made.append(row)
    return Activity.objects.bulk_create(made, batch_size=500)


def floor_rows(team, worker, point, activity):
    """Complete rows for the raw inserts: every column, as our forms would fill them."""
    from klapkarre.foundation.kit.months import month_of
    from klapkarre.rooms.agenda.models import SignUp
    from klapkarre.rooms.counter.models import Visit
    from klapkarre.rooms.outreach.models import ContactMoment

    own = {"organisation": team.organisation, "team": team, "by": worker}
    rows = {
        "sign_up": SignUp(organisation=team.organisation, activity=activity),
        "contact": ContactMoment(**own, neighbourhood=point.neighbourhood, setting="straat"),
        "tap": Visit(**own, neighbourhood=point.neighbourhood, place=point, reason="babbel"),
    }
    for name, moment in (("contact", "when"), ("tap", "at")):
        rows[name].month = month_of(getattr(rows[name], moment))
    return {name: _as_stored(row) for name, row in rows.items()}


def _as_stored(row):
    stored = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        stored[field.column] = value.hex if isinstance(value, uuid.UUID) else value
    return stored


def results_sql(user):
    """The aggregates of the results page with their values, as the database gets them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from klapkarre.windows.results.figures import figures_of
    from klapkarre.windows.results.forms import ResultsForm
    from klapkarre.windows.results.goals import covenant_lines, team_lines

    teams = team_lines(user.reach)
    covenants = covenant_lines(teams[0].organisation)
    form = ResultsForm({}, teams=teams, covenants=covenants)
    form.is_valid()
    with CaptureQueriesContext(connection) as seen:
        figures_of(teams, form.period())
    return [query["sql"] for query in seen]


def main():
    django.setup()
    {"build": build, "crowd": crowd, "facts": facts}[sys.argv[1]](*sys.argv[2:])


if __name__ == "__main__":
    main()

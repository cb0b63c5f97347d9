"""Two floors of the agenda list that give the same HTML as our page from the same database with raw SQL.

`app` is Starlette with Jinja2; `raw` is a bare WSGI callable that writes f-strings. The frame around the rows is taken
as one piece of text, which makes these floors lower than a real site would be.
"""

import datetime
import functools
import os
import re
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from bench.floors import connection, page_file

HERE = ZoneInfo("Europe/Brussels")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
ROWS = """
SELECT a.id, a.title, a.starts_at, a.ends_at, a.price_cents, a."where", a.sign_up_kind, a.capacity, a.state,
       a.cancelled_because, p.name AS place, p.kind AS place_kind, n.name AS neighbourhood
FROM agenda_activity a
JOIN places_neighbourhood n ON n.id = a.neighbourhood_id
LEFT JOIN places_place p ON p.id = a.place_id
WHERE a.state IN ('published', 'cancelled') AND a.ends_at >= ? {}
ORDER BY a.starts_at, a.id LIMIT 30
"""
OF_TOWN = "AND n.municipality_id = (SELECT id FROM places_municipality WHERE slug = ?)"
SEATS = """
SELECT activity_id, count(*) FROM agenda_signup
WHERE activity_id IN ({}) AND state IN ('signed_up', 'attended', 'missed') GROUP BY activity_id
"""
TEMPLATE = """{{ before }}{% for day, ones in days %}
<section class="stack" aria-labelledby="dag-{{ day }}">
  <h2 id="dag-{{ day }}">{% if day == today %}Vandaag, {{ day|day }}{% else %}{{ (day|day)|capitalize }}{% endif %}</h2>
  <ul class="cards">
    {% for a in ones %}
    <li class="card card-link{% if a.on %} card-now{% endif %}">
      <h3><a href="/activiteiten/{{ a.id }}/">{{ a.title }}</a></h3>
      <p>{{ icon('clock') }}{% if a.on %}<b>Nu bezig, tot {{ a.ends|clock }}</b>{% else %}Van {{ a.starts|clock }} tot {{ a.ends|clock }}{% endif %}</p>
      <p>{{ icon('map-pin') }}{% if a.place %}{{ a.place }}{% else %}{{ a.where }}, {{ a.neighbourhood }}{% endif %}</p>
      <p class="row">{% if a.cancelled %}<span class="tag tag-stop">{{ icon('calendar-off') }}Gaat niet door</span>{% elif a.sign_up_kind == 'none' %}<span class="tag tag-ok">{{ icon('door-enter') }}{% if a.at_point %}Gewoon binnenlopen{% else %}Gewoon komen{% endif %}</span>{% elif a.left == 0 %}<span class="tag tag-warn">{{ icon('users') }}Vol. Er is een wachtlijst</span>{% elif a.left is not none and a.left < 10 %}<span class="tag tag-info">{{ icon('users') }}Nog {{ a.left }} {% if a.left == 1 %}plaats{% else %}plaatsen{% endif %}</span>{% else %}<span class="tag tag-info">{{ icon('users') }}Vooraf aanmelden</span>{% endif %}{% if not a.cancelled %}<span class="tag">{{ icon('currency-euro') }}{{ a.price_cents|euro }}</span>{% endif %}</p>
      {% if a.cancelled and a.cancelled_because %}<p>{{ a.cancelled_because }}</p>{% endif %}
    </li>
    {% endfor %}
  </ul>
</section>
{% endfor %}{{ after }}"""  # noqa: E501


def day_words(day):
    year = "" if day.year == datetime.datetime.now(HERE).year else f" {day.year}"
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def clock_words(moment):
    return f"{moment.hour}.{moment.minute:02} uur" if moment.minute else f"{moment.hour} uur"


def euro_words(cents):
    if not cents:
        return "Gratis"
    return f"{cents // 100} euro" if cents % 100 == 0 else f"{cents // 100},{cents % 100:02} euro"


@functools.cache
def icon(name):
    """The same drawing as our tag gives, made once."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klapkarre.config.settings")
    django.setup()
    from klapkarre.foundation.kit import drawing

    return Markup(drawing.icon(name))


@functools.cache
def template():
    """The compiled template, with the frame of our own page around the rows."""
    shape = jinja2.Environment(autoescape=True)
    shape.filters |= {"day": day_words, "clock": clock_words, "euro": euro_words}
    before, after = frame(page_file("/hotlist").read_text())
    shape.globals |= {"icon": icon, "before": Markup(before), "after": Markup(after)}
    return shape.from_string(TEMPLATE)


def frame(page):
    """What stands before the first and after the last day."""
    first = page.index('<section class="stack" aria-labelledby="dag-')
    last = page.rindex("</section>") + len("</section>")
    return page[:first], page[last:]


def plain(page):
    """HTML without the white space between and inside tags, to compare two pages."""
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda found: found[0].strip(), page)).strip()


def _moment(text):
    return datetime.datetime.fromisoformat(str(text)).replace(tzinfo=datetime.UTC).astimezone(HERE)


def activities(town=""):
    """The thirty next activities (of one town, when the address names it) as plain rows, in two queries."""
    db = connection()
    now = datetime.datetime.now(datetime.UTC)
    known = (now.strftime("%Y-%m-%d %H:%M:%S.%f"), *([town] if town else []))
    found = db.execute(ROWS.format(OF_TOWN if town else ""), known)
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found]
    marks = ", ".join("?" * len(rows))
    taken = dict(db.execute(SEATS.format(marks), [row["id"] for row in rows]).fetchall())
    for row in rows:
        row["starts"], row["ends"] = _moment(row["starts_at"]), _moment(row["ends_at"])
        row["cancelled"] = row["state"] == "cancelled"
        row["on"] = row["starts"] <= now <= row["ends"] and not row["cancelled"]
        row["at_point"] = row["place_kind"] == "point"
        seats = row["capacity"]
        row["left"] = None if seats is None else max(0, seats - taken.get(row["id"], 0))
    return rows


def render(town=""):
    days = {}
    for row in activities(town):
        days.setdefault(row["starts"].date(), []).append(row)
    today = datetime.datetime.now(HERE).date()
    return template().render(days=days.items(), today=today)


def raw_row(a):
    """One card, as fast as Python writes text."""
    end = clock_words(a["ends"])
    when = f"<b>Nu bezig, tot {end}</b>" if a["on"] else f"Van {clock_words(a['starts'])} tot {end}"
    where = escape(a["place"] or f"{a['where']}, {a['neighbourhood']}")
    left = a["left"]
    if a["cancelled"]:
        tag = f'<span class="tag tag-stop">{icon("calendar-off")}Gaat niet door</span>'
    elif a["sign_up_kind"] == "none":
        words = "Gewoon binnenlopen" if a["at_point"] else "Gewoon komen"
        tag = f'<span class="tag tag-ok">{icon("door-enter")}{words}</span>'
    elif left == 0:
        tag = f'<span class="tag tag-warn">{icon("users")}Vol. Er is een wachtlijst</span>'
    elif left is not None and left < 10:
        words = f"Nog {left} plaats{'' if left == 1 else 'en'}"
        tag = f'<span class="tag tag-info">{icon("users")}{words}</span>'
    else:
        tag = f'<span class="tag tag-info">{icon("users")}Vooraf aanmelden</span>'
    if not a["cancelled"]:
        tag += f'<span class="tag">{icon("currency-euro")}{euro_words(a["price_cents"])}</span>'
    because = a["cancelled"] and a["cancelled_because"]
    return (
        f'<li class="card card-link{" card-now" if a["on"] else ""}">'
        f'<h3><a href="/activiteiten/{a["id"]}/">{escape(a["title"])}</a></h3>'
        f"<p>{icon('clock')}{when}</p><p>{icon('map-pin')}{where}</p>"
        f'<p class="row">{tag}</p>{f"<p>{escape(because)}</p>" if because else ""}</li>'
    )


@functools.cache
def raw_frame():
    return frame(page_file("/hotlist").read_text())


def raw(environ, start_response):
    """The page with f-strings."""
    today = datetime.datetime.now(HERE).date()
    parts, last = [raw_frame()[0]], None
    for row in activities(environ.get("QUERY_STRING", "").removeprefix("gemeente=")):
        day = row["starts"].date()
        if day != last:
            words, mark = day_words(day), day.isoformat()
            words = f"Vandaag, {words}" if day == today else words.capitalize()
            parts.append("</ul></section>" if last else "")
            parts.append(f'<section class="stack" aria-labelledby="dag-{mark}">')
            parts.append(f'<h2 id="dag-{mark}">{words}</h2><ul class="cards">')
            last = day
        parts.append(raw_row(row))
    body = "".join([*parts, "</ul></section>", raw_frame()[1]]).encode()
    start_response(
        "200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    )
    return [body]


async def hot_list(request):
    return HTMLResponse(render(request.query_params.get("gemeente", "")))


app = Starlette(routes=[Route("/activiteiten/", hot_list)])

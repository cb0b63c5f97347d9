"""News of the demo: invented, with the drawing of a point in the place of a photo."""

import datetime
import uuid

from klapkarre.foundation.kit import pictures
from klapkarre.rooms.news.actions import add
from klapkarre.rooms.news.models import News, NewsPicture
from klapkarre.sample.demo_picture import ALT, drawing

DAY = datetime.timedelta(days=1)
ITEMS = (
    (12, "De ruilkast staat er", "Buren timmerden samen een ruilkast. Leg er iets in, of neem iets mee.", "", ""),
    (5, "Een bank aan de moestuin", "De bank die buren vroegen, staat er. Ze heeft armleuningen.", "", ""),
    (1, "Zo ziet het buurtpunt eruit", "De gevel kreeg een nieuwe kleur. Kom kijken.", ALT, "nobody"),
)  # fmt: skip


def fill_news(team, now):
    """In the neighbourhoods of the team, in turn."""
    buurten = list(team.neighbourhoods.order_by("pk"))
    for number, (days, title, text, alt, people) in enumerate(ITEMS):
        values = {
            "title": title,
            "text": f"{text} Dit nieuws is verzonnen.",
            "neighbourhood": buurten[number % len(buurten)],
            "place": None,
            "state": News.State.PUBLISHED,
            "picture": pictures.in_both_sizes(drawing()) if alt else None,
            "alt": alt,
            "people": people and NewsPicture.People(people),
        }
        add(team, values, key=uuid.uuid4(), now=now - days * DAY)

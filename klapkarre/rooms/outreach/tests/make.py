import datetime
import uuid

from django.utils import timezone

from klapkarre.rooms.outreach import actions
from klapkarre.rooms.outreach.actions import note_visit
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme, HomeVisit


def make_contact(team, buurt, by=None, themes=(), **more):
    contact = ContactMoment.objects.create(
        **{"organisation_id": team.organisation_id, "team": team, "neighbourhood": buurt, "by": by}
        | {"setting": "straat"}
        | more
    )
    ContactTheme.objects.bulk_create(ContactTheme(contact=contact, theme=theme) for theme in themes)
    return contact


def typed(buurt, **more):
    """What the form posts when someone only taps Bewaar, plus what the test adds."""
    return {"key": str(uuid.uuid4()), "setting": "straat", "neighbourhood": buurt.pk, "people": "1"} | more


def make_round(team, buurt, doors=("1", "2", "3"), street="Molenstraat", days=7, **more):
    """A round that began today, with these doors."""
    today = timezone.localdate()
    facts = {
        "title": "Kennismaken",
        "neighbourhood": buurt,
        "starts_on": today,
        "ends_on": today + datetime.timedelta(days=days),
    }
    return actions.draw_up(team, facts | more, street, doors, uuid.uuid4())[0]


def door_of(one, where):
    """The door of a round with this number."""
    return next(door for door in one.doors.all() if door.where == where)


def ring(user, door, outcome="niet_thuis", times=(), key=None, when=None):
    """Note an attempt, as a page or a phone does."""
    return actions.add_attempt(user, door.pk, outcome, times, key or uuid.uuid4(), when or timezone.now())[0]


def make_visit_at_home(contact, by, day=None, **texts):
    """What was told at home, by consent, as the page notes it."""
    texts = dict.fromkeys(HomeVisit.TEXTS) | texts
    return note_visit(contact, by, texts, day, 0)

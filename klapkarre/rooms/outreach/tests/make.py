import uuid

from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme


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

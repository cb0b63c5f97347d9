"""What someone asks about the own data: note it, restrict and lift, close it with what came of it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klapkarre.foundation.people import intake, ledger, subject
from klapkarre.foundation.people.actions.persons import Gone
from klapkarre.foundation.people.models import Person, RequestEvent, RightsRequest

Act = RequestEvent.Act


class StillOpen(Exception):
    """The same was asked about this person, and is not answered yet; `pk` is that request."""

    def __init__(self, pk):
        super().__init__(pk)
        self.pk = pk


def open_request(user, about_whom, facts, key, now=None):
    """Note a request about a person or a loose name (a row with a team behind it), once for this key.

    Raises `StillOpen` when this person asked the same with another form.
    """
    now = now or timezone.now()
    is_person = isinstance(about_whom, Person)
    about = {"person": about_whom} if is_person else {"loose_kind": about_whom._meta.label_lower}
    if not is_person:
        about["loose_row"] = about_whom.pk

    def note():
        if is_person:
            same = RightsRequest.objects.still_open(about_whom).filter(kind=facts["kind"])
            if pk := same.values_list("pk", flat=True).first():
                raise StillOpen(pk)
        request = RightsRequest.objects.create(
            organisation_id=about_whom.organisation_id,
            team_id=team_of(about_whom),
            neighbourhood_id=buurt_of(about_whom),
            by=user,
            at=now,
            **about,
            **facts,
        )
        note_event(request, Act.ASKED, user, now=now)
        ledger.note(
            [request],
            ledger.ASKED,
            now,
            about=str(about_whom.pk),
            loose=about.get("loose_kind", ""),
            kind=str(request.kind),
            asked_by=str(request.asked_by),
            asked_on=request.asked_on.isoformat(),
        )
        return request

    content = sorted((name, str(value)) for name, value in facts.items())
    answer, _row = intake.once(intake.key_for(key, user.pk, about_whom.pk, content), "people.request", note)
    return RightsRequest.objects.get(pk=answer)


def team_of(row):
    """The team that a row belongs to: its own, or that of the activity that it hangs on."""
    return row.team_id if hasattr(row, "team_id") else row.activity.team_id


def buurt_of(row):
    """The neighbourhood that a row belongs to: its own, or that of the activity that it hangs on; None when unknown."""
    return row.neighbourhood_id if hasattr(row, "neighbourhood_id") else row.activity.neighbourhood_id


def note_event(request, act, user, reason="", counts=None, now=None, **key):
    """Add to the history of a request."""
    return RequestEvent.objects.create(
        **key,
        organisation_id=request.organisation_id,
        request=request,
        act=act,
        reason=reason or None,
        counts=counts or {},
        by=user,
        at=now or timezone.now(),
    )


def held(request):
    """The request, locked; raises `ValidationError` when it is closed already."""
    request = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if request.closed_at:
        raise ValidationError(_("Deze vraag is al afgesloten."), code="closed")
    return request


@transaction.atomic
def close_request(request, outcome, reason, user, now=None):
    """Done, or refused with a reason. Raises `ValidationError` when it was closed already."""
    now = now or timezone.now()
    request = held(request)
    request.outcome, request.closed_at = outcome, now
    request.save(update_fields=["outcome", "closed_at"])
    note_event(request, Act(str(outcome)), user, reason, now=now)
    ledger.note_after([request], ledger.CLOSED, now, outcome=str(outcome))
    return request


@transaction.atomic
def restrict(request, reason, user, now=None):
    """Nobody reads or changes this person for work until it is lifted. Twice is once."""
    now = now or timezone.now()
    person = Person.objects.select_for_update(of=("self",)).filter(pk=request.person_id).first()
    if person is None or person.merged_into_id:
        raise Gone
    if person.restricted_at is None:
        Person.objects.filter(pk=person.pk).update(restricted_at=now, version=person.version + 1)
        event = note_event(request, Act.RESTRICTED, user, reason, now=now)
        whole = subject.family(person)
        ledger.note(whole, ledger.RESTRICTED, now, request=str(request.pk), event=str(event.pk))


def restrictions(person):
    """Each time that this person was restricted, the last one first; without the reason."""
    events = RequestEvent.objects.filter(request__person=person, act=Act.RESTRICTED).defer("reason")
    return events.select_related("request").order_by("-at")


def request_behind(person):
    """The request for which this person was restricted; None when it is not."""
    last = restrictions(person).first()
    return last.request if last else None


@transaction.atomic
def lift(person, reason, user, now=None):
    """The team may work with this person again. Twice is once."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.restricted_at is None:
        return
    last = restrictions(person)[0]
    event = note_event(last.request, Act.LIFTED, user, reason, now=now)
    whole = subject.family(person)
    ledger.note_after(whole, ledger.LIFTED, now, lifts=str(last.pk), event=str(event.pk))
    Person.objects.filter(pk=person.pk).update(restricted_at=None, version=person.version + 1)


def note_look(person, reason, user, now=None):
    """A coordinator looks at a restricted person for a legal reason: it stands in the history first."""
    return note_event(request_behind(person), Act.LOOKED, user, reason, now=now)

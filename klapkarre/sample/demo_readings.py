"""A month of readings, and two opened teams, so that the pages of the demo's auditor have something to look at."""

import datetime
from dataclasses import dataclass
from types import SimpleNamespace

from klapkarre.foundation.accounts.actions.readings import append
from klapkarre.foundation.accounts.models import Opening, OpeningReview, User
from klapkarre.foundation.accounts.models.openings import OPEN_FOR
from klapkarre.rooms.agenda.models import SignUp
from klapkarre.rooms.outreach.models import ContactMoment
from klapkarre.sample.rows import at

LIST, NOTE = "agenda_staff:participants", "outreach:detail"
REASONS = (
    (9, "Een bewoner vroeg aan de balie wie haar gebeld had. Ik zoek het op.", "aanvaard"),
    (1, "De werker is ziek. Ik verwittig wie morgen zou komen.", ""),
)


@dataclass
class Asked:
    """As much of a request as the log needs."""

    user: User
    resolver_match: SimpleNamespace


def fill_readings(rng, organisation, team, days, now):
    """Readings in the order of time, as the chain asks: lists and notes, and what a coordinator opened."""
    users = {user.username: user for user in User.objects.filter(memberships__organisation=organisation)}
    sign_ups = list(SignUp.objects.filter(organisation=organisation).values_list("pk", flat=True)[:60])
    notes = list(
        ContactMoment.objects.filter(team=team, note__isnull=False).values_list("pk", flat=True)[:60]
    )
    moments = [(at(day, hour, rng.randrange(60)), None) for day in days[-22:] for hour in (9, 11, 14, 16)]
    moments += [(at(days[-1 - back], 10, 5), (reason, verdict)) for back, reason, verdict in REASONS]
    for when, opened in sorted((one for one in moments if one[0] < now), key=lambda one: one[0]):
        if opened:
            _opened(organisation, team, users, *opened, when, sign_ups)
            continue
        worker = users[rng.choice(("worker", "worker", "worker2"))]
        shown = sign_ups if rng.random() < 0.6 else notes
        if shown:
            some = rng.sample(shown, min(len(shown), rng.randrange(3, 12) if shown is sign_ups else 1))
            _read(organisation, worker, some, SignUp if shown is sign_ups else ContactMoment, when)


def _read(organisation, user, ids, model, when, **why):
    route = LIST if model is SignUp else NOTE
    request = Asked(user, SimpleNamespace(view_name=route))
    append(organisation.pk, request, model._meta.label_lower, [str(pk) for pk in ids], now=when, **why)


def _opened(organisation, team, users, reason, verdict, when, sign_ups):
    by = users["coordinator"]
    opening = Opening.objects.create(
        organisation=organisation, team=team, user=by, reason=reason, at=when, until=when + OPEN_FOR
    )
    if sign_ups:
        after = when + datetime.timedelta(minutes=4)
        _read(organisation, by, sign_ups[:6], SignUp, after, opening_id=opening.pk)
    if verdict:
        OpeningReview.objects.create(
            organisation=organisation,
            opening=opening,
            by=users["auditor"],
            verdict=verdict,
            at=when + datetime.timedelta(days=1),
        )

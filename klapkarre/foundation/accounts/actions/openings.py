"""Open a team with a reason, stop it, and look back on it as the auditor."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.actions.readings import append
from klapkarre.foundation.accounts.models import Opening, OpeningReview, User
from klapkarre.foundation.accounts.models.openings import OPEN_FOR


@transaction.atomic
def open_team(request, team, reason, now=None):
    """An hour of sight on one team's names and notes, from now; it stands in the chain of readings too.

    What is open is not opened again, so that it never grows longer. Raises `ValidationError` then.
    """
    now, user = now or timezone.now(), request.user
    User.objects.select_for_update().get(pk=user.pk)
    if Opening.objects.running(now).filter(user=user.pk, team=team).exists():
        raise ValidationError(_("Dit team is al open voor jou."), code="open")
    opening = Opening.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        user_id=user.pk,
        reason=reason,
        at=now,
        until=now + OPEN_FOR,
    )
    _note(request, opening, _("team geopend"))
    return opening


@transaction.atomic
def stop_opening(request, opening, now=None):
    """The right ends now. Stopping twice changes nothing."""
    if Opening.objects.filter(pk=opening.pk, stopped_at=None).update(stopped_at=now or timezone.now()):
        _note(request, opening, _("team weer gesloten"))


@transaction.atomic
def review_opening(request, opening, verdict, note=""):
    """The auditor's judgement; it comes beside the earlier ones. Refuses who judges an own opening."""
    if opening.user_id == request.user.pk:
        raise PermissionDenied
    review = OpeningReview.objects.create(
        organisation_id=opening.organisation_id,
        opening=opening,
        by_id=request.user.pk,
        verdict=verdict,
        note=note or None,
    )
    _note(request, opening, _("nagekeken: %(verdict)s") % {"verdict": review.get_verdict_display()})
    return review


def _note(request, opening, reason):
    append(
        opening.organisation_id,
        request,
        Opening._meta.label_lower,
        [str(opening.pk)],
        reason=reason,
        opening_id=opening.pk,
    )

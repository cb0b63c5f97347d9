"""Open a team with a reason, stop it, and look back on it as the auditor."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.models import Opening, OpeningReview
from klapkarre.foundation.accounts.models.openings import OPEN_FOR


@transaction.atomic
def open_team(user, team, reason, now=None):
    """An hour of sight on one team's names and notes. Once open, it is not opened again and never grows longer."""
    now = now or timezone.now()
    user.__class__.objects.select_for_update().get(pk=user.pk)
    running = Opening.objects.running(now).filter(user=user.pk, team=team).first()
    if running:
        raise ValidationError(_("Dit team is al open voor jou."), code="open")
    return Opening.objects.create(
        organisation_id=team.organisation_id,
        team=team,
        user_id=user.pk,
        reason=reason,
        at=now,
        until=now + OPEN_FOR,
    )


def stop_opening(opening, now=None):
    """The right ends now. Stopping twice changes nothing."""
    Opening.objects.filter(pk=opening.pk, stopped_at=None).update(stopped_at=now or timezone.now())


def review_opening(user, opening, verdict, note=""):
    """The auditor's judgement; it comes beside the earlier ones. Refuses who judges an own opening."""
    if opening.user_id == user.pk:
        raise PermissionDenied
    return OpeningReview.objects.create(
        organisation_id=opening.organisation_id,
        opening=opening,
        by_id=user.pk,
        verdict=verdict,
        note=note or None,
    )

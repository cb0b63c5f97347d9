"""What several pages of a team's own activities need."""

from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext

from klapkarre.rooms.agenda.models import Activity


def own_or_404(request, pk, rows=None):
    """An activity of the own teams or neighbourhoods (a coordinator: of the organisation); nobody else's exists."""
    rows = Activity.objects.with_place() if rows is None else rows
    return get_object_or_404(rows.visible_to(request.user), pk=pk)


def team_tells(to_tell):
    """For a coordinator, who sees no names."""
    text = ngettext("Je team verwittigt %(count)s mens.", "Je team verwittigt %(count)s mensen.", to_tell)
    return text % {"count": to_tell}

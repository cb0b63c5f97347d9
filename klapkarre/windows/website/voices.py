"""Voices for everyone, as long as their text is on the site; like pictures of people kept by nobody between.

Safari plays nothing that it cannot ask in pieces, so one piece is given by its place (RFC 9110, 14).
"""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import PLAN, may, points_of
from klapkarre.foundation.kit import sounds
from klapkarre.foundation.places.models import Place
from klapkarre.foundation.voices.models import Recording
from klapkarre.rooms.agenda.models import Activity
from klapkarre.rooms.news.models import News

_PIECE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
# kind of row -> what residents see of that row
SHOWN = {
    "agenda.activity": lambda row: Activity.objects.published().filter(pk=row),
    "agenda.series": lambda row: Activity.objects.published().filter(series=row),
    "news.news": lambda row: News.objects.published().filter(pk=row),
    "places.place": lambda row: Place.objects.filter(pk=row),
}
# kind of row -> what of it this user may read in
OPENED = {
    "agenda.activity": lambda row, user: Activity.objects.visible_to(user).filter(pk=row),
    "agenda.series": lambda row, user: Activity.objects.visible_to(user).filter(series=row),
    "news.news": lambda row, user: News.objects.visible_to(user).filter(pk=row),
    "places.place": lambda row, user: points_of(user.reach).filter(pk=row),
}


@require_safe
def voice(request, digest, ending):
    """The file of a row that is there: while its text is shown, and before that for who may read it in."""
    row = get_object_or_404(Recording, file=f"{digest}.{ending}")
    if not SHOWN[row.kind](row.row).exists() and not _is_own(request.user, row):
        raise Http404
    content = sounds.read(row.file)
    if content is None:
        raise Http404
    answer = _piece_of(request, content)
    answer["Content-Type"] = sounds.TYPES[ending]
    answer["Cache-Control"] = "no-store"
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Disposition"] = "inline"
    return answer


def _is_own(user, row):
    """May this user open the page on which this text is read in (`workday.voice_views`)?"""
    return user.is_authenticated and may(user, PLAN) and OPENED[row.kind](row.row, user).exists()


def _piece_of(request, content):
    """All of it, or the one piece that is asked for."""
    asked = _PIECE.fullmatch(request.headers.get("Range", ""))
    # We give no mark to compare with, so a piece of "the same as before" is all of it.
    if not asked or not any(asked.groups()) or "If-Range" in request.headers:
        return HttpResponse(content)
    size = len(content)
    first, last = asked.groups()
    if first and last and int(last) < int(first):
        return HttpResponse(content)  # no piece at all, so as if nothing was asked
    if first:
        start, end = int(first), min(int(last or size), size - 1)
    else:
        start, end = max(0, size - int(last)), size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {"Content-Range": f"bytes {start}-{end}/{size}"}
    return HttpResponse(content[start : end + 1], status=206, headers=headers)

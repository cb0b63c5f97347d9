"""Pictures for everyone. That of a place is kept by the browser for ever: another picture has another address.

One of people is not kept by anyone between: taken back, it is gone at once.
"""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.people.models import StaffCard
from klapkarre.foundation.places.models import Picture
from klapkarre.rooms.news.models import NewsPicture

FOR_EVER = "public, max-age=31536000, immutable"
NEVER_KEPT = "no-store"


@require_safe
def photo(request, digest):
    """The file of a row that is there; the address only says which row."""
    row = Picture.objects.filter(Q(large=digest) | Q(small=digest)).first()
    kept = FOR_EVER
    if row is None:
        row, kept = _of_people(digest), NEVER_KEPT
    content = row and pictures.read(row.large if row.large == digest else row.small)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="image/webp", headers={"Cache-Control": kept})
    answer["Content-Disposition"] = "inline"
    return answer


def _of_people(digest):
    """What is published now with a picture of people, by consent."""
    card = StaffCard.objects.shown().filter(small=digest).first()
    return card or NewsPicture.objects.shown().filter(small=digest).first()

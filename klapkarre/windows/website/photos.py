"""A picture of a place: for everyone, kept by the browser for ever, because another picture has another address."""

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.places.models import Picture

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def photo(request, digest):
    """The file of a row that is there; the address only says which row."""
    row = Picture.objects.filter(Q(large=digest) | Q(small=digest)).first()
    content = row and pictures.read(row.large if row.large == digest else row.small)
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type="image/webp", headers={"Cache-Control": FOR_EVER})
    answer["Content-Disposition"] = "inline"
    return answer

"""The picture of a point: put on or taken away by who plans there, seen by residents at once."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, allowed_to
from klapkarre.foundation.kit.pictures import takes_picture
from klapkarre.foundation.places import photos
from klapkarre.windows.workday.forms import PictureForm
from klapkarre.windows.workday.point_views import page_of, point_or_404


@takes_picture
@never_cache
@allowed_to(PLAN)
def point_picture(request, slug):
    """Put a picture on the page of the point, in the place of the one before."""
    point = point_or_404(request, slug)
    if request.method != "POST":
        return redirect("workday:point_days", slug)
    form = PictureForm(request.POST, request.FILES, prefix="foto")
    if not form.is_valid():
        return page_of(request, point, picture=form)
    photos.show_picture(point, *form.cleaned_data["file"], form.cleaned_data["alt"])
    messages.success(request, _("De foto staat er. Bewoners zien ze nu."))
    return redirect("workday:point_days", slug)


@never_cache
@allowed_to(PLAN)
def point_picture_away(request, slug):
    """Take the picture away, with its files."""
    point = point_or_404(request, slug)
    if request.method == "POST":
        if photos.take_picture_away(point):
            messages.success(request, _("De foto is weg."))
        else:
            messages.warning(request, _("De foto was al weg."))
    return redirect("workday:point_days", slug)

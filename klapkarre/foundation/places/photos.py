"""Verbs about the one picture of a place: put it there with its words, and take it away with its files."""

from django.db import transaction

from klapkarre.foundation.kit import pictures
from klapkarre.foundation.places.models import Picture, Place, content_changed


def _locked(place):
    return Place.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=place.pk)


def _files_of(place):
    return {name for row in Picture.objects.filter(place=place) for name in (row.large, row.small)}


@transaction.atomic
def show_picture(place, large, small, alt):
    """Put this picture on the page of the place, with what one sees on it; the one before goes, files too."""
    place = _locked(place)
    before = _files_of(place)
    facts = {
        "large": pictures.keep(large, place.pk),
        "small": pictures.keep(small, place.pk),
        "width": large.width,
        "height": large.height,
        "small_width": small.width,
        "alt": alt,
    }
    row, _made = Picture.objects.update_or_create(place=place, defaults=facts)
    content_changed(place.neighbourhood.municipality_id)
    transaction.on_commit(lambda: pictures.forget(*(before - {row.large, row.small})))
    return row


@transaction.atomic
def take_picture_away(place):
    """Remove the picture and its files; says whether there was one. Twice is once."""
    place = _locked(place)
    before = _files_of(place)
    if not before:
        return False
    Picture.objects.filter(place=place).delete()
    content_changed(place.neighbourhood.municipality_id)
    transaction.on_commit(lambda: pictures.forget(*before))
    return True

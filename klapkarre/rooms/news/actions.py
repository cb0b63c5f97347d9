"""Write news, change it, take it off the site: for residents at once, its picture with its files."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klapkarre.foundation.finding import actions as finding
from klapkarre.foundation.finding.sources import Text
from klapkarre.foundation.kit import pictures
from klapkarre.foundation.people import ledger
from klapkarre.foundation.people.intake import key_for, once
from klapkarre.foundation.places.models import content_changed
from klapkarre.foundation.voices import actions as voices
from klapkarre.foundation.voices.models import Recording
from klapkarre.rooms.news.models import News, NewsPicture

PLAIN = ("title", "text", "neighbourhood", "place", "state")


KIND = "news"


class Changed(ValidationError):
    """Someone else saved this news in the meantime; `news` is how it stands now."""

    def __init__(self, news):
        super().__init__(
            _("Iemand anders wijzigde dit intussen. Kijk het na en bewaar opnieuw."), code="changed"
        )
        self.news = news


def add(team, values, *, key, now=None):
    """Write news; the same `key` with the same text gives the same news again."""
    facts = sorted((name, str(values[name])) for name in PLAIN)
    answer, row = once(
        key_for(key, team.pk, facts),
        "news.add",
        lambda: _store(News(organisation_id=team.organisation_id, team=team), values, now or timezone.now()),
    )
    return row or News.objects.get(pk=answer)


@transaction.atomic
def change(news, values, version, now=None):
    """Save changed news. Raises `Changed` when `version` is not the current one any more."""
    own = News.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=news.pk)
    if own.version != version:
        raise Changed(own)
    own.version += 1
    before = own.neighbourhood.municipality_id
    row = _store(own, values, now or timezone.now())
    content_changed(before)
    return row


def _store(news, values, now):
    for name in PLAIN:
        setattr(news, name, values[name])
    news.saved_at = now
    if news.is_published and news.published_at is None:
        news.published_at = now
    news.save()
    if values.get("picture") or values.get("without_picture"):
        _take_picture_away(news)
    if values.get("picture"):
        _show_picture(news, values, now)
    elif values.get("alt"):
        NewsPicture.objects.filter(news=news).update(alt=values["alt"])
    if news.is_published:
        finding.publish(text_of(news))
    else:
        finding.withdraw(KIND, news.pk)
    content_changed(news.neighbourhood.municipality_id)
    return news


def _show_picture(news, values, now):
    large, small = values["picture"]
    NewsPicture.objects.create(
        organisation_id=news.organisation_id,
        news=news,
        large=pictures.keep(large, ("news", news.pk)),
        small=pictures.keep(small, ("news", news.pk)),
        width=small.width,
        height=small.height,
        alt=values["alt"],
        people=values["people"],
        answered_at=now,
    )


def _take_picture_away(news):
    rows = NewsPicture.objects.filter(news=news)
    ledger.note(rows)
    rows.delete()


@transaction.atomic
def withdraw(news, now=None):
    """Take it off the site, its picture and its voices with their files. Says whether it was there: twice is once."""
    own = News.objects.select_for_update(of=("self",)).select_related("neighbourhood").get(pk=news.pk)
    _take_picture_away(own)
    voices.take_away(Recording.objects.of(own), municipality_id=own.neighbourhood.municipality_id)
    if own.state == News.State.WITHDRAWN:
        return False
    own.state, own.saved_at = News.State.WITHDRAWN, now or timezone.now()
    own.version += 1
    own.save()
    finding.withdraw(KIND, own.pk)
    content_changed(own.neighbourhood.municipality_id)
    return True


def text_of(news):
    """The `Text` of one piece of news, for search."""
    place = news.place.name if news.place else ""
    return Text(
        KIND,
        str(news.pk),
        news.neighbourhood.municipality_id,
        news.title,
        f"{place} {news.neighbourhood.name}",
        said=(("title", news.title), ("text", news.text)),
        of=(News, news.pk),
    )


def texts(only=None):
    """All news that residents can find now; `only`: these keys."""
    rows = News.objects.published() if only is None else News.objects.published().filter(pk__in=only[KIND])
    for news in rows.select_related("neighbourhood", "place"):
        yield text_of(news)

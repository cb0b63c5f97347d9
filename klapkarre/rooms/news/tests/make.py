"""Rows for tests: only what matters to the test is named."""

from django.utils import timezone

from klapkarre.rooms.news.models import News


def make_news(team, neighbourhood, **fields):
    """News that residents can read."""
    values = {
        "title": "De bank staat er",
        "text": "Kom zitten.",
        "state": News.State.PUBLISHED,
        "published_at": timezone.now(),
    } | fields
    return News.objects.create(
        organisation=team.organisation, team=team, neighbourhood=neighbourhood, **values
    )

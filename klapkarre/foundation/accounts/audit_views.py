"""The log of readings, for the auditor: who looked at what. It shows numbers of rows, never names or notes."""

import csv

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import AUDIT, allowed_to
from klapkarre.foundation.accounts.actions import note_look
from klapkarre.foundation.accounts.audit_forms import LogForm, LoginsForm, SummaryForm
from klapkarre.foundation.accounts.models import LoginEvent, Opening, Reading
from klapkarre.foundation.accounts.readers import kind_words
from klapkarre.foundation.accounts.reading_days import days_of, per_user
from klapkarre.foundation.accounts.routes import path_of
from klapkarre.foundation.kit.sheets import safe

PER_PAGE = 50
MOST_LINES = 20_000
SHOWN_IDS = 300
LOOK = "accounts.reading"


def runs(numbers):
    """Numbers as short text: 1, 2, 3 and 7 are `1-3` and `7`."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def _note_look(request, shown, reason="", kind=LOOK):
    """The auditor's own looks stand in the log too."""
    for organisation in request.user.audited_ids:
        note_look(request, organisation, kind, shown, reason=reason)


def _in_words(readings):
    for reading in readings:
        reading.words, reading.path = kind_words(reading.kind), path_of(reading.route)
    return readings


def _asked(request):
    """The filter, and the readings that it leaves; none when it cannot be understood."""
    form = LogForm(request.GET, user=request.user)
    rows = Reading.objects.visible_to(request.user).order_by("-number")
    return form, form.narrowed(rows) if form.is_valid() else rows.none()


@never_cache
@allowed_to(AUDIT)
def readings(request):
    form, rows = _asked(request)
    page = Paginator(rows.select_related("user"), PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = _in_words(list(page.object_list))
    _note_look(request, runs(one.number for one in page.object_list))
    query = request.GET.copy()
    query.pop("pagina", None)
    context = {
        "page_obj": page,
        "form": form,
        "is_asked": form.is_asked(),
        "query": query.urlencode(),
        "waiting": Opening.objects.to_review(request.user).count(),
    }
    return render(request, "accounts/readings.html", context)


@never_cache
@allowed_to(AUDIT)
def reading(request, number):
    """One reading, with the numbers of all rows that were shown."""
    rows = (
        Reading.objects.visible_to(request.user)
        .select_related("user", "opening__team")
        .defer("opening__reason")
    )
    row = get_object_or_404(rows, number=number)
    _in_words([row])
    _note_look(request, [str(row.number)])
    context = {"row": row, "ids": row.rows[:SHOWN_IDS], "more": max(0, len(row.rows) - SHOWN_IDS)}
    return render(request, "accounts/reading.html", context)


@never_cache
@allowed_to(AUDIT)
def sheet(request):
    """The chosen readings as a CSV that Flemish spreadsheets open at once; the newest 20,000 at most."""
    _form, rows = _asked(request)
    rows = rows.select_related("user")[:MOST_LINES]
    _note_look(request, runs(rows.values_list("number", flat=True)), _("uitvoer naar een bestand"))
    answer = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="inzagen-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


class _Echo:
    def write(self, line):
        return line


def _lines(rows):
    write = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n").writerow
    yield "\ufeff"
    head = (
        _("Nummer"),
        _("Wanneer"),
        _("Wie"),
        _("Wat"),
        _("Hoeveel"),
        _("Pagina"),
        _("Reden"),
        _("Opening"),
        _("Gegevens"),
    )
    yield write(head)
    for row in rows.iterator(1000):
        when = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
        words = (row.user.username, kind_words(row.kind), row.size, path_of(row.route), row.reason)
        ids = " ".join(map(str, row.rows))
        yield write([row.number, when, *map(safe, words), row.opening_id or "", safe(ids)])


@never_cache
@allowed_to(AUDIT)
def people(request):
    """Readings per worker by name, without an order of who reads most; days and hours help to see what is odd."""
    form = SummaryForm(request.GET, user=request.user)
    rows = Reading.objects.visible_to(request.user)
    rows = form.narrowed(rows) if form.is_valid() else rows.none()
    who = form.cleaned_data.get("wie") if form.is_valid() else None
    period = f"{form.data.get('van', '')}/{form.data.get('tot', '')}"
    context = {"form": form, "rows": per_user(rows), "who": who, "days": days_of(rows) if who else []}
    _note_look(request, [period, *([str(who.pk)] if who else [])], _("overzicht per medewerker"))
    return render(request, "accounts/reading_people.html", context)


@never_cache
@allowed_to(AUDIT)
def logins(request):
    """Who came in, who tried, and what was changed in how someone logs in. Never what was typed."""
    form = LoginsForm(request.GET, user=request.user)
    rows = LoginEvent.objects.visible_to(request.user).select_related("user")
    page = Paginator(form.narrowed(rows) if form.is_valid() else rows.none(), PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    _note_look(request, runs(one.pk for one in page.object_list), kind=LoginEvent._meta.label_lower)
    context = {"page_obj": page, "form": form, "is_asked": form.is_asked()}
    return render(request, "accounts/logins.html", context)

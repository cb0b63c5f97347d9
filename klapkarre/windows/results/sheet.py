"""The same tables as a CSV that Flemish spreadsheets open at once: UTF-8 with a mark, semicolons, Dutch headings."""

import csv
import io

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klapkarre.foundation.kit.sheets import safe


def plain(number):
    """A number without separators of thousands; with the comma that Flemish spreadsheets read."""
    return str(number).replace(".", ",")


def csv_of(report):
    """One line per number: table, row, column, number. The column of the numbers holds nothing but numbers."""
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    write([_("Onderdeel"), _("Rij"), _("Kolom"), _("Aantal"), _("Opmerking")])
    about = _("Over dit bestand")
    for label, words in report.about():
        write([about, safe(label), "", "", safe(words)])
    for part, label, number in report.facts():
        write([safe(part), safe(label), "", plain(number), ""])
    for table in report.tables:
        for label, numbers in [*table.rows, *([(_("Totaal"), table.total)] if table.total else [])]:
            for column, number in zip(table.columns, numbers, strict=True):
                write([safe(table.title), safe(label), safe(column), plain(number), ""])
    for row in report.found.uncounted:
        when = date_format(row.local_start, "j F Y")
        write([_("Activiteiten"), safe(f"{row.title}, {when}"), _("Deelnames"), "", _("nog niet geteld")])
    return "\ufeff" + out.getvalue()

"""Files to take along: CSV that no spreadsheet runs, and JSON that people can read."""

import csv
import io

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
JSON = {"ensure_ascii": False, "indent": 2}


def safe(text):
    """Text that a spreadsheet never runs as a formula. [OWASP, CSV injection]"""
    text = str(text)
    return f"'{text}" if text.lstrip().startswith(RISKY) or text.startswith(RISKY) else text


def answer(rows, name, organisation):
    """Rows as a CSV file that Flemish spreadsheets open at once: UTF-8 with a mark, semicolons."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(
        [safe(cell) for cell in row] for row in rows
    )
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    return download(response, name, organisation, "csv")


def download(response, name, organisation, kind):
    """Have the browser keep this answer as a file with a clear name."""
    title = slugify(f"{name} {organisation.name} {timezone.localdate()}")[:100]
    response["Content-Disposition"] = f'attachment; filename="{title}.{kind}"'
    return response


def told(answers):
    """Questions and answers as plain data."""
    return [
        {
            "question": str(question.title),
            "answer": row.text if row else None,
            "at": row.at.isoformat() if row else None,
        }
        for question, row in answers
    ]

"""What becomes a PDF: nothing of elsewhere, whole sentences, a file name that every system takes."""

import pytest
from PIL import ImageFile

from klapkarre.foundation.kit import pdf


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/logo.png",
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "paper:kit/../../config/settings.py",
        "paper:kit/klapkarre.css",
        "paper:",
        "data:text/plain,a",
        "",
    ],
)
def test_nothing_but_our_own_files_is_fetched(address, need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    with pytest.raises(ValueError, match="not one of our files"):
        pdf.fetch(address)


@pytest.mark.slow
def test_half_a_picture_stays_refused(need):
    """WeasyPrint tells Pillow to take them, for the whole program."""
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    pdf._printer()
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


@pytest.mark.slow
def test_our_own_files_are_all_there(need):
    need(pdf.is_here(), f"pango ontbreekt: {pdf.INSTALL}")
    assert sorted(name for name in pdf.OWN if not pdf.fetch(f"paper:{name}").read()) == []


@pytest.mark.parametrize(
    ("text", "most", "left"),
    [
        ("Kom langs. Er is soep. Breng een kom mee.", 25, "Kom langs. Er is soep."),
        ("Kom langs.", 25, "Kom langs."),
        ("Een eerste zin die veel te lang is", 20, "Een eerste zin die…"),
        ("Om 14.30 uur. Kom.", 14, "Om 14.30 uur."),
        ("", 10, ""),
    ],
)
def test_a_text_is_cut_after_a_sentence(text, most, left):
    assert pdf.shortened(text, most) == left


def test_the_file_has_a_plain_name():
    answer = pdf.answer(b"%PDF", "poster-a4", 'Soep "für" <alle>\r\n')
    assert answer["Content-Disposition"] == 'inline; filename="poster-a4-soep-fur-alle.pdf"'

"""Tips for plain words in a town file: told with their line, and the town is loaded all the same."""

import pytest
from django.core.management import call_command

from klapkarre.foundation.accounts.tests.test_import_town import SMALL
from klapkarre.foundation.places.models import Place, Welcome

pytestmark = pytest.mark.django_db
HARD = SMALL.replace("tekst: Een babbel,", "tekst: Een participatief traject,").replace(
    "    postcode: 9200\n", "    postcode: 9200\n    in het kort: Gelieve te bellen.\n"
)


def load(tmp_path, capsys, text):
    file = tmp_path / "town.yaml"
    file.write_text(text)
    call_command("import_town", str(file))
    return capsys.readouterr().out.splitlines()


def test_tips_are_told_with_their_line_and_stop_nothing(tmp_path, capsys):
    lines = load(tmp_path, capsys, HARD)
    assert [line for line in lines if line.startswith(("Tip", "3 tips"))] == [
        "Tip. Regel 19, waarvoor, tekst: 'participatief'. Zeg liever 'samen met de bewoners'.",
        "Tip. Regel 19, waarvoor, tekst: 'traject'. Zeg liever 'weg, stap voor stap'.",
        "Tip. Regel 25, plaatsen, in het kort: 'Gelieve'. Zeg liever 'wil je'.",
        "3 tips voor klare taal. Jij kiest. Alles is bewaard zoals het er staat.",
    ]
    assert (lines[-1], Place.objects.get().summary) == ("Klaar.", "Gelieve te bellen.")
    assert Welcome.objects.get().text == "Een participatief traject"


@pytest.mark.slow
def test_plain_texts_give_no_tips(tmp_path, capsys):
    assert [line for line in load(tmp_path, capsys, SMALL) if "Tip" in line or "klare taal" in line] == []

"""A town from a file: what is right is written once, what is wrong is told with its line and nothing is written."""

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, DataKey, Organisation, Team
from klapkarre.foundation.accounts.town_import import import_town
from klapkarre.foundation.places.models import (
    Closure,
    ExtraOpening,
    Municipality,
    Neighbourhood,
    OpeningHours,
    Place,
    Welcome,
    content_version,
)

DEMO = Path(__file__).parents[4] / "demo" / "dendermonde.yaml"
SMALL = """\
gemeente:
  naam: Proefdorp
  kortnaam: proefdorp
  telefoon: 052 00 00 01
organisatie: {naam: Buurtwerk Proef, kortnaam: buurtwerk-proef}
buurten:
  - naam: Molenwijk
    kortnaam: molenwijk
teams:
  - naam: Team Molen
    buurten: [molenwijk]
convenanten:
  - naam: Convenant
    begin: 2026-01-01
    einde: 31 december 2028
    doelen:
      - {nummer: 1, kort: Dichter, tekst: Dichter bij hulp}
waarvoor:
  - {tekst: Een babbel, thema: babbel, icoon: coffee}
plaatsen:
  - naam: Buurtpunt
    kortnaam: punt
    buurt: molenwijk
    postcode: 9200
    uren:
      - {dag: donderdag, van: 9 uur, tot: 12.30 uur, wanneer: in schoolweken}
    dicht:
      - {van: 24 december 2026, tot en met: 2027-01-03, reden: Vakantie}
      - {van: 2026-11-12, reden: Teamdag}
    extra open:
      - {dag: 2026-12-28, van: '14:00', tot: 24 uur}
"""
MODELS = (
    Municipality, Neighbourhood, Place, OpeningHours, Closure, ExtraOpening, Welcome,
    Organisation, DataKey, Team, Covenant, CovenantGoal,
)  # fmt: skip


@pytest.fixture
def town_file(tmp_path):
    """Writes a file and imports it; replaces texts of SMALL first."""

    def run(*replacements, text=SMALL):
        for old, new in replacements:
            assert text.count(old) == 1
            text = text.replace(old, new)
        path = tmp_path / "town.yaml"
        path.write_text(text)
        return import_town(path)

    return run


def stored():
    return {model.__name__: sorted(model.objects.values_list(), key=repr) for model in MODELS}


def counts():
    return {model.__name__: model.objects.count() for model in MODELS}


@pytest.mark.django_db
def test_the_demo_town_is_that_of_the_sources():
    report = import_town(DEMO)
    assert report.problems == []
    assert counts() == {
        "Municipality": 1, "Neighbourhood": 9, "Place": 8, "OpeningHours": 2, "Closure": 0, "ExtraOpening": 0,
        "Welcome": 21, "Organisation": 1, "DataKey": 1, "Team": 2, "Covenant": 2, "CovenantGoal": 6,
    }  # fmt: skip
    assert list(
        Neighbourhood.objects.filter(parent=None).order_by("status", "name").values_list("name", "status")
    ) == [
        ("Bijloke", "active"),
        ("Hof ten Rode", "active"),
        ("Wastijne", "active"),
        ("'t Keur-Blauwe Steen", "supported"),
        ("Broekkant", "supported"),
    ]
    hours = OpeningHours.objects.order_by("weekday")
    assert list(hours.values_list("place__street", "weekday", "opens", "closes")) == [
        ("Hof Ten Rode 78", 1, datetime.time(10), datetime.time(13)),
        ("Vlotgraslaan 16", 3, datetime.time(9), datetime.time(12)),
    ]
    assert not Place.objects.get(slug="wastijne").hours.exists()
    assert set(Place.objects.points().values_list("phone", "phone_is_example")) == {("052 00 00 00", True)}
    covenant = Covenant.objects.get(starts_on="2024-07-01")
    assert (covenant.ends_on, covenant.goals.count()) == (datetime.date(2026, 6, 30), 3)
    assert Covenant.objects.get(starts_on="2026-07-01").name.startswith("Verzonnen voorbeeld")


@pytest.mark.django_db
def test_a_second_time_changes_nothing(town_file):
    first, before, version = town_file(), stored(), content_version()
    again = town_file()
    assert (first.wrote, again.wrote, stored(), content_version()) == (True, False, before, version)
    assert sum(again.same.values()) == sum(first.created.values())


@pytest.mark.django_db
def test_a_small_file_is_written_whole(town_file):
    assert town_file().problems == []
    place = Place.objects.get()
    assert (place.neighbourhood.name, place.postcode, place.kind) == ("Molenwijk", "9200", "point")
    assert list(place.hours.values_list("weekday", "opens", "closes", "during")) == [
        (3, datetime.time(9), datetime.time(12, 30), "school")
    ]
    assert list(place.closures.values_list("first_day", "last_day", "reason")) == [
        (datetime.date(2026, 11, 12), datetime.date(2026, 11, 12), "Teamdag"),
        (datetime.date(2026, 12, 24), datetime.date(2027, 1, 3), "Vakantie"),
    ]
    assert list(place.extra_openings.values_list("day", "opens", "closes")) == [
        (datetime.date(2026, 12, 28), datetime.time(14), datetime.time(0))
    ]
    assert list(place.welcomes.values_list("position", "text", "theme", "icon")) == [
        (0, "Een babbel", "babbel", "coffee")
    ]
    assert list(Team.objects.get().neighbourhoods.all()) == [place.neighbourhood]
    assert DataKey.objects.count() == 1


@pytest.mark.django_db
def test_a_changed_file_brings_the_town_up_to_date(town_file):
    town_file()
    place = Place.objects.get()
    version = content_version()
    report = town_file(
        ("tot: 12.30 uur", "tot: 13 uur"), ("naam: Buurtpunt", "naam: Punt"), ("24 uur", "17 uur")
    )
    place.refresh_from_db()
    assert (place.name, place.hours.get().closes) == ("Punt", datetime.time(13))
    assert (report.changed[Place], report.removed[OpeningHours], report.created[OpeningHours]) == (1, 1, 1)
    assert content_version() > version


@pytest.mark.django_db
def test_what_is_no_longer_in_the_file_is_told_and_kept(town_file):
    town_file()
    text = SMALL[: SMALL.index("plaatsen:")].replace("molenwijk", "dorp").replace("Molenwijk", "Dorp")
    report = town_file(("Team Molen", "Team Dorp"), ("naam: Convenant", "naam: Nieuw"), text=text)
    assert report.left_over == [
        "buurt Molenwijk",
        "plaats Buurtpunt",
        "team Team Molen",
        "convenant Convenant",
    ]
    assert (Place.objects.count(), Neighbourhood.objects.count(), Team.objects.count()) == (1, 2, 2)


@pytest.mark.django_db
def test_days_that_a_worker_closed_stay_when_the_file_does_not_speak_of_them(town_file):
    without = SMALL[: SMALL.index("    dicht:")]
    town_file(text=without)
    Place.objects.get().closures.create(first_day="2026-11-26", last_day="2026-11-26", reason="Ziek")
    assert town_file(text=without).wrote is False
    assert Closure.objects.count() == 1
    town_file(text=without + "    dicht: []\n")
    assert Closure.objects.count() == 0


@pytest.mark.django_db
def test_a_second_town_of_the_same_organisation_stands_beside_the_first(town_file):
    town_file()
    text = (
        SMALL.replace("roefdorp", "roefstad")
        .replace("molenwijk", "kaai")
        .replace("kortnaam: punt", "kortnaam: p2")
    )
    report = town_file(text=text)
    assert (report.problems, report.left_over) == ([], [])
    assert (Municipality.objects.count(), Organisation.objects.count(), Team.objects.count()) == (2, 1, 1)
    assert Team.objects.get().neighbourhoods.count() == 2
    taken = town_file(text=SMALL.replace("roefdorp", "roefstad"))
    assert [str(problem) for problem in taken.problems] == [
        "Regel 8, buurten, kortnaam: 'molenwijk' is al van Proefdorp. Kies een andere kortnaam.",
        "Regel 22, plaatsen, kortnaam: 'punt' is al van Proefdorp. Kies een andere kortnaam.",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("van: 9 uur", "van: '25:00'", "Regel 26, uren, van: '25:00' is geen uur. Schrijf bv. 9:00 of 9 uur."),
        ("tot: 12.30 uur", "tot: 9:00", "Regel 26, uren, tot: 'van' en 'tot' zijn hetzelfde uur."),
        ("dag: donderdag", "dag: donderdg", "Regel 26, uren, dag: 'donderdg' kan niet. Kies: maandag, dinsdag,"
         " woensdag, donderdag, vrijdag, zaterdag, zondag."),
        ("{van: 24 december 2026,", "{", "Regel 28, dicht: 'van' ontbreekt."),
        ("24 december 2026", "31 november 2026", "Regel 28, dicht, van: '31 november 2026' is geen datum."
         " Schrijf bv. 2026-07-01 of 1 juli 2026."),
        ("2027-01-03", "2025-01-03", "Regel 28, dicht, tot en met: het einde ligt voor het begin."),
        ("31 december 2028", "31 december 2025", "Regel 15, convenanten, einde: het einde ligt voor het begin."),
        ("052 00 00 01", "bel ons", "Regel 4, gemeente, telefoon: 'bel ons' is geen telefoonnummer."
         " Schrijf bv. 052 37 85 00."),
        ("kortnaam: punt", "kortnaam: Het Punt", "Regel 22, plaatsen, kortnaam: 'Het Punt' kan niet."
         " Schrijf kleine letters, cijfers en streepjes, hoogstens 50."),
        ("naam: Buurtpunt", "naam: " + "x" * 101, "Regel 21, plaatsen, naam: te lang: hoogstens 100 tekens."),
        ("    postcode", "    postkode", "Regel 24, plaatsen: 'postkode' ken ik niet. Bedoel je 'postcode'?"),
        ("    postcode: 9200", "    kortnaam: 9200", "Regel 24, plaatsen: 'kortnaam' staat er twee keer."),
        ("    buurt: molenwijk", "    buurt: elders", "Regel 23, plaatsen, buurt: er is geen buurt met kortnaam"
         " 'elders' in dit bestand."),
        ("[molenwijk]", "[elders]", "Regel 11, teams, buurten: er is geen buurt met kortnaam 'elders' in dit bestand."),
        ("[molenwijk]", "molenwijk", "Regel 11, teams, buurten: hier hoort een lijst, met een streepje voor elk deel."),
        ("naam: Proefdorp", "naam: [Proef, dorp]", "Regel 2, gemeente, naam: hier hoort één waarde, geen lijst."),
        ("thema: babbel", "thema: babel", None),
        ("icoon: coffee", "icoon: koffie", "Regel 19, waarvoor, icoon: de icoon 'koffie' bestaat niet."),
        ("  naam: Proefdorp\n", "", "Regel 2, gemeente: 'naam' ontbreekt."),
        ("gemeente:", "gemeente: &dit\n  zelf: *dit\nrest:", None),
        ("Een babbel", "\"\\0\"", "Regel 19, waarvoor, tekst: hier staat een teken dat we niet kunnen bewaren."),
        ("Een babbel", "\"\\ud800\"", None),
        ("buurten:\n  - naam: Molenwijk\n    kortnaam: molenwijk\n", "buurten: &b [*b]\n", None),
        ("teams:", "teams:\n\t- x", None),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_written(town_file, old, new, message):
    report = town_file((old, new))
    if message:
        assert [str(problem) for problem in report.problems] == [message]
    else:
        assert report.problems
    assert set(counts().values()) == {0}


@pytest.mark.django_db
def test_every_error_is_told_at_once_and_short_names_are_unique(town_file):
    report = town_file(
        ("van: 9 uur", "van: 9 oor"), ("052 00 00 01", "1"), ("einde: 31 december 2028", "einde: ooit")
    )
    assert [problem.line for problem in report.problems] == [4, 15, 26]
    extra = SMALL + "  - {naam: Nog een, kortnaam: punt, buurt: molenwijk}\n"
    (problem,) = town_file(text=extra).problems
    assert str(problem) == "Regel 32, plaatsen, kortnaam: 'punt' staat ook op regel 22."


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Regel 1: het bestand is leeg."),
        (b"\xff\xfe\x00", "Regel 1: bewaar het bestand als UTF-8."),
        (b"- a\n- b\n", "Regel 1: hier horen regels met naam: waarde."),
        (b"x" * 2_000_001, "Regel 1: het bestand is te groot, meer dan 2 MB."),
        (b"[" * 1000, "Regel 1: de lijsten zitten te diep in elkaar."),
    ],
)
def test_a_file_that_is_no_town_is_refused(tmp_path, data, message):
    path = tmp_path / "town.yaml"
    path.write_bytes(data)
    assert [str(problem) for problem in import_town(path).problems] == [message]
    assert set(counts().values()) == {0}


@pytest.mark.django_db
def test_the_command_reports_and_fails_on_errors(tmp_path, capsys):
    path = tmp_path / "town.yaml"
    path.write_text(SMALL)
    call_command("import_town", str(path))
    assert capsys.readouterr().out.splitlines() == [
        "nieuw: 1 gemeente, 1 buurt, 1 plaats, 1 openingsuren, 1 waarvoor je komt, 2 sluitingen, 1 extra opening,"
        " 1 organisatie, 1 team, 1 convenant, 1 doel",
        "Klaar.",
    ]
    with pytest.raises(CommandError, match="kan niet gelezen worden"):
        call_command("import_town", str(tmp_path / "niets.yaml"))


@pytest.mark.django_db
def test_a_position_is_written_with_a_point_or_a_comma(town_file):
    where = (
        "    postcode: 9200\n    breedtegraad: 51,0286912\n    lengtegraad: 4.10106\n    ligging: ongeveer"
    )
    more = (
        "    kortnaam: molenwijk\n",
        "    kortnaam: molenwijk\n    breedtegraad: 51.03\n    lengtegraad: 4.1\n",
    )
    assert town_file(("    postcode: 9200", where), more).problems == []
    place, buurt = Place.objects.get(), Neighbourhood.objects.get()
    assert (place.position, place.position_is_rough, buurt.position) == (
        (51.02869, 4.10106),
        True,
        (51.03, 4.1),
    )
    assert town_file(("    postcode: 9200", where), more).wrote is False


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("breedtegraad: 4.1", "lengtegraad: 51.02"), "Regel 25, plaatsen, breedtegraad: '4.1' kan niet."
         " In België ligt dit tussen 49 en 52, bv. 49,12345."),
        (("breedtegraad: 51.1",), "Regel 25, plaatsen, breedtegraad: 'lengtegraad' ontbreekt:"
         " een ligging heeft ze allebei nodig."),
        (("lengtegraad: 4.1",), "Regel 25, plaatsen, lengtegraad: 'breedtegraad' ontbreekt:"
         " een ligging heeft ze allebei nodig."),
        (("breedtegraad: 51.1", "lengtegraad: nan"), "Regel 26, plaatsen, lengtegraad: 'nan' kan niet."
         " In België ligt dit tussen 2 en 7, bv. 2,12345."),
        (("breedtegraad: 51.1", "lengtegraad: 4°06'"), None),
        (("breedtegraad: 51.1", "lengtegraad: '-4.1'"), None),
        (("ligging: ongeveer",), "Regel 25, plaatsen, ligging: schrijf er ook 'breedtegraad' en 'lengtegraad' bij."),
    ],
)  # fmt: skip
def test_a_position_that_cannot_be_is_told_with_its_line(town_file, lines, message):
    text = "".join(f"\n    {line}" for line in lines)
    problems = [
        str(problem) for problem in town_file(("    postcode: 9200", f"    postcode: 9200{text}")).problems
    ]
    assert (message or problems[0]) in problems
    assert set(counts().values()) == {0}

"""The risks of working with what residents tell, and what in the program makes each smaller.

`proof` names where that can be checked: files of tests or decisions in the source. `chapters` are those of the
standard in `docs/asvs.csv` that ask for such measures.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Risk:
    """What may go wrong for a resident, and what stands against it."""

    name: "StrOrPromise"
    harm: "StrOrPromise"
    measures: "tuple[StrOrPromise, ...]"
    proof: tuple[str, ...] = field(default=())
    chapters: tuple[str, ...] = field(default=())


RISKS = (
    Risk(
        _("Iemand leest wat niet voor die persoon bedoeld is"),
        _("Een bewoner verliest vertrouwen, of lijdt schade door wat bekend raakt."),
        (
            _("Elke rol ziet enkel wat bij die rol hoort. De rest bestaat voor haar niet."),
            _("Elke inzage staat in een logboek voor de pagina verschijnt."),
        ),
        ("tests/access/test_matrix.py", "docs/decisions/0014-reading-log.md"),
        ("V6", "V7", "V8"),
    ),
    Risk(
        _("De databank of een kopie ervan raakt gestolen"),
        _("Namen en gesprekken komen op straat."),
        (
            _("Namen en nota's zijn versleuteld. De sleutel staat apart."),
            _("Een kopie zonder sleutel geeft niets persoonlijks prijs."),
        ),
        ("tests/canary/test_dump.py", "tests/commands/test_backup.py", "docs/decisions/0011-keys.md"),
        ("V11", "V12", "V13"),
    ),
    Risk(
        _("Gegevens blijven te lang bewaard"),
        _("Wat ooit verteld is, blijft iemand volgen."),
        (
            _("Elke soort heeft een hoogste termijn. Het programma wist elke dag zelf."),
            _("Wat gewist is, keert met een oude kopie niet terug."),
        ),
        (
            "klapkarre/foundation/people/tests/test_retention.py",
            "klapkarre/foundation/people/tests/test_ledger.py",
        ),
        ("V14",),
    ),
    Risk(
        _("Er staat meer in dan de bewoner weet of wil"),
        _("Mensen voelen zich bespied en blijven weg."),
        (
            _("Een persoon bestaat enkel met toestemming, per soort gegeven."),
            _("Trekt iemand die in? Dan is alles weg binnen dertig dagen."),
        ),
        ("klapkarre/foundation/people/tests/test_consent.py", "docs/decisions/0013-persons-by-consent.md"),
        ("V14",),
    ),
    Risk(
        _("Er staan nummers of wachtwoorden in een nota"),
        _("Iemand kan zich als de bewoner voordoen."),
        (_("Een nota met zo'n nummer geeft eerst een waarschuwing."),),
        ("klapkarre/foundation/kit/tests/test_leave_out.py",),
        ("V2",),
    ),
    Risk(
        _("Gegevens kloppen niet, of gaan verloren"),
        _("Een bewoner krijgt de verkeerde hulp, of geen."),
        (
            _("Twee mensen overschrijven elkaar nooit ongezien."),
            _("Een kopie terugzetten wordt bij elke wijziging van het programma geoefend."),
        ),
        ("tests/commands/test_backup.py",),
        ("V2", "V15", "V16"),
    ),
)

"""Names of the demo logins. They exist only where `KLAPKARRE_DEMO=1` filled the database."""

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "klapkarre-demo"  # noqa: S105  (published in the README; no real installation has it)
IN_TWO = "both"
DEMO_ROLES = (
    ("worker", _("Buurtopbouwwerker")),
    ("worker2", _("Buurtopbouwwerker, ander team")),
    ("worker3", _("Buurtopbouwwerker, één buurt")),
    ("coordinator", _("Coördinator")),
    ("city", _("Stadsdienst")),
    ("partner", _("Partner")),
    ("volunteer", _("Vrijwilliger")),
    ("auditor", _("Auditor")),
    ("admin", _("Beheerder")),
    (IN_TWO, _("Werker in twee organisaties")),
)

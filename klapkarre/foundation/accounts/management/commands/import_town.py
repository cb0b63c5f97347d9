"""`./kar manage import_town FILE`: load a town, or bring it up to date."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from klapkarre.foundation.accounts.town_import import import_town


class Command(BaseCommand):
    help = (
        "Load a town file (see docs/new-town.md). Reports every error with its line and writes nothing then."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")

    def handle(self, *args, **options):
        report = import_town(options["file"])
        if not report.ok:
            raise CommandError("\n".join(report.lines()))
        self.stdout.write("\n".join([*report.lines(), _("Klaar.")]))

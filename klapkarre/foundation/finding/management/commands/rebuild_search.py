"""`./kar manage rebuild_search`: make the search index anew from what residents can read now."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from klapkarre.foundation.finding.actions import rebuild


class Command(BaseCommand):
    help = "Make the search index anew. People go on searching meanwhile, in the one before."

    def handle(self, *args, **options):
        self.stdout.write(_("%(count)s teksten kunnen gevonden worden.") % {"count": rebuild()})

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "klapkarre.rooms.outreach"
    label = "outreach"

    def ready(self):
        """A round that is over counts what stays before its doors go."""
        from klapkarre.foundation.people import retention
        from klapkarre.rooms.outreach import actions
        from klapkarre.rooms.outreach.models import Round

        retention.ends_with(Round, actions.end_rounds)

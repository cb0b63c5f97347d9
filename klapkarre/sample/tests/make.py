"""The least that an imported town has: buurten, a point, an organisation with a team and a covenant."""

import datetime

from klapkarre.foundation.accounts import actions
from klapkarre.foundation.accounts.models import Covenant, CovenantGoal, Team
from klapkarre.foundation.places.models import Municipality, Neighbourhood, Place
from klapkarre.sample import scale

TODAY = datetime.date(2026, 11, 21)


def make_town():
    """Proefdorp with one active and two supported buurten."""
    town = Municipality.objects.create(name="Proefdorp", slug="proefdorp")
    supported = Neighbourhood.Status.SUPPORTED
    buurt = Neighbourhood.objects.create(municipality=town, name="Molenwijk", slug="molenwijk")
    for name in ("Stationswijk", "Kloosterwijk"):
        Neighbourhood.objects.create(municipality=town, name=name, slug=name.lower(), status=supported)
    Place.objects.create(neighbourhood=buurt, name="Buurtpunt Molenwijk", slug="buurtpunt-molenwijk")
    organisation = actions.start_organisation("Buurtwerk Proef vzw", "buurtwerk-proef")
    Team.objects.create(organisation=organisation, name="Team Molen").neighbourhoods.add(buurt)
    covenant = Covenant.objects.create(
        organisation=organisation,
        municipality=town,
        name="Convenant Proefdorp",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2030, 12, 31),
    )
    CovenantGoal.objects.create(covenant=covenant, number=1, short="Dichter bij hulp", text="-")


def generate(teams=1, years=1, seed=1):
    """Scale data up to a known day; gives what was said about the progress."""
    seen = []
    scale.generate(teams, years, seed, lambda done, everything: seen.append((done, everything)), TODAY)
    return seen

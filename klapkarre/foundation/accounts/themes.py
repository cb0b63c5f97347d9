"""What conversations, visits and activities are about, and the goal each theme counts for by default.

The seven reasons of the counter are among them (source S1, see `demo/dendermonde.yaml`). A team can point a theme
to another goal with `ThemeGoal`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    CHAT = "babbel", _("babbel")
    DIGITAL = "digitaal", _("digitaal")
    PAPERWORK = "administratie", _("administratie")
    RIGHTS = "rechten", _("rechten")
    NEIGHBOURS = "buren", _("buren leren kennen")
    IDEA = "idee", _("idee of melding")
    MONEY = "financien", _("geld")
    HOUSING = "wonen", _("wonen")
    HEALTH = "gezondheid", _("gezondheid")
    MENTAL = "mentaal", _("mentaal welzijn")
    WORK = "werk", _("werk")
    EDUCATION = "onderwijs", _("onderwijs")
    LEISURE = "vrijetijd", _("vrije tijd")
    ENERGY = "energie", _("energie")
    MOBILITY = "mobiliteit", _("mobiliteit")
    RESIDENCE = "verblijf", _("verblijf")
    SAFETY = "veiligheid", _("veiligheid")
    LIVING_TOGETHER = "samenleven", _("samenleven")
    SURROUNDINGS = "leefomgeving", _("leefomgeving")
    GARBAGE_BAGS = "vuilniszak", _("vuilniszak")


# The seven reasons to come to a buurtpunt, in the order of source S1.
COUNTER_REASONS = (
    Theme.CHAT,
    Theme.DIGITAL,
    Theme.PAPERWORK,
    Theme.RIGHTS,
    Theme.NEIGHBOURS,
    Theme.IDEA,
    Theme.GARBAGE_BAGS,
)

# Goal numbers of the covenant in S1: 1 closer to services, 2 neighbours connected, 3 a pleasant place to live.
DEFAULT_GOAL = {
    Theme.CHAT: 2,
    Theme.DIGITAL: 1,
    Theme.PAPERWORK: 1,
    Theme.RIGHTS: 1,
    Theme.NEIGHBOURS: 2,
    Theme.IDEA: 3,
    Theme.MONEY: 1,
    Theme.HOUSING: 1,
    Theme.HEALTH: 1,
    Theme.MENTAL: 1,
    Theme.WORK: 1,
    Theme.EDUCATION: 1,
    Theme.LEISURE: 2,
    Theme.ENERGY: 1,
    Theme.MOBILITY: 1,
    Theme.RESIDENCE: 1,
    Theme.SAFETY: 3,
    Theme.LIVING_TOGETHER: 2,
    Theme.SURROUNDINGS: 3,
    Theme.GARBAGE_BAGS: 1,
}


def goals_of(team):
    """The map that holds for this team: the usual one with its own choices. One query."""
    own = {Theme(theme): number for theme, number in team.theme_goals.values_list("theme", "number")}
    return DEFAULT_GOAL | own


def seen_as(goals):
    """A map in one line, to compare."""
    return ",".join(f"{theme}:{goals[theme]}" for theme in Theme)

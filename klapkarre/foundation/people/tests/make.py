import uuid

from klapkarre.foundation.people import actions
from klapkarre.foundation.people.models import Kind, Person

ALL = [kind.value for kind in Kind]
FACTS = dict.fromkeys(Person.TEXTS) | {"name": "Fientje Voorbeeld"}


def make_person(team, user, name="Fientje Voorbeeld", kinds=ALL, now=None, **facts):
    """A person with consent, as the page makes one."""
    facts = FACTS | {"name": name} | facts
    person, _is_new = actions.add_person(user, team, facts, kinds, "gesproken", uuid.uuid4(), now)
    return person


def typed(**more):
    """What the page of a new person posts, plus what the test adds."""
    return {"key": str(uuid.uuid4()), "kinds": ALL, "how": "gesproken", "name": "Fientje Voorbeeld"} | more

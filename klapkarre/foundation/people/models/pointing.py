"""What a row that points at a person means for the rights of that person. Rooms declare it, the rights read it."""

from dataclasses import dataclass

from klapkarre.foundation.kit.personal import Fate


@dataclass(frozen=True)
class OfPerson:
    """Said per foreign key in `of_person`: `of_person = {"person": OfPerson(Fate.ERASE)}`. A test asks for it.

    `fate` is what erasing the person does to the row: ERASE takes it away, DETACH cuts the link and asks for each row
    whether its texts go too, COUNT empties all that is personal. `hidden` are fields about others that stay out of
    the export; `alone` leaves out all that hangs on the row too.
    """

    fate: Fate
    hidden: tuple[str, ...] = ()
    alone: bool = False

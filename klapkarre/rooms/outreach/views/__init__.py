"""Pages: `contacts`, the contact log; `steps`, what is to be done, and the history; `visits`, what was told at home.
`rounds` with `round_paper`; `coverage`.
"""

from klapkarre.rooms.outreach.views.contacts import last_tick

__all__ = ["last_tick"]

"""What a worker gets back at once: the own counts, and what still has to be done. Never one worker beside another."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.months import start_of
from klapkarre.rooms.outreach.models import ContactMoment, Step

# More open steps than this are counted, not shown one by one.
MOST = 200
GROUPS = (
    ("late", gettext_lazy("Te laat")),
    ("today", gettext_lazy("Vandaag")),
    ("soon", gettext_lazy("Zo snel het kan")),
    ("later", gettext_lazy("Later")),
)


@dataclass
class ToDo:
    """One step of one contact, ready to show."""

    contact: object
    step: Step
    due: datetime.date | None
    when: str
    where: str
    what: str
    who: str
    age: str
    mine: bool
    has_note: bool


@dataclass
class ToDoList:
    """Open steps in four groups: (name, words, steps)."""

    total: int
    late: int
    there_may_be_more: bool
    groups: list


def own_counts(user, now=None):
    """Contacts and people of this user today and this week (from Monday), and the own open contacts. One query."""
    today = timezone.localdate(now)
    monday = today - datetime.timedelta(days=today.weekday())
    day, tomorrow = Q(when__gte=start_of(today)), Q(when__lt=start_of(today + datetime.timedelta(days=1)))
    own = ContactMoment.objects.filter(by=user, when__gte=start_of(monday)).order_by()
    counts = own.filter(tomorrow).aggregate(
        today=Count("pk", filter=day),
        people_today=Sum("people", filter=day, default=0),
        week=Count("pk"),
        people_week=Sum("people", default=0),
    )
    return counts


def open_steps(contacts, user, now=None, most=MOST):
    """The open steps of these contacts: overdue first, then today, then without a day, then later. Two queries."""
    today = timezone.localdate(now)
    rows = contacts.to_do().for_list().order_by(F("follow_up_on").asc(nulls_last=True), "when", "pk")
    found = {name: [] for name, _words in GROUPS}
    contacts = list(rows[:most])
    for contact in contacts:
        for step in contact.open_steps:
            due = contact.follow_up_on if step == Step.FOLLOW_UP else None
            found[_group(due, today)].append(_to_do(contact, step, due, today, user))
    return ToDoList(
        total=sum(len(steps) for steps in found.values()),
        late=len(found["late"]),
        there_may_be_more=len(contacts) == most,
        groups=[(name, words, found[name]) for name, words in GROUPS if found[name]],
    )


def _group(due, today):
    if due is None:
        return "soon"
    return "late" if due < today else "today" if due == today else "later"


def _to_do(contact, step, due, today, user):
    return ToDo(
        contact=contact,
        step=step,
        due=due,
        when=_due_words(due, today) if due else "",
        where=f"{contact.neighbourhood.name}, {contact.get_setting_display()}",
        what=theme_words(contact),
        who=_who(contact),
        age=age_words(timezone.localdate(contact.when), today),
        mine=contact.by_id == user.pk,
        has_note=contact.has_note,
    )


def theme_words(contact):
    """The themes of a contact as one line, in the order of every form."""
    chosen = {row.theme for row in contact.themes.all()}
    return ", ".join(str(theme.label) for theme in Theme if theme.value in chosen)


def about(contact):
    """What a contact was about and where, in short: wonen, geld, Molenwijk. Nothing from the note."""
    return ", ".join(filter(None, (theme_words(contact), contact.neighbourhood.name)))


def _who(contact):
    """How many people and whether they are known, as far as it tells something; never a name."""
    people = _("%(n)s mensen") % {"n": contact.people} if contact.people > 1 else ""
    known = _("bekend gezicht") if contact.known == ContactMoment.Known.FAMILIAR else ""
    return ", ".join(filter(None, (people, known)))


def _due_words(due, today):
    days = (today - due).days
    if days > 0:
        return ngettext("%(n)s dag te laat", "%(n)s dagen te laat", days) % {"n": days}
    return {0: _("vandaag"), -1: _("morgen")}.get(days, "")


def age_words(day, today):
    """How long ago a conversation was: vandaag, gisteren, 5 dagen geleden, 3 weken geleden."""
    days = (today - day).days
    if days < 2:
        return _("gisteren") if days == 1 else _("vandaag")
    if days < 14:
        return _("%(n)s dagen geleden") % {"n": days}
    if days < 60:
        return _("%(n)s weken geleden") % {"n": days // 7}
    return _("%(n)s maanden geleden") % {"n": days // 30}

"""What a worker gets back at once: the own counts, and what still has to be done. Never one worker beside another."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from klapkarre.foundation.accounts.models import Membership, Role
from klapkarre.foundation.accounts.themes import Theme
from klapkarre.foundation.kit.months import start_of
from klapkarre.rooms.outreach.models import ContactMoment, Step

WEEK = datetime.timedelta(days=7)
# More open steps than this are counted, not shown one by one.
MOST = 200
GROUPS = (
    ("late", gettext_lazy("Te laat")),
    ("today", gettext_lazy("Vandaag")),
    ("week", gettext_lazy("De komende week")),
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
    taken_over: bool
    may_move: bool
    has_note: bool


@dataclass
class ToDoList:
    """The own open steps in groups, (name, words, steps); and those of colleagues in one row, the first to do first."""

    total: int
    late: int
    there_may_be_more: bool
    groups: list
    theirs: list


def own_counts(user, now=None):
    """Contacts and people of this user today and this week (from Monday), and the own open contacts. One query."""
    today = timezone.localdate(now)
    monday = today - datetime.timedelta(days=today.weekday())
    day, tomorrow = Q(when__gte=start_of(today)), Q(when__lt=start_of(today + datetime.timedelta(days=1)))
    own = ContactMoment.objects.noted_by(user).filter(when__gte=start_of(monday)).order_by()
    counts = own.filter(tomorrow).aggregate(
        today=Count("pk", filter=day),
        people_today=Sum("people", filter=day, default=0),
        week=Count("pk"),
        people_week=Sum("people", default=0),
    )
    return counts


def own_week(user, now=None):
    """The same counts, and setting and neighbourhood of the own last contact for a quick tick: `(counts, last)`.

    The last one where this user works now: a tap in a team or neighbourhood of before would be refused. One query, of
    the rows of a week.
    """
    today = timezone.localdate(now)
    monday = start_of(today - datetime.timedelta(days=today.weekday()))
    midnight, tomorrow = start_of(today), start_of(today + datetime.timedelta(days=1))
    own = ContactMoment.objects.noted_by(user)
    last = own.filter(user.own_reach.rows()).order_by("-when", "pk").values("pk")[:1]
    rows = list(
        own.filter(Q(when__gte=monday) | Q(pk__in=last.all()))
        .order_by("-when", "pk")
        .values_list("when", "people", "setting", "team", "neighbourhood", "neighbourhood__name")
    )
    week = [row for row in rows if monday <= row[0] < tomorrow]
    day = [row for row in week if row[0] >= midnight]
    counts = {
        "today": len(day),
        "people_today": sum(row[1] for row in day),
        "week": len(week),
        "people_week": sum(row[1] for row in week),
    }
    here = next((row[2:] for row in rows if user.own_reach.covers(*row[3:5])), None)
    if here is None:
        return counts, None
    setting, _team, buurt, name = here
    words = str(ContactMoment.Setting(setting).label)
    return counts, {"setting": setting, "neighbourhood": buurt, "words": f"{name}, {words}"}


def open_steps(contacts, user, now=None, most=MOST):
    """The open steps of these contacts: overdue first, then today, this week, without a day, later. One query.

    Own ones go first: what the user took over or noted, and what nobody has or who left the team had; then those of
    colleagues.
    """
    today = timezone.localdate(now)
    rows = contacts.to_do().for_list().annotate(doer=Coalesce("to_do_by", "by"))
    in_team = Membership.objects.current(today).filter(
        user=OuterRef("doer"), team=OuterRef("team"), role=Role.WORKER, user__is_active=True
    )
    theirs = When(~Q(doer=user.pk) & Exists(in_team), then=Value(1))
    rows = rows.annotate(is_theirs=Case(theirs, default=Value(0)))
    rows = rows.order_by("is_theirs", F("follow_up_on").asc(nulls_last=True), "when", "pk")
    found, theirs = {name: [] for name, _words in GROUPS}, []
    contacts = list(rows[:most])
    for contact in contacts:
        for step in contact.open_steps:
            due = contact.follow_up_on if step == Step.FOLLOW_UP else None
            to_do = _to_do(contact, step, due, today, user)
            (theirs if contact.is_theirs else found[_group(due, today)]).append(to_do)
    return ToDoList(
        total=sum(len(steps) for steps in found.values()),
        late=len(found["late"]),
        there_may_be_more=len(contacts) == most,
        groups=[(name, words, found[name]) for name, words in GROUPS if found[name]],
        theirs=theirs,
    )


def _group(due, today):
    if due is None:
        return "soon"
    if due <= today:
        return "late" if due < today else "today"
    return "week" if due < today + WEEK else "later"


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
        taken_over=contact.to_do_by_id == user.pk,
        may_move=step == Step.FOLLOW_UP,
        has_note=contact.has_note,
    )


def theme_words(contact):
    """The themes of a contact as one line, in the order of every form."""
    chosen = contact.chosen_themes
    return ", ".join(str(theme.label) for theme in Theme if theme.value in chosen)


def like_words(contact):
    """What one more like this would be: Molenwijk, straat of plein, wonen, 2 mensen. Never who it was."""
    people = (
        ngettext("%(n)s mens", "%(n)s mensen", contact.people) % {"n": contact.people}
        if contact.people > 1
        else ""
    )
    parts = (contact.neighbourhood.name, str(contact.get_setting_display()), theme_words(contact), people)
    return ", ".join(filter(None, parts))


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

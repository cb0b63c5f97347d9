"""Activities of the demo: the kinds that the sources name, a year back and nine weeks ahead."""

import datetime
from dataclasses import dataclass, field

from klapkarre.foundation.accounts.themes import Theme
from klapkarre.rooms.agenda import handover_codes, slips
from klapkarre.rooms.agenda.actions.planning import note_days, take_over
from klapkarre.rooms.agenda.models import Activity, HandOver, How, Series, SignUp
from klapkarre.rooms.agenda.repetition import Repetition, Rule, days_of
from klapkarre.rooms.agenda.traits import Kind
from klapkarre.sample import words
from klapkarre.sample.rows import at, sign_up

NAME, CONTACT = Activity.SignUpKind.NAME, Activity.SignUpKind.CONTACT
State = SignUp.State
BACK = datetime.timedelta(days=365)
AHEAD = datetime.timedelta(days=63)
WEEK = datetime.timedelta(days=7)
# What is there in the points of the demo.
INSIDE = {"access": ("rolstoel", "toilet")}


@dataclass(frozen=True)
class Plan:
    """One kind of activity: when it comes back, and what residents read about it."""

    title: str
    summary: str
    weekday: int
    begin: tuple
    minutes: int
    weeks: int
    people: int
    spot: int
    where: str = ""
    months: tuple = tuple(range(1, 13))
    nth: int = 0  # every month on the nth of this weekday, and not every so many weeks
    fields: dict = field(default_factory=dict)


CARRIED_BY = {
    "Samen koken": Activity.CarriedBy.WITH,
    "Straatfeest": Activity.CarriedBy.BY,
    "Opruimactie": Activity.CarriedBy.BY,
}
PLANS = (
    Plan(
        "Koffieklap", "Koffie, thee en een babbel. Iedereen is welkom. Je kinderen mogen mee.",
        3, (9, 30), 120, 2, 19, 0, fields={"theme": Theme.CHAT, "spoken": ("nl", "fr", "ar")} | INSIDE,
    ),
    Plan(
        "Fietsherstel", "Je band plakken of je remmen nakijken? We doen het samen. Gereedschap is er.",
        2, (14, 0), 150, 0, 14, 1, nth=1, fields={"theme": Theme.NEIGHBOURS, "bring": "je fiets"},
    ),
    Plan(
        "Creatief atelier", "We schilderen, naaien en knutselen. Je moet niets kunnen. Alles is er.",
        0, (13, 30), 120, 4, 12, 2,
        fields={"theme": Theme.LEISURE, "sign_up_kind": NAME, "capacity": 16, "audiences": ("ouderen",)} | INSIDE,
    ),
    Plan(
        "Samen in de moestuin", "We zaaien, wieden en oogsten samen. Je neemt groenten mee naar huis.",
        1, (10, 0), 120, 2, 10, 1, "Moestuin achter het buurtpunt", tuple(range(3, 11)),
        fields={"theme": Theme.SURROUNDINGS, "bring": "stevige schoenen"},
    ),
    Plan(
        "Samen koken", "We maken samen soep en een warm gerecht. Daarna eten we aan één tafel.",
        4, (10, 0), 180, 4, 12, 0,
        fields={
            "theme": Theme.NEIGHBOURS, "sign_up_kind": CONTACT, "capacity": 12, "price_cents": 200,
            "bring": "een potje voor de restjes", "spoken": ("nl", "en", "tr"),
        } | INSIDE,
    ),
    Plan(
        "Computerinitiatie", "Leer mailen, inloggen en formulieren invullen. Stap voor stap, op jouw tempo.",
        1, (13, 30), 120, 4, 7, 2,
        fields={
            "theme": Theme.DIGITAL, "sign_up_kind": NAME, "capacity": 8,
            "bring": "je eigen telefoon, als je die hebt", "audiences": ("volwassenen", "ouderen"),
        } | INSIDE,
    ),
    Plan(
        "Klapkarre op het plein", "We staan buiten met koffie, thee en een bank. Kom erbij en vertel.",
        2, (14, 0), 120, 3, 26, 1, "Op het plein, naast de speeltuin", tuple(range(4, 11)),
        fields={"theme": Theme.CHAT, "kind": Kind.STOP, "access": ("rolstoel",)},
    ),
    Plan(
        "Opruimactie", "Samen maken we de straat proper. Grijpers en zakken zijn er. Nadien is er koffie.",
        5, (10, 0), 120, 13, 24, 2, "Verzamelen aan het buurtpunt",
        fields={"theme": Theme.SURROUNDINGS, "bring": "handschoenen"},
    ),
    Plan(
        "Straatfeest", "Lange tafels, muziek en spelen voor de kinderen. Breng iets mee om te delen.",
        5, (14, 0), 300, 9, 85, 0, "In de straat van het buurtpunt", (6, 9),
        fields={
            "theme": Theme.LIVING_TOGETHER, "bring": "iets om te delen", "audiences": ("gezinnen",),
            "access": ("rolstoel",), "partners": "het feestcomité van de straat",
        },
    ),
)  # fmt: skip


def repetition_of(plan, today, holidays):
    """The rule of one plan; the week number makes its days the same whatever day the demo is filled."""
    monday = today - BACK - datetime.timedelta(days=(today - BACK).weekday())
    first, last = monday + datetime.timedelta(days=plan.weekday), monday + BACK + AHEAD + WEEK
    if plan.weeks:
        rule = Rule(weeks=plan.weeks, weekdays=(plan.weekday,))
        first += (PLANS.index(plan) - first.toordinal() // 7) % plan.weeks * WEEK
    else:
        rule = Rule(weekdays=(plan.weekday,), nth=plan.nth)
        first = days_of(rule.text, first, times=1)[0]
    days = days_of(rule.text, first, until=last)
    skipped = tuple(day for day in days if day.month not in plan.months or day in holidays)
    return Repetition(rule.text, first, days[-1], True, False, skipped), [d for d in days if d not in skipped]


def new_activity(team, neighbourhood, place, day, begin, minutes, **fields):
    starts = at(day, *begin)
    return Activity(
        organisation_id=team.organisation_id,
        team=team,
        neighbourhood=neighbourhood,
        place=None if fields.get("where") else place,
        starts_at=starts,
        ends_at=starts + datetime.timedelta(minutes=minutes),
        **fields,
    )


def fill_agenda(rng, team, spots, today, now, holidays):
    """All activities of the team with their lists. `spots` are pairs of neighbourhood and point."""
    rows = []
    for plan in PLANS:
        spot = spots[plan.spot % len(spots)]
        repetition, days = repetition_of(plan, today, holidays)
        series = None
        if plan.weeks <= 4 and days:
            series = Series(team=team)
            take_over(series, repetition)
            series.save()
            note_days(series, repetition)
        texts = {"title": plan.title, "summary": plan.summary, "where": plan.where, "series": series}
        for day in days:
            more = {"series_day": day} if series else {}
            rows.append(
                new_activity(team, *spot, day, plan.begin, plan.minutes, **texts, **more, **plan.fields)
            )
            if rows[-1].ends_at < now:
                rows[-1].headcount = max(3, round(rng.gauss(plan.people, plan.people / 5)))
    rows += one_offs(team, spots, today)
    # The latest one is not counted yet, so that the worker's page has something to ask.
    past = sorted((row for row in rows if row.ends_at < now), key=lambda row: row.starts_at)
    for row in past[-2:]:
        row.headcount = None
    call_one_off(rows, now)
    carry(rows, past, today)
    Activity.objects.bulk_create(rows)
    hand_over(rows, today, now)
    signed_up = lists(rng, rows, now)
    slips.hashes_for(row for row in signed_up if row.forgotten_at is None)
    SignUp.objects.bulk_create(signed_up)
    return rows


def one_offs(team, spots, today):
    """What is on within days, whatever day the demo is looked at."""
    plan = next(plan for plan in PLANS if plan.title == "Klapkarre op het plein")
    texts = {"title": plan.title, "summary": plan.summary, "where": plan.where, **plan.fields}
    cleaning = next(plan for plan in PLANS if plan.title == "Opruimactie")
    more = {"title": cleaning.title, "summary": cleaning.summary, "where": cleaning.where, **cleaning.fields}
    tomorrow, later = today + datetime.timedelta(days=1), today + datetime.timedelta(days=9)
    walk = {
        "title": "We komen door je straat", "summary": "We bellen aan en maken kennis. Je hoeft niets te doen.",
        "where": "De straten rond het buurtpunt", "theme": Theme.CHAT, "kind": Kind.ROUND,
    }  # fmt: skip
    return [
        new_activity(team, *spots[0], tomorrow, (14, 0), 150, **texts),
        new_activity(team, *spots[-1], later, (10, 0), 120, **more),
        new_activity(team, *spots[0], later, (15, 0), 120, **walk),
    ]


def carry(rows, past, today):
    """Some is done with residents, some by them; the cleaning lives without the team since two months."""
    for row in rows:
        row.carried_by = CARRIED_BY.get(row.title, Activity.CarriedBy.FOR)
        if row.title == "Opruimactie":
            row.alone_since = today - 9 * WEEK
    for row in [row for row in past if row.title == "Samen koken"][-1:]:
        row.learned = "Kinderen koken graag mee. Zet volgende keer een lage tafel klaar."
        row.back_on = today


def hand_over(rows, today, now):
    """The cleaning is run by residents, from its next day on."""
    coming = [row for row in rows if row.title == "Opruimactie" and row.starts_at > now]
    for row in sorted(coming, key=lambda row: row.starts_at)[:1]:
        handover_codes.give(
            HandOver(
                team=row.team,
                activity=row,
                takes_on="Grijpers uitdelen, de groepjes verdelen, nadien koffie zetten.",
                kit="Grijpers en zakken: in de kast van het buurtpunt.\nThermos: aan de toog.",
                opens="Het team opent. Trek de deur achter je dicht.",
                tasks="Iemand brengt de oudere buren naar huis.",
                fallback="Sociaal Huis, 052 37 85 00",
                until=today + datetime.timedelta(days=180),
            )
        )


def call_one_off(rows, now):
    """The second coming workshop does not take place, with the reason that residents read."""
    coming = [row for row in rows if row.title == "Creatief atelier" and row.starts_at > now]
    for row in coming[1:2]:
        row.state = Activity.State.CANCELLED
        row.cancelled_because = words.CANCELLED_BECAUSE


def lists(rng, rows, now):
    """Who signed up. The next meal is full with people waiting, the next computer class has one seat left."""
    first_full = first_nearly = True
    found = []
    for row in sorted(rows, key=lambda row: row.starts_at):
        if not row.takes_names:
            continue
        if row.ends_at < now:
            found += past_list(rng, row, now)
        elif row.title == "Samen koken" and first_full:
            first_full = False
            found += full_list(rng, row, now)
        elif row.title == "Computerinitiatie" and first_nearly:
            first_nearly = False
            found += seats(rng, row, row.capacity - 1, now)
        else:
            days = (row.starts_at - now).days
            found += seats(rng, row, rng.randrange(2, 6) if days < 28 else rng.randrange(2), now)
    return found


def past_list(rng, row, now):
    """Between eight seats and all, some of whom did not come; the headcount is never below the ticks."""
    taken = rng.randrange(min(6, row.capacity), row.capacity + 1)
    came = taken if row.headcount is None else min(taken, row.headcount)
    states = [State.ATTENDED] * came + [State.MISSED] * (taken - came)
    if row.headcount is None:
        states = [State.SIGNED_UP] * taken
    return [
        sign_up(rng, row, state, row.starts_at - datetime.timedelta(days=3, minutes=17 * number), now)
        for number, state in enumerate(states)
    ]


def seats(rng, row, count, now, **given):
    hour = datetime.timedelta(hours=1)
    return [
        sign_up(rng, row, State.SIGNED_UP, now - (count - number) * 5 * hour, now, **given)
        for number in range(count)
    ]


def full_list(rng, row, now):
    """All seats but one as usual, one moved up and not told yet, three on the waiting list, one cancelled."""
    hour = datetime.timedelta(hours=1)
    found = seats(rng, row, row.capacity - 1, now)
    found.append(sign_up(rng, row, State.CANCELLED, now - 70 * hour, now))
    moved = {"moved_up_at": now - 2 * hour, "phone": number(rng), "how": How.SMS}
    found.append(sign_up(rng, row, State.SIGNED_UP, now - 60 * hour, now, **moved))
    found += [sign_up(rng, row, State.WAITING, now - (20 - 5 * n) * hour, now) for n in range(3)]
    for one in found[:3]:
        one.phone, one.how, one.remind, one.by_worker = number(rng), How.CALL, True, True
    return found


def number(rng):
    """A number that nobody has."""
    return f"+3247000{rng.randrange(10000):04}"

"""Who may knock on which door: every route with every persona of `world.py`. Written by hand, on purpose.

`may` names the personas who hold the right; everyone else with a running role gets 403, and who has none gets 404 as
from a stranger's house. `finds` names those of them for whom
the row of the world exists; the others get 404. `shows` names those who may read the marker, the personal text of the
world, in the answer. Who is not signed in is sent to the login page, except where `open` is true.
"""

from typing import NamedTuple

from tests.access.world import PERSONAS

EVERYONE = frozenset(PERSONAS)
SIGNED_IN = EVERYONE - {"anonymous"}
# The third works in the team of the rows, in another neighbourhood: `of_team` lets her find nothing of them.
WORKERS = frozenset({"worker", "worker_elsewhere", "worker_one_buurt", "worker_abroad"})
COORDINATORS = frozenset({"coordinator", "opener", "coordinator_abroad"})
WORK = WORKERS | COORDINATORS
# See names: workers, and the coordinator who opened the team with a reason. That one looks and changes nothing.
LOOK = WORKERS | {"opener"}
# Signed in, without a role that runs today.
STRANGERS = frozenset({"future"})
# Logged in once; with no role left or to come, they are out at the next request.
OUT = frozenset({"former", "suspended", "nobody"})
RUNNERS = COORDINATORS | {"admin", "admin_abroad"}


class Door(NamedTuple):
    may: frozenset
    args: dict = {}
    finds: frozenset | None = None  # None: no row is asked for
    shows: frozenset = frozenset()
    open: bool = False
    moves_on: bool = (
        False  # GET leads on to a list, whatever row is named: where a login sends people back to
    )


def who(*names):
    return frozenset(names)


def public(**args):
    return Door(EVERYONE, args, open=True)


def of_team(may, *, shows=(), **args):
    """A row of the own team: for its workers, and for the coordinator where coordinators may."""
    return Door(may, args, may & who("worker", "coordinator", "opener"), frozenset(shows))


ACTIVITY = {"pk": "activity.pk"}
STOP = {"pk": "stop.pk"}
PARTICIPANT = {"pk": "activity.pk", "sign_up": "sign_up.pk"}
CONTACT = {"pk": "contact.pk"}
ROUND = {"pk": "round.pk"}
DOOR = {"pk": "round.pk", "door": "door.pk"}
POINT = {"slug": "point.slug"}
PERSON = {"pk": "person.pk"}
REQUEST = {"pk": "asked.pk"}
ROLE = {"pk": "role.pk"}
INVITATION = {"pk": "invitation.pk"}
FACTOR = {"pk": "factor.pk"}
HOUSE = Door(
    EVERYONE, {"provider_id": "deed"}, finds=frozenset(), open=True
)  # one that is not in the settings
OPENING = {"pk": "opening.pk"}
RUN_HERE = RUNNERS & {"coordinator", "opener", "admin"}
# Who reads the register, the DPIA and the breaches.
DUTY = RUNNERS | {"auditor"}
DUTY_HERE = RUN_HERE | {"auditor"}
HOLD = {"pk": "legal_hold.pk"}
BREACH = {"pk": "breach.pk"}
VERSION = {"pk": "version.pk"}

DOORS = {
    "healthz": public(),
    "readyz": public(),
    "website:home": public(),
    "website:neighbourhoods": public(),
    "website:neighbourhood": public(slug="buurt.slug"),
    "website:points": public(),
    "website:point": public(**POINT),
    "website:map": public(),
    "website:photo": public(digest="photo.large"),
    "website:voice": public(digest="voice_digest", ending="voice_ending"),
    # Without a map of the operator there are no tiles.
    "website:tile": Door(
        EVERYONE, {"z": "activity.pk", "x": "point.pk", "y": "point.pk"}, finds=frozenset(), open=True
    ),
    "website:embed": public(),
    "website:embed_neighbourhood": public(slug="buurt.slug"),
    "website:embed_point": public(**POINT),
    "website:search": public(),
    "website:privacy": public(),
    "website:security": public(),
    "website:accessibility": public(),
    "exchange:town": public(),
    "exchange:town_news": public(),
    "exchange:neighbourhood": public(slug="buurt.slug"),
    "exchange:neighbourhood_news": public(slug="buurt.slug"),
    "exchange:point": public(**POINT),
    "exchange:activity": public(**ACTIVITY),
    "exchange:hours": public(**POINT),
    "exchange:leisure": public(),
    # The shell of the field app: the same for everyone.
    "field:app": public(),
    "field:manifest": public(),
    "field:worker": public(),
    "agenda:list": public(),
    "agenda:detail": public(**ACTIVITY),
    "agenda:sign_up": public(**ACTIVITY),
    "agenda:sign_up_series": public(pk="weekly.pk"),
    "agenda:slip_by_code": public(),
    "agenda:handover_by_code": public(),
    # Who holds the link of a hand-over runs that activity: no name of anyone stands there.
    "agenda:handover": public(token="handover_token"),
    "agenda:handover_run": public(token="handover_token", **ACTIVITY),
    # The slip is the key: who holds its link sees what is on it, and no more.
    "agenda:slip": Door(EVERYONE, {"token": "token"}, shows=EVERYONE, open=True),
    "agenda:slip_cancel": Door(EVERYONE, {"token": "token"}, shows=EVERYONE, open=True),
    "agenda:slip_change": Door(EVERYONE, {"token": "token"}, shows=EVERYONE, open=True),
    "news:list": public(),
    "news:detail": public(pk="news.pk"),
    "news_staff:list": Door(WORK),
    "news_staff:add": Door(WORK),
    "news_staff:change": of_team(WORK, pk="news.pk"),
    "news_staff:withdraw": of_team(WORK, pk="news.pk"),
    # A phone with a token adds here, and reads nothing back.
    "field:receive": public(),
    "field:couple": Door(WORKERS),
    "field:today": Door(WORKERS, shows=who("worker")),
    "field_aside:list": Door(WORKERS, shows=who("worker")),
    "field_aside:contact": of_team(WORKERS, shows=["worker"], pk="aside.pk"),
    "field_aside:away": of_team(WORKERS, shows=["worker"], pk="aside.pk"),
    "field_aside:place": of_team(WORKERS, pk="aside.pk")._replace(moves_on=True),
    "field_aside:done": of_team(WORKERS, pk="field_note.pk")._replace(moves_on=True),
    "phones:list": Door(SIGNED_IN),
    "phones:withdraw": Door(SIGNED_IN, {"pk": "phone.pk"}, RUN_HERE | {"worker"}),
    "accounts:login": public(),
    "accounts:demo_login": Door(EVERYONE, finds=frozenset(), open=True),  # in the demo only
    "accounts:logout": public(),
    "accounts:invitation_by_code": public(),
    "accounts:invitation": public(token="invitation_token"),
    "accounts:second_factor": public(),
    "accounts:recover": public(),
    "accounts:passkey_question": public(),
    "accounts:oidc_leave": HOUSE,
    "accounts:oidc_back": HOUSE,
    "accounts:confirm": Door(SIGNED_IN),
    "accounts:set_up_login": Door(SIGNED_IN),
    "accounts:new_passkey_question": Door(SIGNED_IN),
    "accounts:set_up_app": Door(SIGNED_IN),
    "accounts:set_up_codes": Door(SIGNED_IN),
    "accounts:own": Door(SIGNED_IN),
    # Says what could be plainer in a text that comes with the question; it looks at no row.
    "plain:hints": Door(SIGNED_IN),
    "accounts:add_passkey": Door(SIGNED_IN),
    "accounts:passkey": Door(SIGNED_IN, FACTOR, frozenset()),
    "accounts:remove_factor": Door(SIGNED_IN, FACTOR, who("worker")),
    "accounts:new_codes": Door(SIGNED_IN),
    "accounts:password": Door(SIGNED_IN),
    # These look among the own rows only, and say nothing of others.
    "accounts:unlink": Door(SIGNED_IN, FACTOR),
    "accounts:end_session": Door(SIGNED_IN, FACTOR),
    "accounts:end_other_sessions": Door(SIGNED_IN),
    "workday:home": Door(SIGNED_IN),
    "workday:my_week": Door(WORKERS),
    "workday:translations": Door(WORK),
    "workday:out_of_date": Door(WORK),
    "workday:translate_activity": of_team(WORK, **ACTIVITY),
    "workday:translate_point": of_team(WORK, **POINT),
    "workday:translate_news": of_team(WORK, pk="news.pk"),
    "workday:voice_activity": of_team(WORK, **ACTIVITY),
    "workday:voice_point": of_team(WORK, **POINT),
    "workday:voice_news": of_team(WORK, pk="news.pk"),
    "workday:points": Door(WORK),
    "workday:point_days": of_team(WORK, **POINT),
    "workday:point_close": of_team(WORK, **POINT),
    "workday:point_open": of_team(WORK, **POINT),
    "workday:point_withdraw": of_team(WORK, **POINT),
    "workday:point_paper": of_team(WORK, **POINT),
    "workday:point_sheet": of_team(WORK, kind="point_sheet_kind", **POINT),
    "workday:point_picture": of_team(WORK, **POINT),
    "workday:point_picture_away": of_team(WORK, **POINT),
    "outreach:list": Door(WORK),
    "outreach:add": Door(WORKERS),
    "outreach:detail": of_team(WORK, shows=["worker", "opener"], **CONTACT),
    "outreach:done": of_team(WORKERS, **CONTACT),
    "outreach:change": of_team(WORKERS, shows=["worker"], **CONTACT),
    "outreach:undo": of_team(WORKERS, **CONTACT)._replace(moves_on=True),
    "outreach:tick": of_team(WORKERS, **CONTACT)._replace(moves_on=True),
    "rounds:list": Door(WORK),
    "rounds:add": Door(WORKERS),
    "rounds:away": Door(WORKERS),
    # The facts for the coordinator too; the numbers of the doors for the team, or with a reason.
    "rounds:detail": of_team(WORK, shows=["worker", "opener"], **ROUND),
    "rounds:add_street": of_team(WORKERS, **ROUND),
    "rounds:change": of_team(WORKERS, **ROUND),
    "rounds:door": of_team(WORKERS, shows=["worker"], **DOOR),
    "rounds:undo": of_team(WORKERS, **DOOR)._replace(moves_on=True),
    "rounds:remove": of_team(WORKERS, **DOOR),
    "rounds:walking_list": of_team(WORKERS, **ROUND),
    "rounds:flyer": of_team(WORKERS, **ROUND),
    "rounds:end": of_team(WORKERS, **ROUND),
    "rounds:certificate": of_team(WORK, pk="ended_round.pk"),
    "coverage:list": Door(WORK),
    "coverage:csv": Door(WORK),
    "coverage:streets": Door(WORKERS),
    "coverage:support": Door(WORKERS),
    "coverage:support_away": of_team(WORKERS, pk="support.pk"),
    "organisation:goals": Door(WORK),
    "organisation:team_goals": of_team(WORK, pk="team.pk"),
    "outreach:plan": of_team(WORKERS, pk="to_do.pk"),
    "outreach:history": of_team(LOOK, shows=["worker", "opener"], **CONTACT),
    "outreach:visit": of_team(WORKERS, shows=["worker"], pk="at_home.pk"),
    "outreach:visit_away": of_team(WORKERS, pk="at_home.pk")._replace(moves_on=True),
    "people:list": Door(LOOK, shows=who("worker", "opener")),
    "people:add": Door(WORKERS),
    "people:consent_sheet": Door(WORKERS),
    "people:doubles": Door(LOOK, shows=who("worker", "opener")),
    "people:requests": Door(LOOK, shows=who("worker", "opener")),
    "people:ask": of_team(LOOK, shows=["worker", "opener"], **PERSON),
    "people:ask_loose": of_team(LOOK, kind="loose_kind", pk="sign_up.pk"),
    "people:request": of_team(LOOK, shows=["worker", "opener"], **REQUEST),
    "people:close_request": of_team(LOOK, **REQUEST),
    "people:export": of_team(LOOK, shows=["worker", "opener"], **REQUEST),
    "people:export_json": of_team(LOOK, shows=["worker", "opener"], **REQUEST),
    "people:restrict": of_team(LOOK, shows=["worker", "opener"], **REQUEST),
    "people:erase": of_team(LOOK, shows=["worker", "opener"], **REQUEST),
    # Of who is restricted nobody reads anything: the marker shows to none.
    "people:restricted": of_team(LOOK, pk="restricted.pk"),
    "people:put_back": of_team(WORKERS, **PERSON, correction="correction.pk"),
    "people:change": of_team(WORKERS, shows=["worker"], **PERSON),
    "people:consent": of_team(WORKERS, shows=["worker"], **PERSON),
    "people:withdraw": of_team(WORKERS, shows=["worker"], **PERSON),
    "people:add_step": of_team(WORKERS, shows=["worker"], **PERSON),
    "people:settle_step": of_team(WORKERS, **PERSON, step="step.pk"),
    "people:change_step": of_team(WORKERS, shows=["worker"], **PERSON, step="step.pk"),
    "people:remove_step": of_team(WORKERS, **PERSON, step="step.pk"),
    "people:add_tie": of_team(WORKERS, shows=["worker"], **PERSON),
    "people:change_tie": of_team(WORKERS, shows=["worker"], **PERSON, tie="tie.pk"),
    "people:remove_tie": of_team(WORKERS, **PERSON, tie="tie.pk"),
    "people:merge": of_team(WORKERS, shows=["worker"], **PERSON, other="double.pk"),
    "people:undo_merge": of_team(WORKERS, **PERSON, merge="merge.pk"),
    "people_cards:card": Door(WORK),
    "people_cards:away": Door(WORK, {"pk": "card.pk"}, who("worker", "coordinator", "opener"), moves_on=True),
    "workday:person": of_team(LOOK, shows=["worker", "opener"], **PERSON),
    "counter:choose": Door(WORKERS),
    "counter:tally": of_team(WORKERS, **POINT),
    "counter:tap": of_team(WORKERS, **POINT),
    "counter:undo": of_team(WORKERS, **POINT),
    "workday:stops": Door(WORK),
    "workday:stop_tally": of_team(WORKERS, **STOP),
    "workday:stop_tap": of_team(WORKERS, **STOP),
    "workday:stop_undo": of_team(WORKERS, **STOP),
    "agenda_staff:stop_add": Door(WORK),
    "agenda_staff:stop": of_team(WORK, **STOP),
    "agenda_staff:stop_move": of_team(WORK, **STOP),
    "agenda_staff:stop_off": of_team(WORK, **STOP),
    "agenda_staff:stop_on": of_team(WORK, **STOP),
    "agenda_staff:list": Door(WORK),
    "agenda_staff:add": Door(WORK),
    "agenda_staff:to_call": Door(LOOK, shows=who("worker", "opener")),
    "agenda_staff:reminded": of_team(WORKERS, shows=["worker"], **PARTICIPANT),
    "agenda_staff:change": of_team(WORK, **ACTIVITY),
    "agenda_staff:repeat": of_team(WORK, **ACTIVITY),
    "agenda_staff:cancel": of_team(WORK, **ACTIVITY),
    "agenda_staff:attendance": of_team(WORKERS, shows=["worker"], **ACTIVITY),
    "agenda_staff:participants": of_team(LOOK, shows=["worker", "opener"], **ACTIVITY),
    "agenda_staff:print_list": of_team(LOOK, shows=["worker", "opener"], **ACTIVITY),
    "agenda_staff:after": of_team(WORK, **ACTIVITY),
    "agenda_staff:hand_over": of_team(WORK, **ACTIVITY),
    "agenda_staff:hand_over_sheet": of_team(WORK, **ACTIVITY),
    "agenda_staff:hand_over_end": of_team(WORK, **ACTIVITY),
    "agenda_staff:hand_over_undo": of_team(WORK, change="handover_change.pk", **ACTIVITY),
    "agenda_staff:let_go": of_team(WORK, **ACTIVITY),
    "agenda_staff:paper": of_team(WORK, **ACTIVITY),
    "agenda_staff:sheet": of_team(WORK, kind="sheet_kind", **ACTIVITY),
    "agenda_staff:attendance_sheet": of_team(LOOK, shows=["worker", "opener"], **ACTIVITY),
    "agenda_staff:paper_back": of_team(WORKERS, shows=["worker"], **ACTIVITY),
    "agenda_staff:add_participant": of_team(WORKERS, shows=["worker"], **ACTIVITY),
    "agenda_staff:tell": of_team(WORKERS, shows=["worker"], **PARTICIPANT),
    "agenda_staff:participant_slip": of_team(LOOK, shows=["worker", "opener"], **PARTICIPANT),
    "agenda_staff:remove_participant": of_team(WORKERS, shows=["worker"], **PARTICIPANT),
    "audit:readings": Door(who("auditor")),
    "audit:reading": Door(who("auditor"), {"number": "reading.number"}, who("auditor")),
    "audit:sheet": Door(who("auditor")),
    "audit:people": Door(who("auditor")),
    "audit:roles": Door(who("auditor")),
    "audit:logins": Door(who("auditor")),
    "audit:openings": Door(who("auditor")),
    "audit:opening": Door(who("auditor"), OPENING, who("auditor"), shows=who("auditor")),
    "audit:open_team": Door(COORDINATORS),
    "audit:stop": Door(COORDINATORS, OPENING, who("opener"), moves_on=True),
    "organisation:rights": Door(SIGNED_IN),
    "organisation:choose": Door(SIGNED_IN),
    "organisation:colleagues": Door(RUNNERS),
    "organisation:give_role": Door(RUNNERS),
    "organisation:colleague": Door(RUNNERS, ROLE, RUN_HERE),
    "organisation:change_end": Door(RUNNERS, ROLE, RUN_HERE),
    "organisation:end_sessions": Door(RUNNERS, ROLE, RUN_HERE),
    "organisation:renew": Door(RUNNERS, ROLE, RUN_HERE),
    "organisation:change_state": Door(RUNNERS, ROLE | {"deed": "deed"}, RUN_HERE),
    "organisation:invite": Door(RUNNERS),
    "organisation:invitation": Door(RUNNERS, INVITATION, RUN_HERE),
    "organisation:letter": Door(RUNNERS, INVITATION, RUN_HERE),
    "organisation:withdraw": Door(RUNNERS, INVITATION, RUN_HERE),
    "duties:terms": Door(DUTY),
    "duties:term": Door(RUNNERS, {"kind": "kind"}),
    "duties:holds": Door(RUNNERS, shows=who("coordinator", "opener")),
    "duties:hold": Door(RUNNERS),
    "duties:lift": Door(RUNNERS, HOLD, RUN_HERE),
    "duties:register": Door(DUTY, shows=DUTY_HERE),
    "duties:register_csv": Door(DUTY, shows=DUTY_HERE),
    "duties:register_json": Door(DUTY, shows=DUTY_HERE),
    "duties:register_question": Door(RUNNERS, {"name": "register_question"}, shows=RUN_HERE),
    "duties:dpia": Door(DUTY, shows=DUTY_HERE),
    "duties:dpia_json": Door(DUTY, shows=DUTY_HERE),
    "duties:dpia_html": Door(DUTY, shows=DUTY_HERE),
    "duties:dpia_freeze": Door(RUNNERS),
    "duties:dpia_version": Door(DUTY, VERSION, DUTY_HERE, shows=DUTY_HERE),
    "duties:dpia_question": Door(RUNNERS, {"name": "dpia_question"}, shows=RUN_HERE),
    "duties:breaches": Door(DUTY, shows=DUTY_HERE),
    "duties:breach_new": Door(RUNNERS),
    "duties:breaches_csv": Door(DUTY, shows=DUTY_HERE),
    "duties:breach": Door(DUTY, BREACH, DUTY_HERE, shows=DUTY_HERE),
    "duties:breach_add": Door(RUNNERS, BREACH, RUN_HERE, shows=RUN_HERE),
    "results:home": Door(WORK),
    "results:csv": Door(WORK),
}

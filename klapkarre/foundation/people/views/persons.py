"""The list with search, a new person, a change; and what the page of one person shows."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_NAMES, KEEP_TERMS, SEE_NAMES, allowed_to, may
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit import cipher
from klapkarre.foundation.people import actions, consent_text, likeness
from klapkarre.foundation.people.forms import AddPersonForm, PersonForm, SearchForm
from klapkarre.foundation.people.looks import who_looked
from klapkarre.foundation.people.models import Kind, Merge, Person, RightsRequest, standing_kinds

PER_PAGE = 30
# As many earlier texts stand on the page; the export has them all.
EARLIER = 20


def person_or_404(request, pk):
    """A person of the own roles whose consent stands, to work with; nobody else's exists."""
    rows = Person.objects.visible_to(request.user).workable_by(request.user)
    person = rows.select_related("team", "neighbourhood").filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


@never_cache
@allowed_to(SEE_NAMES)
def list_page(request):
    """Everyone within the own roles by name. A search is posted: no name stands in an address or a log."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    everyone = likeness.people_of(request.user)
    wanted = form.cleaned_data["wanted"] if form.is_valid() else ""
    rows = likeness.found(everyone, wanted) if wanted else everyone
    page = Paginator(likeness.in_order(rows), PER_PAGE).get_page(request.GET.get("pagina"))
    if wanted:  # a next page of it would lose the words: all of a search stands on one page
        page = Paginator(likeness.in_order(rows), max(1, len(rows))).get_page(1)
    note_reading(request, list(page.object_list))
    context = {
        "form": form,
        "page_obj": page,
        "wanted": wanted,
        "total": len(everyone),
        "keeps": may(request.user, KEEP_NAMES),
        "doubles": len(likeness.doubles(everyone)),
        # No name: only that someone is there and is locked.
        "restricted": [] if wanted else Person.objects.of_team(request.user).restricted(),
    }
    return render(request, "people/list.html", context)


@never_cache
@allowed_to(KEEP_NAMES)
def add(request):
    """One screen, the consent first."""
    reach, opened = request.user.own_reach, consent_text.opened(request)
    form = AddPersonForm(
        with_key(request.POST) if request.method == "POST" else None,
        reach=reach,
        initial={"language": opened or consent_text.DUTCH},
    )
    if form.is_valid():
        given, facts = form.cleaned_data, form.facts()
        team = form.chosen_team()
        alike = _alike(request, team, facts) if not given["is_other"] else []
        if not form.ask_whether_other(alike):
            try:
                person, is_new = actions.add_person(
                    request.user,
                    team,
                    facts,
                    given["kinds"],
                    given["how"],
                    given["key"],
                    language=given["language"],
                )
            except actions.KeyTaken:
                form.add_error(None, _("Dit formulier was al gebruikt. Open het opnieuw."))
            else:
                messages.success(request, _("Bewaard.") if is_new else _("Deze persoon was al bewaard."))
                return redirect(person.path)
    aloud = consent_text.read_aloud(request.user.works_for)
    return render(request, "people/add.html", {"form": form, "aloud": aloud, "opened": opened})


def with_key(data):
    """Posted data under a key: one that is missing or unreadable is replaced, so that nothing typed is lost."""
    try:
        uuid.UUID(data.get("key", ""))
    except ValueError:
        data = data.copy()
        data["key"] = str(uuid.uuid4())
    return data


def _alike(request, team, facts):
    """Persons of this team with the same name or number, to look at first."""
    of_team = [one for one in likeness.people_of(request.user) if one.team_id == team.pk]
    with cipher.comparing():
        found = [
            one
            for one in likeness.alike(of_team, facts["name"], facts["phone"])
            if actions.differences(one, facts)  # the same form sent twice is no double
        ]
    note_reading(request, found)
    return found


@never_cache
@allowed_to(KEEP_NAMES)
def change(request, pk):
    person = person_or_404(request, pk)
    standing = standing_kinds(person.consents.all())
    where = {"reach": request.user.own_reach, "person": person}
    if request.method == "POST":
        form = PersonForm(request.POST, standing=standing, **where)
    else:
        note_reading(request, [person])
        initial = {name: getattr(person, name) for name in (*Person.FACTS, "version")}
        form = PersonForm(initial=initial, standing=standing, **where)
    clash = []
    if form.is_valid():
        try:
            actions.change_person(person, form.facts(), form.cleaned_data["version"] or 0, user=request.user)
        except actions.Changed as changed:
            note_reading(request, [changed.row])
            clash = _side_by_side(form, changed)
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("De wijziging is bewaard."))
            return redirect(person.path)
    corrections = list(person.corrections.select_related("by")[:EARLIER])
    note_reading(request, corrections)
    context = {"form": form, "person": person, "clash": clash, "corrections": corrections}
    return render(request, "people/change.html", context, status=409 if clash else 200)


def _side_by_side(form, changed):
    """What a colleague wrote beside what was typed; saving again is then a choice."""
    form.show_version(changed.row.version)
    form.add_error(None, changed)
    different = actions.differences(changed.row, form.facts())
    return [
        {"label": form.fields[name].label, "theirs": stored or "-", "yours": typed or "-"}
        for name, (stored, typed) in different.items()
    ]


def page_of(request, person):
    """What the page of a person shows, for the window that composes it. Logs the reading first."""
    consents = list(person.consents.select_related("by"))
    standing = standing_kinds(consents)
    ties = list(person.ties.showable(request.user).select_related("other", "volunteer"))
    steps = list(person.steps.all())
    note_reading(request, [person, *steps, *ties, *(tie.other for tie in ties if tie.other)])
    merges = list(Merge.objects.visible_to(request.user).can_be_undone().filter(keeper=person))
    return {
        "person": person,
        "keeps": person.is_within(request.user.own_reach),
        "consents": consents,
        "standing": [kind for kind in Kind if kind in standing],
        "may_call": Kind.CALL in standing,
        "may_note_network": Kind.NETWORK in standing,
        "steps": [step for step in steps if step.is_open],
        "settled": [step for step in reversed(steps) if not step.is_open],
        "ties": ties,
        "looks": who_looked(person),
        "asked": RightsRequest.objects.of_team(request.user).still_open(person).defer("checked"),
        "may_hold": may(request.user, KEEP_TERMS),
        "merges": merges[:1],
    }


def gone_page(request, pk):
    """What stands at the address of a person that cannot be shown: the way onward, without a name. Else 404."""
    person = Person.objects.of_team(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    if person.merged_into_id:
        if not person.merged_into.is_within(request.user.names_reach):
            raise Http404
        return redirect(person.merged_into.path)
    if person.restricted_at:
        return redirect("people:restricted", pk)
    return render(request, "people/withdrawn.html", {"person": person})

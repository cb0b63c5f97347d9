"""The contact log: note a conversation, see it back, change it, tick what it asked for."""

import datetime
import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import OPEN_TEAM, PLAN, REGISTER, allowed_to, may, work_area
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.kit.onward import onward
from klapkarre.foundation.people import actions as people
from klapkarre.foundation.people.models import Person
from klapkarre.rooms.outreach import actions, compare, figures
from klapkarre.rooms.outreach.forms import ContactForm, TickForm
from klapkarre.rooms.outreach.models import ContactMoment, ContactTheme, HomeVisit, Step

PER_PAGE = 30
RECENT = datetime.timedelta(days=90)
LAST = "outreach.last"
TAKEN_BACK = "outreach.taken_back"
TICKED = "outreach.ticked"


def _contact_or_404(request, pk):
    return get_object_or_404(ContactMoment.objects.workable_by(request.user), pk=pk)


def _remembered(request):
    """Setting and neighbourhood of the last time: of this session, else of the own last contact."""
    if LAST in request.session:
        return dict(request.session[LAST])
    own = ContactMoment.objects.filter(request.user.own_reach.rows(), by=request.user)
    last = own.values("setting", "neighbourhood").first()
    return last or {}


def _last_own(user):
    """The own last contact, to note one more like it; None when there is none where this user works now."""
    return ContactMoment.objects.workable_by(user).filter(by=user).for_list().first()


def again(contact):
    """The form of one more conversation like this one, ready to send: not who it was, and nothing of what was said."""
    if contact is None:
        return None
    return {
        "key": uuid.uuid4(),
        "setting": contact.setting,
        "neighbourhood": contact.neighbourhood_id,
        "people": contact.people,
        "language_bridge": contact.language_bridge,
        "age_group": contact.age_group,
        "themes": contact.chosen_themes,
        "words": figures.like_words(contact),
    }


def _with_key(data):
    """Posted data under a key: one that is missing or unreadable is replaced, so that nothing typed is lost."""
    try:
        uuid.UUID(data.get("key", ""))
    except ValueError:
        data = data.copy()
        data["key"] = str(uuid.uuid4())
    return data


@never_cache
@allowed_to(REGISTER)
def add(request):
    asked = request.POST.get("person") if request.method == "POST" else request.GET.get("persoon")
    person = _person(request, asked)
    area = work_area(request.user)
    if person:
        area = {buurt: team for buurt, team in area.items() if team.pk == person.team_id}
        note_reading(request, [person])
    if request.method == "POST":
        form = ContactForm(_with_key(request.POST), area=area, person=person)
        if asked and not person:
            form.leave_person_out()
    else:
        form = ContactForm(area=area, person=person, initial=_remembered(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            contact, is_new = actions.add_contact(
                request.user, form.team(), form.facts(), given["themes"], given["key"]
            )
        except actions.KeyTaken:
            form.renew_key()
            form.add_error(None, _("Dit formulier was al gebruikt. Kijk na en bewaar opnieuw."))
        except people.Gone:
            form.leave_person_out()
        else:
            if contact and not is_new and _says_something_else(request, contact, form):
                return _is_it_new_page(request, form, contact)
            last = {"setting": given["setting"], "neighbourhood": int(given["neighbourhood"])}
            if request.session.get(LAST) != last:
                request.session[LAST] = last
            return _after_saving(request, contact, is_new)
    return _form_page(request, form)


def _person(request, asked):
    """The person that a link or form names; None when there is none that this user works for."""
    try:
        pk = uuid.UUID(asked or "")
    except ValueError:
        return None
    return Person.objects.visible_to(request.user).filter(pk=pk).first()


def _says_something_else(request, contact, form):
    """Is this form not the one that was stored under its key? Looking in the note is a reading, also of the own one."""
    if contact.has_note:
        note_reading(request, [contact])
    return bool(compare.differences(contact, form.facts(), form.cleaned_data["themes"]))


def _is_it_new_page(request, form, stored):
    """Someone went back and typed another conversation over the one that was stored: nothing of it is lost."""
    form.renew_key()
    sentence = _(
        "Je bewaarde net een ander contact met dit formulier. Is dit een nieuw gesprek? Bewaar dan nog eens."
    )
    form.add_error(None, sentence)
    return _form_page(request, form, stored=stored)


def _after_saving(request, contact, is_new):
    if contact is None:
        messages.warning(request, _("Dit contact maakte je al ongedaan. Het is niet opnieuw bewaard."))
        return redirect("outreach:list")
    if not is_new:
        messages.info(request, _("Dit contact was al bewaard. Klopt er iets niet? Wijzig het."))
    elif "another" in request.POST:
        count = figures.own_counts(request.user)["today"]
        text = ngettext("Bewaard. Vandaag: %(n)s contact.", "Bewaard. Vandaag: %(n)s contacten.", count)
        messages.success(request, text % {"n": count})
        return redirect("outreach:add")
    return redirect("outreach:done", contact.pk)


def _form_page(request, form, contact=None, stored=None, clash=(), status=200):
    used = ContactTheme.objects.most_used(request.user, timezone.now() - RECENT)
    at_hand, others = form.themes_at_hand(used)
    context = {"form": form, "contact": contact, "at_hand": at_hand, "others": others}
    context |= {"stored": stored, "clash": clash}
    if contact is None and request.method != "POST" and form.with_person is None:
        context["again"] = again(_last_own(request.user))
    return render(request, "outreach/form.html", context, status=status)


@never_cache
@allowed_to(REGISTER)
def done(request, pk):
    """What the worker gets back for noting it: the own counts at once."""
    contact = get_object_or_404(ContactMoment.objects.workable_by(request.user).for_list(), pk=pk)
    context = {
        "contact": contact,
        "counts": figures.own_counts(request.user),
        "again": again(contact),
        "is_at_home": contact.setting == ContactMoment.Setting.HOME,
        "steps": contact.open_steps,
        "may_take_back": actions.may_take_back(contact, request.user),
        "until": contact.created_at + actions.REGRET,
        "home": resolve_url(settings.LOGIN_REDIRECT_URL),
    }
    return render(request, "outreach/done.html", context)


@never_cache
@allowed_to(REGISTER)
def change(request, pk):
    contact = _contact_or_404(request, pk)
    # A conversation with a person stays with the team that the person agreed with.
    area = {
        buurt: team
        for buurt, team in work_area(request.user).items()
        if team.pk == contact.team_id
        or (contact.person_id is None and team.organisation_id == contact.organisation_id)
    }
    if request.method == "POST":
        form = ContactForm(_with_key(request.POST), area=area, contact=contact)
    else:
        note_reading(request, [contact])
        form = ContactForm(area=area, contact=contact, initial=_as_typed(contact))
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_contact(
                contact, form.team(), form.facts(), given["themes"], given["version"] or 0, user=request.user
            )
        except actions.ChangedMeanwhile:
            contact = _contact_or_404(request, pk)
            note_reading(request, [contact])
            different = compare.differences(contact, form.facts(), given["themes"])
            if different:
                return _clash_page(request, form, contact, different)
        # Sent twice, because the first answer got lost: what was typed is what stands there.
        messages.success(request, _("Gewijzigd."))
        return redirect("outreach:detail", pk)
    return _form_page(request, form, contact)


def _clash_page(request, form, contact, different):
    """Both texts side by side; saving again is then a choice, because the form carries the new version."""
    form.show_version(contact.version)
    form.add_error(None, _("Een collega wijzigde dit ook. Kijk na en bewaar opnieuw."))
    return _form_page(request, form, contact, clash=compare.side_by_side(form, different), status=409)


def _as_typed(contact):
    """A contact as the values of its form."""
    names = ("setting", "people", "to_refer", "is_signal", "language_bridge", "age_group", "version")
    return {
        **{name: getattr(contact, name) for name in names},
        "neighbourhood": contact.neighbourhood_id,
        "themes": [row.theme for row in contact.themes.all()],
        "follow_up": contact.follow_up_on is not None,
        "follow_up_on": contact.follow_up_on,
        "note": contact.note,
        "day": timezone.localdate(contact.when),
        "known": contact.known == ContactMoment.Known.FAMILIAR,
    }


@never_cache
@allowed_to(PLAN)
def detail(request, pk):
    """The facts for the team and its coordinator; the note for the team only, and logged before it is opened."""
    contact = get_object_or_404(ContactMoment.objects.visible_to(request.user).for_list(), pk=pk)
    restricted = bool(contact.person_id and contact.person.restricted_at)
    place = (contact.team_id, contact.neighbourhood_id)
    is_own = request.user.own_reach.covers(*place) and not restricted
    note = None
    if contact.has_note and request.user.names_reach.covers(*place) and not restricted:
        note_reading(request, [contact])
        note = contact.note
    # Also when the setting was corrected afterwards: what is kept by consent can always be seen and erased.
    told = HomeVisit.objects.visible_to(request.user).filter(contact=contact).first()
    note_reading(request, [told] if told else [])
    context = {
        "contact": contact,
        "themes": figures.theme_words(contact),
        "note": note,
        "restricted": restricted,
        "told": told,
        "is_at_home": told or contact.setting == ContactMoment.Setting.HOME,
        "reads": request.user.names_reach.covers(*place) and not restricted,
        "is_own": is_own,
        "sees_person": is_own and contact.person_id and contact.person.is_within(request.user.own_reach),
        "may_open": may(request.user, OPEN_TEAM),
        "steps": contact.open_steps,
        "may_take_back": is_own and actions.may_take_back(contact, request.user),
    }
    return render(request, "outreach/detail.html", context)


@never_cache
@allowed_to(PLAN)
def contacts(request):
    """The conversations of the team, newest first, without a note and without who wrote it."""
    shown = request.GET.get("toon", "")
    rows = ContactMoment.objects.visible_to(request.user)
    if shown == "te-doen":
        rows = rows.to_do()
    elif shown == "van-mij":
        rows = rows.filter(by=request.user)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    page.object_list = list(page.object_list.for_list())
    for contact in page.object_list:
        contact.words = figures.theme_words(contact)
    context = {"page_obj": page, "shown": shown, "may_add": may(request.user, REGISTER)}
    return render(request, "outreach/list.html", context)


@never_cache
@allowed_to(REGISTER)
def undo(request, pk):
    """Erase a contact that was noted by mistake: who wrote it, within the hour."""
    if request.method != "POST":
        return redirect("outreach:list")
    if request.session.get(TAKEN_BACK) == str(pk):
        return redirect("outreach:list")
    contact = _contact_or_404(request, pk)
    if not actions.may_take_back(contact, request.user):
        messages.warning(request, _("Dit kan niet meer ongedaan gemaakt worden. Wijzig het contact."))
        return redirect("outreach:detail", pk)
    actions.erase_contact(contact)
    request.session[TAKEN_BACK] = str(pk)
    messages.success(request, _("Ongedaan gemaakt. Het contact en de nota zijn weg."))
    return redirect("outreach:list")


@never_cache
@allowed_to(REGISTER)
def tick(request, pk):
    """A step was taken (or not after all); back to where the worker was."""
    if request.method != "POST":
        return redirect("outreach:list")
    contact = _contact_or_404(request, pk)
    form = TickForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Er is niets aangevinkt. Probeer opnieuw."))
        return redirect("outreach:detail", pk)
    step = Step(form.cleaned_data["step"])
    actions.tick(contact, step, form.cleaned_data["done"])
    if form.cleaned_data["done"]:
        request.session[TICKED] = [str(pk), step.value, figures.about(contact)]
    else:
        messages.success(request, _("Dit staat weer bij wat te doen is."))
    return onward(request, form.cleaned_data["next"], "outreach:detail", pk)


def last_tick(request):
    """The step that was just ticked, once, so that a page can name it and take it back: `(pk, Step, about)` or None."""
    pk, step, *about = request.session.pop(TICKED, (None, None))
    return (pk, Step(step), "".join(about)) if pk else None

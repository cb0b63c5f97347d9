"""Who has which role in the organisation, and what those who run it do about that. No name or note of a resident."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import access, invitations, memberships
from klapkarre.foundation.accounts.access import GIVE_ROLES, SEE_COLLEAGUES, allowed_to
from klapkarre.foundation.accounts.colleague_forms import EndForm, RoleForm, VersionForm
from klapkarre.foundation.accounts.models import Invitation, Membership, MembershipChange, Role, State
from klapkarre.foundation.accounts.views.confirm import only_recent

ORDER = (State.RUNNING, State.TO_COME, State.SUSPENDED, State.ENDED)
DONE = {
    "schors": (memberships.suspend, gettext_lazy("De rol is geschorst. De rechten zijn weg vanaf nu.")),
    "hef-op": (memberships.take_back, gettext_lazy("De schorsing is voorbij. De rechten zijn terug.")),
    "beeindig": (memberships.end, gettext_lazy("De rol is voorbij. De rechten zijn weg vanaf nu.")),
}


@never_cache
def rights(request):
    """The table of `access.py` in words, for everyone who works here."""
    mine = request.user.role_names
    rows = [
        {
            "role": role,
            "rights": [right.sentence for right in rights],
            "never": access.NEVER.get(role),
            "gives": [one.label for one in Role if one in access.MAY_GIVE.get(role, ())],
            "is_mine": role in mine,
        }
        for role, rights in access.RIGHTS_OF.items()
    ]
    return render(request, "accounts/rights.html", {"rows": rows, "everyone": access.EVERYONE})


@never_cache
@allowed_to(SEE_COLLEAGUES)
def colleagues(request):
    """Everyone with a role here, by how the role stands today."""
    organisation = request.user.works_for
    rows = (
        Membership.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("user", "team", "neighbourhood")
        .order_by("user__username", "-starts_on", "pk")
    )
    groups = {state: [] for state in ORDER}
    for row in rows:
        groups[row.state].append(row)
    context = {
        "organisation": organisation,
        "groups": [(state, groups[state]) for state in ORDER],
        "invitations": Invitation.objects.visible_to(request.user)
        .open()
        .filter(organisation=organisation)
        .select_related("team", "invited_by"),
    }
    return render(request, "accounts/colleagues.html", context)


@never_cache
@allowed_to(GIVE_ROLES)
def give_role(request):
    """One more role for a colleague; someone new gets an invitation."""
    organisation = request.user.works_for
    givable = memberships.givable(request.user, organisation)
    options = {"organisation": organisation, "by": request.user, "givable": givable}
    form = RoleForm(request.POST or None, **options)
    if form.is_valid():
        user = form.cleaned_data["user"]
        try:
            membership = memberships.give(request.user, user, organisation, **form.terms())
        except memberships.Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("De rol is gegeven."))
            return redirect("organisation:colleague", membership.pk)
    return render(request, "accounts/give_role.html", {"form": form, "organisation": organisation})


def _membership_or_404(request, pk):
    rows = Membership.objects.visible_to(request.user).filter(organisation=request.user.works_for)
    return get_object_or_404(rows.select_related("user", "team", "neighbourhood", "organisation"), pk=pk)


@never_cache
@allowed_to(SEE_COLLEAGUES)
def colleague(request, pk):
    """One role, all that was done to it, and what can be done now."""
    return _colleague_page(request, _membership_or_404(request, pk))


def _colleague_page(request, membership, form=None, status=200):
    is_own = membership.user_id == request.user.pk
    may_change = not is_own and membership.role in memberships.givable(request.user, membership.organisation)
    initial = {"ends_on": membership.ends_on, "version": membership.version}
    if membership.state == State.ENDED:
        initial["ends_on"] = None
    context = {
        "membership": membership,
        "state": membership.state,
        "is_own": is_own,
        "may_change": may_change,
        "may_end": may_change and memberships.may_touch_login(request.user, membership),
        "may_renew": may_change and invitations.may_renew(request.user, membership),
        "changes": MembershipChange.objects.filter(membership=membership).select_related("by"),
        "form": form or EndForm(initial=initial),
    }
    return render(request, "accounts/colleague.html", context, status=status)


@never_cache
@allowed_to(GIVE_ROLES)
def change_end(request, pk):
    """Another last day, or for who left: back, until that day."""
    membership = _membership_or_404(request, pk)
    if request.method != "POST":
        return redirect("organisation:colleague", pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _colleague_page(request, membership, form)
    verb = memberships.come_back if request.POST.get("doe") == "terug" else memberships.change_end
    try:
        changed = verb(request.user, membership, form.cleaned_data["version"], form.cleaned_data["ends_on"])
    except memberships.Refused as why:
        form.add_error("ends_on", str(why))
    except memberships.Clash:
        return _clash(request, pk, form)
    else:
        back = verb is memberships.come_back
        messages.success(request, _("De rol loopt weer.") if back else _("De laatste dag is gewijzigd."))
        return redirect("organisation:colleague", changed.pk)
    return _colleague_page(request, membership, form)


def _clash(request, pk, form):
    """What a colleague made of it, with what was typed still there."""
    membership = _membership_or_404(request, pk)
    form.show_version(membership.version)
    form.add_error(None, _("Een collega wijzigde deze rol net. Kijk na en probeer opnieuw."))
    return _colleague_page(request, membership, form, status=409)


@never_cache
@allowed_to(GIVE_ROLES)
@only_recent
def end_sessions(request, pk):
    """Log a colleague out everywhere: a phone was lost or stolen, or somebody else is in."""
    membership = _membership_or_404(request, pk)
    if request.method == "POST":
        try:
            were_open = memberships.end_sessions(request.user, membership)
        except memberships.Refused as why:
            messages.warning(request, str(why))
        else:
            done = _("Je collega is overal afgemeld."), _("Je collega was nergens aangemeld.")
            messages.success(request, done[0] if were_open else done[1])
    return redirect("organisation:colleague", pk)


@never_cache
@allowed_to(GIVE_ROLES)
def change_state(request, pk, deed):
    """Suspend, take back or end. Ending asks first: it is for who leaves, and stands beside suspending."""
    membership = _membership_or_404(request, pk)
    found = DONE.get(deed)
    if found is None or request.method != "POST":
        return redirect("organisation:colleague", pk)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _colleague_page(request, membership)
    verb, said = found
    version = form.cleaned_data["version"]
    if verb is memberships.end and request.POST.get("sure") != "ja":
        return render(request, "accounts/end_role.html", {"membership": membership, "version": version})
    try:
        verb(request.user, membership, version)
    except memberships.Refused as why:
        messages.warning(request, str(why))
    except memberships.Clash:
        messages.warning(request, _("Een collega wijzigde deze rol net. Kijk na en probeer opnieuw."))
    else:
        messages.success(request, said)
    return redirect("organisation:colleague", pk)

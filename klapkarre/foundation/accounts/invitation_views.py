"""Inviting, for who runs the organisation; and coming in, for who got the link or the letter."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import access, choice, invitations, logbook, memberships, sessions
from klapkarre.foundation.accounts.access import GIVE_ROLES, SEE_COLLEAGUES, allowed_to
from klapkarre.foundation.accounts.colleague_forms import TermsForm
from klapkarre.foundation.accounts.invitation_forms import LetterForm, NewNameForm
from klapkarre.foundation.accounts.models import Invitation, Membership, Role
from klapkarre.foundation.accounts.views.confirm import only_recent
from klapkarre.foundation.kit import codes
from klapkarre.foundation.kit.drawing import qr
from klapkarre.foundation.kit.guesses import Says, find_by_code


@never_cache
@allowed_to(GIVE_ROLES)
def invite(request):
    """For which role, where, from when; then the link and the letter."""
    organisation = request.user.works_for
    givable = memberships.givable(request.user, organisation)
    form = TermsForm(request.POST or None, organisation=organisation, givable=givable)
    if form.is_valid():
        try:
            invitation = invitations.invite(request.user, organisation, **form.terms())
        except memberships.Refused as why:
            form.add_error(None, str(why))
        else:
            return redirect("organisation:invitation", invitation.pk)
    return render(request, "accounts/invite.html", {"form": form, "organisation": organisation})


def _own_or_404(request, pk):
    rows = Invitation.objects.visible_to(request.user).filter(organisation=request.user.works_for)
    return get_object_or_404(
        rows.select_related("organisation", "team", "neighbourhood", "invited_by", "renews__user"), pk=pk
    )


@never_cache
@allowed_to(SEE_COLLEAGUES)
def invitation(request, pk):
    """The link to send and the letter to print, while it is open. Only for who could have given this role."""
    return render(request, "accounts/invitation.html", _context(request, _own_or_404(request, pk)))


@never_cache
@allowed_to(GIVE_ROLES)
def letter(request, pk):
    """The letter on paper: who invites, for what, and how to come in."""
    context = _context(request, _own_or_404(request, pk))
    if not context["may_give"] or context["why_gone"]:
        return redirect("organisation:invitation", pk)
    return render(request, "accounts/letter.html", context)


@never_cache
@allowed_to(GIVE_ROLES)
@only_recent
def renew(request, pk):
    """A new letter for a colleague who lost every way in, or never finished the first one."""
    rows = Membership.objects.visible_to(request.user).filter(organisation=request.user.works_for)
    membership = get_object_or_404(rows.select_related("organisation", "user"), pk=pk)
    if request.method == "POST":
        try:
            made = invitations.renew(request.user, membership)
        except memberships.Refused as why:
            messages.warning(request, str(why))
        else:
            return redirect("organisation:invitation", made.pk)
    return redirect("organisation:colleague", pk)


@never_cache
@allowed_to(GIVE_ROLES)
def withdraw(request, pk):
    found = _own_or_404(request, pk)
    if request.method == "POST":
        try:
            invitations.withdraw(request.user, found)
        except memberships.Refused as why:
            messages.warning(request, str(why))
        else:
            messages.success(request, _("De uitnodiging is ingetrokken. Link en brief werken niet meer."))
    return redirect("organisation:invitation", pk)


def _context(request, found):
    may_give = found.role in memberships.givable(request.user, found.organisation)
    context = {"invitation": found, "may_give": may_give, "why_gone": invitations.why_gone(found)}
    if may_give and not context["why_gone"]:
        link = request.build_absolute_uri(reverse("accounts:invitation", args=[invitations.token_of(found)]))
        code = invitations.code_of(found).split("-")
        context |= {
            "link": link,
            "code": code,
            "spelled": codes.spelled(code),
            "host": request.get_host(),
            "qr": qr(link),
        }
    return context


def _between_us(view):
    """The address is the key to a role: nobody else may keep it or hear of it."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def _unreadable_text(word):
    if near := codes.near(word):
        return _("We kennen het woord “%(word)s” niet. Bedoel je “%(near)s”?") % {"word": word, "near": near}
    if word:
        return _("We kennen het woord “%(word)s” niet. Kijk nog eens in je brief.") % {"word": word}
    return _("Een code is drie woorden en een getal. Bijvoorbeeld: appel fiets molen 42.")


SAYS = Says(
    too_many=_lazy(
        "Er waren te veel foute codes. Wacht tien minuten. Lukt het dan nog niet? Probeer morgen opnieuw."
    ),
    unknown=_lazy("We vinden geen uitnodiging met deze code. Kijk elke letter na."),
    unreadable=_unreadable_text,
)


@_between_us
def by_code(request):
    """Type the code of the letter. Counted before the look-up (`kit.guesses`); a right one is free."""
    if request.method != "POST":
        return _code_page(request, LetterForm())
    form = LetterForm(request.POST)
    found, status = find_by_code(
        request, "invitation", form, invitations.by_code, SAYS, invitations.WORDS_IN_CODE
    )
    if found is None:
        return _code_page(request, form, status)
    return redirect("accounts:invitation", invitations.token_of(found))


def _code_page(request, form, status=200):
    return render(request, "accounts/invitation_code.html", {"form": form}, status=status)


@_between_us
def come_in(request, token):
    """Who invites you for what; then a user name, or the login that you have."""
    found = invitations.by_token(token)
    if found is None:
        return _gone(request, _("Deze uitnodiging kennen we niet. Kijk de link na."))
    why = invitations.why_gone(found)
    if why:
        return _gone(request, why, is_used=bool(found.used_at))
    if found.renews:
        return _make_again(request, found)
    if request.method != "POST":
        return _invited_page(request, found, NewNameForm())
    if request.user.is_authenticated:
        return _accept_as(request, found)
    form = NewNameForm(request.POST)
    if not form.is_valid():
        return _invited_page(request, found, form)
    try:
        membership = invitations.accept(found, username=form.cleaned_data["username"])
    except invitations.Gone as why_not:
        return _gone(request, str(why_not))
    except invitations.Taken:
        form.add_error("username", _("Iemand anders heeft deze naam al. Kies een andere."))
        return _invited_page(request, found, form)
    except memberships.Refused as why_not:
        form.add_error("username", str(why_not))
        return _invited_page(request, found, form)
    sessions.begin(request, membership.user, way=logbook.Way.LETTER, strong=False)
    return redirect("accounts:set_up_login")


def _make_again(request, found):
    """Who lost everything says yes, and is then led to a new way in. Whoever was logged in here is not any more."""
    if request.method != "POST":
        facts = {"invitation": found, "from_server": invitations.is_from_server(found)}
        return render(request, "accounts/renew.html", facts)
    try:
        membership = invitations.accept(found)
    except invitations.Gone as why:
        return _gone(request, str(why))
    sessions.end(request)
    sessions.begin(request, membership.user, way=logbook.Way.LETTER, strong=False)
    return redirect("accounts:set_up_login")


def _accept_as(request, found):
    """With the login that someone has. When it is of another organisation, she chooses for which one she works."""
    try:
        membership = invitations.accept(found, user=request.user)
    except invitations.Gone as why:
        return _gone(request, str(why))
    except memberships.Refused as why:
        return _invited_page(request, found, NewNameForm(), wrong=str(why))
    choice.apply(request)
    messages.success(request, _("Welkom. Je rol staat klaar."))
    if str(membership.organisation_id) != request.session.get(choice.CHOSEN):
        return redirect("organisation:choose")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _invited_page(request, found, form, wrong=""):
    context = {
        "invitation": found,
        "form": form,
        "wrong": wrong,
        "rights": [right.sentence for right in access.RIGHTS_OF[Role(found.role)]] or [access.EVERYONE],
        "never": access.NEVER.get(Role(found.role)),
        "who": request.user.username if request.user.is_authenticated else "",
    }
    return render(request, "accounts/invited.html", context)


def _gone(request, why, *, is_used=False):
    return render(request, "accounts/invitation_gone.html", {"why": why, "is_used": is_used}, status=404)

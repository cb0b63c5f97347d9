"""My card for residents, and for who runs the organisation all cards in it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import PLAN, SEE_COLLEAGUES, allowed_to, may
from klapkarre.foundation.kit.pictures import takes_picture
from klapkarre.foundation.people import actions
from klapkarre.foundation.people.forms import CardForm
from klapkarre.foundation.people.models import StaffCard

AWAY = "people.card_away"


@takes_picture
@never_cache
@allowed_to(PLAN)
def card(request):
    """What residents see of me: nothing, until I say so here."""
    user, here = request.user, request.user.works_for
    mine = StaffCard.objects.with_role().filter(user=user.pk, organisation=here).first()
    options = {"reach": user.reach, "card": mine}
    if request.method != "POST":
        form = CardForm(initial=_initial(mine), **options)
        return _page(request, mine, form)
    form = CardForm(request.POST, request.FILES, **options)
    if not form.is_valid():
        return _page(request, mine, form)
    values = form.cleaned_data
    actions.show_card(user, here, values, values["photo"], without_photo=values.get("without_photo", False))
    messages.success(request, _("Je kaartje staat op de site. Bewoners zien het nu."))
    return redirect("people_cards:card")


def _initial(mine):
    if mine is None:
        return {}
    return {
        "first_name": mine.first_name,
        "phone": mine.phone,
        "neighbourhoods": [buurt.pk for buurt in mine.neighbourhoods.all()],
    }


def _page(request, mine, form):
    everyone = ()
    if may(request.user, SEE_COLLEAGUES):
        rows = (
            StaffCard.objects.visible_to(request.user).with_role().filter(organisation=request.user.works_for)
        )
        everyone = rows.select_related("user").prefetch_related("neighbourhoods").order_by("first_name", "pk")
    context = {"mine": mine, "form": form, "everyone": everyone, "leads": may(request.user, SEE_COLLEAGUES)}
    return render(request, "people/card.html", context)


@never_cache
@allowed_to(PLAN)
def card_away(request, pk):
    """Take my card off the site; who runs the organisation may do it for a colleague."""
    rows = StaffCard.objects.visible_to(request.user).filter(organisation=request.user.works_for, pk=pk)
    if request.method == "POST":
        if not actions.take_card_away(rows) and request.session.get(AWAY) != str(pk):
            raise Http404
        request.session[AWAY] = str(pk)  # a second tap is no mistake
        messages.success(request, _("Het kaartje is weg. Niemand ziet het nog."))
    return redirect("people_cards:card")

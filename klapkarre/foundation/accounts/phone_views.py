"""The phones that may add notes: the own ones, and for who runs the organisation those of colleagues."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts import phones
from klapkarre.foundation.accounts.access import REGISTER, may
from klapkarre.foundation.accounts.models import Phone


@never_cache
def phone_list(request):
    """Live phones first; withdrawn ones stay in sight, because they may still send what they had."""
    here = request.user.works_for and request.user.works_for.pk
    rows = Phone.objects.visible_to(request.user).select_related("user", "team")
    mine = [row for row in rows if row.user_id == request.user.pk]
    others = [row for row in rows if row.user_id != request.user.pk and row.organisation_id == here]
    context = {
        "live": [row for row in mine if row.is_live],
        "withdrawn": [row for row in mine if not row.is_live],
        "colleagues": [row for row in others if row.is_live],
        "colleagues_withdrawn": [row for row in others if not row.is_live],
        "adds": may(request.user, REGISTER),
        "runs": bool(request.user.run_ids),
        "most": phones.MOST,
        # Two of one kind have one name: the app that opens this page says which one it is itself.
        "this": request.GET.get("telefoon", ""),
    }
    return render(request, "accounts/phones.html", context)


@never_cache
def withdraw(request, pk):
    """Ask once more, and then what this phone sends waits for a colleague."""
    phone = get_object_or_404(Phone.objects.visible_to(request.user).select_related("user"), pk=pk)
    if request.method == "POST" and request.POST.get("sure") == "ja":
        if phones.withdraw(phone, by=request.user, request=request):
            messages.success(request, _("De telefoon is ontkoppeld."))
        else:
            messages.info(request, _("Deze telefoon was al ontkoppeld."))
        return redirect("phones:list")
    is_own = phone.user_id == request.user.pk
    return render(request, "accounts/withdraw_phone.html", {"phone": phone, "is_own": is_own})

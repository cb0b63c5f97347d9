"""The first password of someone who came in with an invitation."""

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.kit.forms import KitForm


class FirstPasswordForm(KitForm, SetPasswordForm):
    required_texts = {"new_password1": _("Vul een wachtwoord in."), "new_password2": _("Typ het nog eens.")}
    autocomplete = {"new_password1": "new-password", "new_password2": "new-password"}


@never_cache
def set_up_login(request):
    """A password, once: who has one already changes nothing here."""
    if request.user.has_usable_password():
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = FirstPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/set_up_login.html", {"form": form})

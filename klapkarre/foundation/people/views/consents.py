"""The person agrees to more, again, or takes it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from klapkarre.foundation.accounts.access import KEEP_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.people import actions, consent_text
from klapkarre.foundation.people.forms import ConsentForm, WithdrawForm
from klapkarre.foundation.people.models import Kind, Person, standing_kinds
from klapkarre.foundation.people.views.persons import person_or_404


@never_cache
@allowed_to(KEEP_NAMES)
def give(request, pk):
    """More consent, or consent anew after it stopped: then no name shows before it is given."""
    rows = (
        Person.objects.workable_by(request.user)
        .filter(merged_into=None, restricted_at=None)
        .select_related("organisation")
    )
    person = get_object_or_404(rows, pk=pk)
    standing = standing_kinds(person.consents.all())
    form = ConsentForm(request.POST if request.method == "POST" else None, standing=standing)
    opened = consent_text.opened(request)
    if request.method != "POST":
        form.initial["kinds"] = sorted(standing)
        form.initial["language"] = opened or consent_text.DUTCH
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.give_consent(
                person, given["kinds"], given["how"], request.user, language=given["language"]
            )
        except actions.Gone as gone:
            raise Http404 from gone
        except ValidationError as refused:
            form.add_error("kinds", refused)
        else:
            messages.success(request, _("De toestemming is bewaard."))
            return redirect(person.path)
    if person.is_readable:
        note_reading(request, [person])
    aloud = consent_text.read_aloud(person.organisation)
    context = {"form": form, "person": person, "aloud": aloud, "opened": opened}
    return render(request, "people/consent.html", context)


@require_safe
@never_cache
@allowed_to(KEEP_NAMES)
def sheet(request):
    """What is read aloud, on paper, in the language of `?taal=`: to read along, sign and take home. It names nobody."""
    organisation = request.user.works_for
    text = consent_text.text_in(request.GET.get("taal", consent_text.DUTCH))
    dutch = {} if text.language == consent_text.DUTCH else consent_text.text_in(consent_text.DUTCH).kinds
    context = {
        "organisation": organisation,
        "text": text,
        "lines": text.said_by(organisation),
        # The worker has to know which box was ticked.
        "kinds": [(text.kinds[kind.value], dutch.get(kind.value)) for kind in Kind],
        "languages": consent_text.LANGUAGES,
    }
    return render(request, "people/consent_sheet.html", context)


@never_cache
@allowed_to(KEEP_NAMES)
def withdraw(request, pk):
    """Take back one thing, or all: then the person is closed at once and erased within the term."""
    person = person_or_404(request, pk)
    standing = standing_kinds(person.consents.all())
    form = WithdrawForm(request.POST if request.method == "POST" else None, standing=standing)
    if form.is_valid():
        given = form.cleaned_data
        try:
            person = actions.withdraw_consent(
                person, given["kinds"], given["how"], given["said_by"], request.user
            )
        except actions.Gone as gone:
            raise Http404 from gone
        if person.is_readable:
            messages.success(request, _("Bewaard. Wat daarbij hoort, is gewist."))
        return redirect(person.path)
    note_reading(request, [person])
    return render(request, "people/withdraw.html", {"form": form, "person": person, "keep": Kind.KEEP})

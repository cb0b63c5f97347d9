"""One question of the register or the DPIA: the answer of now, and those before it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import KEEP_DUTIES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.duties import actions, questions
from klapkarre.foundation.duties.actions.answers import Clash
from klapkarre.foundation.duties.forms import AnswerForm
from klapkarre.foundation.duties.models import Answer, Document

PAGES = {Document.REGISTER: "duties:register", Document.DPIA: "duties:dpia"}


@never_cache
@allowed_to(KEEP_DUTIES)
def change(request, document, name):
    """Write an answer; what was there before stays below."""
    question = questions.question_of(document, name)
    if question is None:
        raise Http404
    organisation = request.user.works_for
    rows = Answer.objects.filter(organisation=organisation, document=document, question=name)
    history = list(rows.select_related("by"))
    note_reading(request, history)
    last = history[0] if history else None
    seen = last.number if last else 0
    form = AnswerForm(request.POST or None, initial={"text": last.text if last else "", "seen": seen})
    status = 200
    if form.is_valid():
        try:
            actions.answer(request.user, organisation, document, name, **form.facts())
        except Clash:
            form.show_seen(seen)
            form.add_error("text", _("Een collega antwoordde net. Lees het hieronder en bewaar opnieuw."))
            status = 409
        else:
            messages.success(request, _("Het antwoord is bewaard."))
            return redirect(PAGES[document])
    context = {"question": question, "form": form, "history": history, "back": PAGES[document]}
    return render(request, "duties/question.html", context, status=status)

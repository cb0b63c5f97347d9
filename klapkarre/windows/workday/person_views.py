"""The page of one person: what people knows, and the conversations of outreach. Later rooms add theirs here."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from klapkarre.foundation.accounts.access import SEE_NAMES, allowed_to
from klapkarre.foundation.accounts.actions import note_reading
from klapkarre.foundation.people.models import Person
from klapkarre.foundation.people.views import persons
from klapkarre.rooms.outreach.figures import theme_words
from klapkarre.rooms.outreach.models import ContactMoment, HomeVisit

# As many conversations stand on the page; there is a link to each.
SHOWN = 10


@never_cache
@allowed_to(SEE_NAMES)
def person(request, pk):
    found = (
        Person.objects.visible_to(request.user).select_related("team", "neighbourhood").filter(pk=pk).first()
    )
    if found is None:
        return persons.gone_page(request, pk)
    context = persons.page_of(request, found)
    rows = ContactMoment.objects.workable_by(request.user).filter(person=found)
    total = rows.count()
    contacts = list(rows.select_related("neighbourhood").prefetch_related("themes")[:SHOWN])
    # A note is read here too: each one is logged before the page opens it.
    note_reading(request, [contact for contact in contacts if contact.__dict__["note"] is not None])
    for contact in contacts:
        contact.words = theme_words(contact)
    told = HomeVisit.objects.visible_to(request.user).filter(person=found).select_related("contact")
    visits = list(told.defer("contact__note")[:SHOWN])
    note_reading(request, visits)
    context |= {"contacts": contacts, "contact_total": total, "visits": visits}
    return render(request, "workday/person.html", context)

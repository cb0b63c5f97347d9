"""Answer a question, and keep a version of the DPIA."""

import json

from django.db import transaction

from klapkarre.foundation.accounts.models import Organisation
from klapkarre.foundation.duties.models import Answer, Version
from klapkarre.foundation.kit import cipher


class Clash(Exception):
    """A colleague answered meanwhile."""


@cipher.comparing()
@transaction.atomic
def answer(user, organisation, document, question, text, seen):
    """Add an answer after the one that its writer saw (`seen`, 0 for none). The same text again adds nothing."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = Answer.objects.filter(organisation=organisation, document=document, question=question)
    last = rows.first()
    if last and last.text == text:
        return last
    if (last.number if last else 0) != seen:
        raise Clash
    return Answer.objects.create(
        organisation=organisation,
        document=document,
        question=question,
        number=seen + 1,
        text=text,
        by=user,
    )


@cipher.comparing()
@transaction.atomic
def freeze(user, organisation, content):
    """Keep this content as the next version; the same content again adds nothing."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = Version.objects.filter(organisation=organisation).first()
    whole = json.dumps(content, ensure_ascii=False, sort_keys=True)
    if last and last.whole == whole:
        return last
    number = last.number + 1 if last else 1
    return Version.objects.create(organisation=organisation, number=number, whole=whole, by=user)

"""What could be said more plainly in a text for residents, sentence by sentence. Hints, never a score.

    for one in look("Gelieve uw aanvraag tijdig in te dienen."):
        one.sentence, one.hints

Looked at are: how many words a sentence has (the tone of this project: 12, at most 15), words of offices, words of
services and laws that nobody explains, long words, words that few people use, and who does it when nobody is named.
"""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _

from klapkarre.foundation.plain import lists
from klapkarre.foundation.plain.rare import is_rare
from klapkarre.foundation.plain.sentences import sentences, words

AIM, MOST_WORDS = 12, 15
# A word this long is rare in Dutch, unless it is in the list of long words that everyone knows.
LONG_WORD = 15
# Beyond this a text is no notice any more: what comes after is not looked at.
LONGEST = 20_000
MOST_SENTENCES = 30

_PASSIVE = re.compile(r"word|wordt|worden|werd|werden")
_PARTICIPLE = re.compile(r"(?:\w{0,12}ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{2,}(?:d|t))")
# They look like a participle and are none.
_NO_PARTICIPLE = frozenset(
    """
    bekend bereid bericht beroemd besluit best bestand bewust erft ervaren erwt gebed gebeden gebeuren gebied
    gebieden gebit geboorten geboren gedicht gedichten geduld geest geesten gegevens gehandicapt geheel
    gehelen geheugen geld geleden gelegen geliefd geluid geluiden gemeenten gemeten gemoed genieten genot
    gerecht gerechten gerust gevecht geven geweld gewend gewicht gezicht gezichten gezinnen gezond herfst hert
    ongerust ongezond verband verdriet verkeerd verlet verliefd verschillend verstand vert vertelt verwant
    """.split()  # noqa: SIM905
)
# Endings of words from books and offices; hardly a name has them.
_LEARNED = re.compile(r"(?:ties?|ati(?:ef|eve)|[iï]teit(?:en)?|ismen?|ische?|ieken?|ering(?:en)?|heid)$")
# Nobody reads the words inside an address.
_ADDRESS = re.compile(r"[^\s@]{1,80}@\S{1,200}|(?:https?://|www\.)\S{1,500}")
_EXPLAINED = re.compile(r"\s*(?:[:(]|,? ?(?:dat|dit) is\b|,? ?dus\b)")


class Hint(NamedTuple):
    """One thing to look at: which words, and what could be said instead."""

    kind: str  # long_sentence, office, system, long_word, rare_word, passive
    words: str
    advice: str


class Look(NamedTuple):
    """A sentence with its hints."""

    sentence: str
    hints: tuple[Hint, ...]


def look(text):
    """The sentences of this text that could be plainer, in order. Each word is named once in a sentence."""
    found = []
    for sentence in sentences(text[:LONGEST]):
        hints = tuple(_hints(sentence))
        if hints:
            found.append(Look(sentence, hints))
            if len(found) == MOST_SENTENCES:
                break
    return found


def _hints(sentence):
    spoken = words(_ADDRESS.sub(" ", sentence))
    low = [word.lower() for word in spoken]
    if len(spoken) > MOST_WORDS:
        count = {"count": len(spoken), "aim": AIM}
        yield Hint(
            "long_sentence",
            _("%(count)d woorden") % count,
            _("Maak er twee zinnen van, van zo'n %(aim)d woorden.") % count,
        )
    used, named = set(), set()
    for kind, known in (("office", lists.officialese()), ("system", lists.systems())):
        for place, length, entry in _known(low, known):
            if used.isdisjoint(range(place, place + length)):
                used |= set(range(place, place + length))
                if entry.word not in named and not (
                    kind == "system" and _is_explained(sentence, spoken, place, length)
                ):
                    yield _about(kind, " ".join(spoken[place : place + length]), entry)
                named.add(entry.word)
    for place, word in enumerate(spoken):
        if place in used or word.lower() in named or not _is_plain_letters(word):
            continue
        if _is_long(word, place):
            yield Hint("long_word", word, _("Dit is een lang woord. Kan je het korter zeggen?"))
        elif (
            _may_be_rare(word, place)
            and is_rare(word.lower())
            and not _is_explained(sentence, spoken, place, 1)
        ):
            yield Hint("rare_word", word, _("Dit woord kent niet iedereen. Zeg het gewoner, of leg het uit."))
        else:
            continue
        named.add(word.lower())
    if passive := _passive(low):
        yield Hint("passive", passive, _("Zeg wie het doet. Bijvoorbeeld: wij bellen je."))


def _known(low, known):
    """(place, number of words, entry) of what stands in a list, the longest first where several fit."""
    for place, word in enumerate(low):
        for form, entry in known.get(word, ()):
            if tuple(low[place : place + len(form)]) == form:
                yield place, len(form), entry
                break


def _about(kind, said, entry):
    if kind == "system":
        return Hint(kind, said, _("Zeg erbij wat het is: %(plain)s.") % {"plain": entry.plain[0]})
    choices = _(" of ").join(f"'{one}'" for one in entry.plain)
    return Hint(kind, said, _("Zeg liever %(plain)s.") % {"plain": choices})


def _is_explained(sentence, spoken, place, length):
    """A colon, a bracket or "dat is" after the word: the writer explains it already. Or it stands between brackets."""
    last = spoken[place + length - 1]
    at = sentence.find(last)
    return at >= 0 and bool(_EXPLAINED.match(sentence, at + len(last)))


def _is_plain_letters(word):
    """Of one piece, in our letters. With a hyphen it reads in parts."""
    return word.isalpha() and all(letter < "\u0250" for letter in word)


def _is_long(word, place):
    """Long, and no name: names have a capital inside the sentence."""
    is_name = place > 0 and word[:1].isupper()
    return len(word) >= LONG_WORD and not is_name and word.lower() not in lists.familiar()


def _may_be_rare(word, place):
    """No name and no abbreviation. A first word has a capital anyway: then only its ending tells that it is none."""
    return word.islower() or (place == 0 and word[1:].islower() and bool(_LEARNED.search(word)))


def _passive(low):
    """The words that make a sentence passive, or nothing: 'wordt ... gebracht'."""
    at = next((place for place, word in enumerate(low) if _PASSIVE.fullmatch(word)), None)
    if at is None:
        return ""
    for word in (*low[at + 1 :], *low[:at]):
        if _PARTICIPLE.fullmatch(word) and word not in _NO_PARTICIPLE:
            return f"{low[at]} … {word}"
    return ""

"""The forms that a Dutch word takes, from the form in which a list names it.

By the rules of spelling (long and short vowels, f and v, s and z); what follows no rule, the list says itself. More
forms than exist do no harm: nobody writes them. Forms of three letters or less are left out: they could be any word.
"""

import re

VOWELS = "aeiou"
SHORTEST = 4
WITHOUT_GE = re.compile(r"(be|ge|her|ont|ver|er|over|onder)\w{3}")
# A word of one syllable with a single short vowel: het bot, de botten.
_CLOSED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_LONG = re.compile(r"(aa|ee|oo|uu)([^aeiou])$")
_SOFT = {"f": "v", "s": "z"}


def verb(infinitive, extra=()):
    """Present, past and participle; `aan|vatten`: also `vat aan` comes as `aanvat`, `aangevat`, `aan te vatten`."""
    prefix, _bar, base = infinitive.rpartition("|")
    found = {prefix + base, *extra}
    for stem in _stems(base):
        with_t = stem if stem.endswith("t") else f"{stem}t"
        past = "te" if base[:-2][-1:] in "tkfschp" else "de"
        ge = "" if not prefix and WITHOUT_GE.match(base) else "ge"
        end = stem if stem.endswith(("t", "d")) else stem + past[0]
        found |= {prefix + stem, prefix + with_t, prefix + stem + past, prefix + stem + past + "n"}
        found |= {prefix + ge + end, prefix + ge + _with_e(end)}
    if prefix:
        found.add(f"{prefix} te {base}")
    else:
        found.add(f"{base}d")
        found.add(f"{base}de")
    return _long_enough(found) | {prefix + base}


def _stems(base):
    """The first person of a regular verb: betalen -> betaal, beseffen -> besef, lezen -> lees."""
    root = base.removesuffix("n") if base.endswith("ën") else base.removesuffix("en")
    if base.endswith("ëren"):
        return {base.removesuffix("ëren") + ("eer" if base.endswith("iëren") else "ëer")}
    if len(root) > 2 and root[-1] == root[-2] and root[-1] not in VOWELS:
        return {root[:-1]}
    hard = root[:-1] + {"v": "f", "z": "s"}.get(root[-1:], root[-1:])
    single = len(root) > 2 and root[-1] not in VOWELS and root[-2] in "aeou" and root[-3] not in VOWELS
    long_one = hard[:-2] + hard[-2] * 2 + hard[-1] if single else hard
    return {long_one, hard}


def noun(word, extra=()):
    """One and many: factuur, facturen; maatregel, maatregelen, maatregels; mogelijkheid, mogelijkheden."""
    found = {word, *extra, f"{word}s", f"{word}en", f"{word}'s", f"{word}n"}
    if word.endswith("heid"):
        found.add(word.removesuffix("heid") + "heden")
    if word.endswith("ie"):
        found |= {f"{word}ën", f"{word}s"}
    if word.endswith("ee"):
        found.add(f"{word}ën")
    found.add(_with_e(word) + "n")
    return _long_enough(found) | {word}


def adjective(word, extra=()):
    """The form itself and the one with an e: bevoegd, bevoegde; administratief, administratieve."""
    return _long_enough({word, *extra, _with_e(word), f"{_with_e(word)}n", f"{word}s"}) | {word}


def _with_e(word):
    """The word with an e after it, in its spelling: relevant -> relevante, huur -> hure, brief -> brieve."""
    if word.endswith("ieel"):
        return word.removesuffix("eel") + "ële"
    if _LONG.search(word):
        last = _SOFT.get(word[-1], word[-1])
        return word[:-3] + word[-3] + last + "e"
    if word[-1:] in _SOFT and word[-2:-1] not in ("s", "f") and word.endswith(("ief", "ijf", "eus", "ijs")):
        return word[:-1] + _SOFT[word[-1]] + "e"
    if _CLOSED.fullmatch(word):
        return word + word[-1] + "e"
    return word if word.endswith("e") else f"{word}e"


def _long_enough(found):
    return {one for one in found if len(one) >= SHORTEST}

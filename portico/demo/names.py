"""Gives people names: families share one, some are doubled or hyphenated, some keep their accents.

Core systems write most names without accents; a third of the records here keep them, so that both ways of
typing a name have to find the same person.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

from portico.demo.chance import Chance, Weighted
from portico.demo.name_lists import ORIGINS, Origin

WOMAN, MAN, UNKNOWN = "F", "M", "U"
_KEEPS_ACCENTS = 0.33
_HYPHENATES = 0.03
_HAS_MIDDLE = 0.45
_SUFFIXES = Weighted([("", 97.4), ("JR", 1.4), ("SR", 0.4), ("III", 0.5), ("II", 0.3)])
_ORIGINS = Weighted([(origin, origin.share) for origin in ORIGINS])
_ALSO_WITHOUT = str.maketrans({"Đ": "D", "đ": "d", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ß": "ss"})


class FamilyName(NamedTuple):
    """What the members of a household share."""

    origin: Origin
    last: str
    accents: bool


class Name(NamedTuple):
    """A person's name, part by part; the suffix is one of JR, SR, II, III or empty."""

    last: str
    first: str
    middle: str
    suffix: str


def family(chance: Chance) -> FamilyName:
    """A last name for a household."""
    origin = _ORIGINS.pick(chance)
    last, draw = chance.pick(origin.last), chance.random()
    if draw < origin.doubled:
        last = f"{last} {chance.pick(origin.last)}"
    elif draw > 1 - _HYPHENATES:
        last = f"{last}-{chance.pick(_ORIGINS.pick(chance).last)}"
    return FamilyName(origin, last, chance.random() < _KEEPS_ACCENTS)


def person(chance: Chance, shared: FamilyName, sex: str, *, taken: tuple[str, ...] = ()) -> Name:
    """A name within the family; no first name in `taken` comes again as long as there are others."""
    firsts = shared.origin.women if sex == WOMAN else shared.origin.men
    first = _other_than(taken, chance, firsts, shared.accents)
    middle = ""
    if chance.random() < _HAS_MIDDLE:
        middle = "ABCDEFGHIJKLMNOPRSTVWYZ"[chance.below(23)]
        if chance.random() < 0.3:
            middle = _written(chance.pick(firsts), shared.accents)
    suffix = _SUFFIXES.pick(chance) if sex == MAN else ""
    return Name(_written(shared.last, shared.accents), first, "" if middle == first else middle, suffix)


def _other_than(taken: tuple[str, ...], chance: Chance, firsts: tuple[str, ...], accents: bool) -> str:
    start = chance.below(len(firsts))
    for step in range(len(firsts)):
        first = _written(firsts[(start + step) % len(firsts)], accents)
        if first not in taken:
            return first
    return _written(firsts[start], accents)


@cache
def without_accents(name: str) -> str:
    """The name in plain ASCII letters, as most core systems write it."""
    decomposed = unicodedata.normalize("NFKD", name.translate(_ALSO_WITHOUT))
    return decomposed.encode("ascii", "ignore").decode()


def _written(name: str, accents: bool) -> str:
    return name if accents else without_accents(name)

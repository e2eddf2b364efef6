"""What may be said of a machine: its name, what it sends as, the scopes it may ask for. Pure.

A scope is `system/<Resource>.<letters>`: `r` reads one, `s` searches; `*` is every resource. `read`, as
older clients write, means both. What is written is not offered, so no other letter is known.
"""

import re
from collections.abc import Collection, Iterable
from datetime import timedelta

LONGEST_NAME = 60  # the audit and jobs keep no more of it
OVERLAP = timedelta(days=7)
LONGEST_OVERLAP = timedelta(days=30)
_SENDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,14}")
_SCOPE = re.compile(r"system/(\*|[A-Z][A-Za-z]{1,63})\.(rs|r|s|read)")
_LETTERS = {"rs": frozenset("rs"), "read": frozenset("rs"), "r": frozenset("r"), "s": frozenset("s")}
_EVERY = "*"


class CannotRegister(ValueError):
    """The machine cannot be kept as it was described; the text says why."""


def check_name(name: str) -> str:
    """The name without blanks around it. Raises CannotRegister."""
    kept = name.strip()
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise CannotRegister(f"a name has 1 to {LONGEST_NAME} signs that can be printed")
    return kept


def check_sender_id(sender_id: str) -> str:
    """What a partner sends as: it must fit ISA06 and GS02, which hold 15 signs. Raises CannotRegister."""
    if not _SENDER.fullmatch(sender_id):
        raise CannotRegister("a sender ID has 2 to 15 letters and digits, with dots, dashes or underscores")
    return sender_id


def check_overlap(overlap: timedelta) -> timedelta:
    """How long an old secret goes on beside a new one, up to 30 days. Raises CannotRegister."""
    if not timedelta(0) <= overlap <= LONGEST_OVERLAP:
        raise CannotRegister(f"an old secret goes on for 0 to {LONGEST_OVERLAP.days} days")
    return overlap


def check_scopes(scopes: Iterable[str]) -> list[str]:
    """The scopes, each once, sorted. Raises CannotRegister for one that is not known, or for none."""
    kept = sorted(set(scopes))
    unknown = [scope for scope in kept if not _SCOPE.fullmatch(scope)]
    if unknown:
        raise CannotRegister(f"{', '.join(unknown)}: a scope reads like system/Coverage.rs")
    if not kept:
        raise CannotRegister("a FHIR client needs a scope it may ask for, such as system/Coverage.rs")
    return kept


def scopes_given(asked: Iterable[str], registered: Collection[str]) -> list[str]:
    """What of `asked` lies within `registered`, in the order of asking; a scope that fits is told as asked.

    Of a wider scope only the part that is registered; of an unknown one nothing.
    """
    found: dict[str, None] = {}
    for scope in asked:
        for own in registered if _SCOPE.fullmatch(scope) else ():
            found.update(dict.fromkeys(_meet(scope, own)))
    return list(found)


def holds(scopes: Iterable[str], resource: str, letter: str) -> bool:
    """Do the scopes let this resource be read ("r") or searched ("s")?"""
    parts = map(_parts, scopes)
    return any(named in (resource, _EVERY) and letter in letters for named, letters in parts)


def _meet(asked: str, own: str) -> list[str]:
    """What two scopes share; told as asked where that is all of it."""
    (wanted, letters), (kept, own_letters) = _parts(asked), _parts(own)
    shared = letters & own_letters
    if not shared or (_EVERY not in (wanted, kept) and wanted != kept):
        return []
    if shared == letters and kept in (wanted, _EVERY):
        return [asked]
    resource = kept if wanted == _EVERY else wanted
    return [f"system/{resource}.{''.join(sorted(shared))}"]


def _parts(scope: str) -> tuple[str, frozenset[str]]:
    resource, _, letters = scope.removeprefix("system/").partition(".")
    return resource, _LETTERS[letters]

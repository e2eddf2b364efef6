"""References with a check character, to be read aloud and typed: 16 random Crockford characters and one more.

The check is Crockford's: the value modulo 37. References whose check would fall on one of the five signs
beyond the alphabet are drawn again, so a reference holds letters and digits only, and still every mistyped
character and every swap of two neighbours is noticed.
"""

from collections.abc import Iterable
from itertools import count

from portico.shared import identifiers
from portico.shared.identifiers import CROCKFORD, BadIdentifier

LENGTH = 16
_MODULUS = 37


def new() -> str:
    """An unguessable reference of 80 random bits, 17 characters."""
    return of(identifiers.new_reference(LENGTH) for _ in count())


def of(bodies: Iterable[str]) -> str:
    """The first of these rows of 16 Crockford characters whose check is a letter or a digit, with it."""
    checked = ((body, _check(body)) for body in bodies)
    return next(body + CROCKFORD[check] for body, check in checked if check < len(CROCKFORD))


def parse(text: str) -> str:
    """What was typed, in canonical form: look-alikes mapped, spaces and dashes dropped.

    Raises BadIdentifier when it is no such reference or was mistyped.
    """
    reference = identifiers.parse_reference(text)
    if len(reference) != LENGTH + 1 or not set(reference) <= set(CROCKFORD):
        raise BadIdentifier("reference_format", "A reference has 17 letters and digits.")
    if _check(reference[:-1]) != CROCKFORD.index(reference[-1]):
        raise BadIdentifier("reference_check", "This reference was mistyped. Check each letter and digit.")
    return reference


def _check(body: str) -> int:
    value = 0
    for sign in body:
        value = (value * 32 + CROCKFORD.index(sign)) % _MODULUS
    return value

"""Who is who in an enrolment feed: pure rules, read as the plan's policy.

Within a policy the same number may stand for several people, and names, birth dates and SSNs are sent, left
out and corrected. The rules are tried from the surest to the weakest; two people are the same only where a
rule says so.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import IntEnum
from typing import NamedTuple


class Likeness(IntEnum):
    """How sure it is that two records mean the same person; the higher, the surer."""

    ANOTHER = 0
    NAME = 1
    NAME_AND_BIRTH = 2
    SSN = 3
    OWN_ID = 4


class Identity(NamedTuple):
    """What tells people apart: names as they are compared, the SSN by its blind index; None or empty is
    unknown.
    """

    own_id: str
    is_self: bool
    last_key: str
    first_key: str = ""
    middle: str = ""
    birth_date: date | None = None
    ssn: bytes | None = None


def same_person(held: Identity, sent: Identity, prior: Identity | None = None) -> Likeness:
    """How sure it is that `sent` is `held`; `prior` is how the feed says the person was wrongly known before.

    - An own ID that was sent decides alone: equal is the same person, different is another.
    - A subscriber and a dependent of one policy are two people.
    - The same SSN is the same person, when birth date and first name do not speak against it.
    - The same name is the same person, when the birth date agrees; where it is unknown, SSN and middle name
      must not speak against it.
    """
    if sent.own_id:
        return Likeness.OWN_ID if sent.own_id == held.own_id else Likeness.ANOTHER
    if sent.is_self != held.is_self:
        return Likeness.ANOTHER
    versions = [sent, prior] if prior else [sent]
    for likeness, test in _TESTS:
        if any(test(held, version) for version in versions) and _birth_agrees(held, versions):
            return likeness
    return Likeness.ANOTHER


def contradicts(held: Identity, sent: Identity) -> bool:
    """Does the record under this own ID speak of somebody else: last name, first name and birth date all
    different?
    """
    return (
        held.last_key != sent.last_key
        and held.first_key != sent.first_key
        and held.birth_date is not None
        and sent.birth_date is not None
        and held.birth_date != sent.birth_date
    )


def best_match(held: Sequence[Identity], sent: Identity, prior: Identity | None = None) -> list[int]:
    """The places in `held` of the people that `sent` most surely is: one, none, or several that cannot be
    told apart.
    """
    likeness = [same_person(one, sent, prior) for one in held]
    best = max(likeness, default=Likeness.ANOTHER)
    if best is Likeness.ANOTHER:
        return []
    places = [place for place, found in enumerate(likeness) if found is best]
    exact = [
        place for place in places if held[place].birth_date and held[place].birth_date == sent.birth_date
    ]
    return exact or places


def ids_to_try(subscriber_number: str, *, is_self: bool, taken: Iterable[str]) -> Iterable[str]:
    """The member IDs a person without one of his own may be given, best first; never one that is `taken`.

    The first subscriber gets the subscriber number itself, everybody else that number and two digits.
    """
    used = set(taken)
    if is_self and subscriber_number not in used:
        yield subscriber_number
    for number in range(1, 1000):
        candidate = f"{subscriber_number}{number:02d}"
        if candidate not in used:
            yield candidate


def _birth_agrees(held: Identity, versions: Sequence[Identity]) -> bool:
    known = {version.birth_date for version in versions if version.birth_date}
    return held.birth_date is None or not known or held.birth_date in known


def _ssn_equal(held: Identity, sent: Identity) -> bool:
    if held.ssn is None or held.ssn != sent.ssn:
        return False
    married = held.birth_date is not None and held.birth_date == sent.birth_date
    return _first_agrees(held, sent) and (held.last_key == sent.last_key or married)


def _name_and_birth_equal(held: Identity, sent: Identity) -> bool:
    return _names_equal(held, sent) and held.birth_date is not None and held.birth_date == sent.birth_date


def _name_equal(held: Identity, sent: Identity) -> bool:
    ssn_differs = held.ssn is not None and sent.ssn is not None and held.ssn != sent.ssn
    middle_differs = bool(held.middle and sent.middle) and held.middle[0] != sent.middle[0]
    unknown = held.birth_date is None or sent.birth_date is None
    return _names_equal(held, sent) and unknown and not ssn_differs and not middle_differs


def _names_equal(held: Identity, sent: Identity) -> bool:
    return held.last_key == sent.last_key and held.first_key == sent.first_key


def _first_agrees(held: Identity, sent: Identity) -> bool:
    return not held.first_key or not sent.first_key or held.first_key == sent.first_key


_TESTS: tuple[tuple[Likeness, Callable[[Identity, Identity], bool]], ...] = (
    (Likeness.SSN, _ssn_equal),
    (Likeness.NAME_AND_BIRTH, _name_and_birth_equal),
    (Likeness.NAME, _name_equal),
)

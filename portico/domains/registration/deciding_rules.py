"""What the plan's desk may decide of an application, and what stands in the way of a yes. Pure.

    submitted -> returned                     once; the plan's clock stands still
    submitted, seconding -> approved | seconding | denied | recognised
    returned, matched, approved -> denied     nobody answered; something came to light before anybody came in
    matched, approved -> submitted            taken back: somebody looks at it again

Whoever approves says of each field that does not agree by itself that it is right, and how they made sure.
A word counts for what was claimed and found when it was given, and for nothing that came later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portico.domains.registration import field_checks
from portico.domains.registration.catalogue_rows import Need
from portico.domains.registration.claims import Basis, Field, Finding
from portico.domains.registration.correcting_rules import CORRECTABLE


class Back(StrEnum):
    """Why an application is sent back; the applicant reads it in plain words."""

    MORE_NEEDED = "more_needed"
    UNREADABLE = "unreadable"
    DIFFERS = "differs"
    NOT_REACHED = "not_reached"


class Denial(StrEnum):
    """Why an application is denied; the applicant reads it in plain words, with how to appeal."""

    NOT_VERIFIED = "not_verified"
    NO_ANSWER = "no_answer"
    NOT_PARTICIPATING = "not_participating"
    LICENCE_NOT_ACTIVE = "licence_not_active"
    LICENCE_CLAIMED = "licence_claimed"
    NOT_AUTHORIZED = "not_authorized"
    STAFF = "staff"
    EXCLUDED = "excluded"
    TWICE = "twice"


class Obstacle(StrEnum):
    """What stands in the way of a yes."""

    NOT_SETTLED = "not_settled"
    """A field neither agrees nor has the word of a person: `fields` of the case name it."""
    WITH_THE_APPLICANT = "with_the_applicant"
    LICENCE_CLAIMED = "licence_claimed"
    """Somebody owns the licence here, and nobody has said that it passes on."""
    OFFICE_EXISTS = "office_exists"
    """An office bills under a claimed tax ID, and nobody has said that the applicant joins it."""
    SEVERAL_OFFICES = "several_offices"
    OF_ANOTHER_KIND = "of_another_kind"
    """A practice bills under what a billing company claims, or a billing company under what a practice does:
    nobody comes into an office of the other kind.
    """
    NOT_OFFERED = "not_offered"


class Stop(StrEnum):
    """Why somebody else has to decide."""

    OWN_CASE = "own_case"
    SAID_YES_FIRST = "said_yes_first"
    INVITED = "invited"


PAPERS: Final = ("photo_id", "licence", "tax_form", "letter", "other")
MISSING: Final = (*CORRECTABLE, *PAPERS)
"""What an applicant may be asked for: to correct one of these fields, to hand in one of these documents."""
BASES: Final = (Basis.DOCUMENT, Basis.CALL, Basis.PUBLIC_REGISTRY)
"""How a person makes sure."""
WORDS: Final = (Finding.ACCEPTED, Finding.REJECTED)
MOST_NOTE: Final = 2000
UNDECIDED: Final = frozenset({"submitted", "seconding"})
MAY_BE_SENT_BACK: Final = UNDECIDED
MAY_BE_WITHDRAWN: Final = frozenset({"matched", "approved"})
MAY_BE_DENIED: Final = MAY_BE_WITHDRAWN | {"submitted", "seconding", "returned"}
MAY_BE_REISSUED: Final = frozenset({"submitted", "seconding", "returned", "approved", "recognised", "denied"})
"""Not what matched: there the transaction ID alone leads on to an account."""
_OF_LISTS: Final = frozenset({Field.LICENCE_LIST, Field.EXCLUSIONS})


@dataclass(frozen=True, slots=True)
class Held:
    """A field, what it comes to now, what it came to when somebody gave their word, and that word, if any."""

    field: Field
    now: Finding
    then: Finding | None = None
    word: Finding | None = None


def may_be_asked(needs: Sequence[Need]) -> tuple[str, ...]:
    """What an applicant of a type with these needs may be asked for: nothing they cannot correct."""
    fields = field_checks.needed(needs)
    return tuple(each for each in MISSING if each in PAPERS or each in fields)


def word_that_counts(held: Held) -> Finding | None:
    """The person's word, unless what was found has changed since."""
    return held.word if held.now == held.then else None


def is_settled(held: Held) -> bool:
    """Does nothing of this field stand in the way? A list that was never loaded says nothing."""
    word = word_that_counts(held)
    if word is not None:
        return word is Finding.ACCEPTED
    silent = held.field in _OF_LISTS and held.now is Finding.NOT_LOADED
    return held.now is Finding.AGREES or silent


def unsettled(rows: Iterable[Held]) -> tuple[Field, ...]:
    """The fields that stand in the way."""
    return tuple(held.field for held in rows if not is_settled(held))


@dataclass(frozen=True, slots=True)
class Situation:
    """What else decides: the state, whether somebody owns the licence and it shall pass on, how many offices
    bill under the claimed tax IDs, whether the applicant joins the one, whether anybody may register so, and
    whether whoever bills there is of another kind.
    """

    state: str
    is_claimed: bool
    takes_licence: bool
    offices: int
    joins: bool
    is_offered: bool
    is_of_another_kind: bool = False


def obstacles(fields: Iterable[Field], of: Situation) -> tuple[Obstacle, ...]:
    """What stands in the way of a yes; nothing where it may be said. `fields` are those not settled."""
    found = {
        Obstacle.WITH_THE_APPLICANT: of.state == "returned",
        Obstacle.NOT_SETTLED: any(True for _ in fields),
        Obstacle.LICENCE_CLAIMED: of.is_claimed and not of.takes_licence,
        Obstacle.OFFICE_EXISTS: of.offices == 1 and not of.joins and not of.is_of_another_kind,
        Obstacle.SEVERAL_OFFICES: of.offices > 1,
        Obstacle.OF_ANOTHER_KIND: of.is_of_another_kind,
        Obstacle.NOT_OFFERED: not of.is_offered,
    }
    return tuple(obstacle for obstacle, stands in found.items() if stands)

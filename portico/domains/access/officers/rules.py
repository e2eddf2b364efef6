"""How long a takeover waits, what it is proven by, what stops it, and who may name a successor. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function

LEAST_DAYS: Final = 3
"""A plan that sets fewer days, or none, waits these all the same: a mail has to be read in them."""
CLAIM_LIFE: Final = timedelta(days=14)
"""An unproven claim keeps others from asking no longer than this."""
LONGEST_WORDS: Final = 1_000


class Proof(StrEnum):
    """How the plan made sure that the office wants this person; never by what the person brought alone."""

    CALLED_ON_FILE = "called_on_file"
    LETTER_ON_FILE = "letter_on_file"
    IN_PERSON = "in_person"
    DOCUMENTS = "documents"


class Refusal(StrEnum):
    """Why somebody who asked did not become administrator."""

    OBJECTED = "objected"
    NOT_PROVEN = "not_proven"
    NOT_ENTITLED = "not_entitled"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    GONE = "gone"


BY_DESK: Final = (Refusal.NOT_PROVEN, Refusal.NOT_ENTITLED)


def waits_until(proven_at: datetime, *, days: int) -> datetime:
    """Until when anybody told may object, before the plan may approve; `days` are the plan's rule.

    Kept with the claim when it begins to wait: a rule changed later moves it for nobody.
    """
    return proven_at + timedelta(days=max(days, LEAST_DAYS))


def is_over(until: datetime | None, *, at: datetime) -> bool:
    """Has the waiting time passed? Its last instant is past it; one that never began is not over."""
    return until is not None and at >= until


def has_lapsed(claimed_at: datetime | None, *, at: datetime) -> bool:
    """Has a claim lain unproven for so long that somebody else may ask?"""
    return claimed_at is not None and at - claimed_at >= CLAIM_LIFE


def reaches_whole_office(actor: Actor) -> bool:
    """Does the administrator hold all that a successor will: every tax ID, to hand out whatever there is?

    One with a narrower reach would otherwise name somebody above themselves.
    """
    if actor.persona_kind is not PersonaKind.ADMINISTRATOR:
        return False
    whole = [
        grant
        for grant in actor.held.of(Function.MANAGE_USERS)
        if grant.state == "active"
        and grant.period.holds(actor.today)
        and grant.hands_out is None
        and grant.lines is None
        and grant.providers is None
        and grant.regions is None
        and grant.period.last is None
    ]
    return frozenset().union(*(grant.tax_ids for grant in whole)) >= actor.standing.tax_ids

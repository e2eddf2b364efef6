"""What the core's word on a claim makes of what is held of it. Pure."""

from dataclasses import dataclass
from datetime import date

from portico.domains.claims import rules
from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.loading_reasons import ClaimReason
from portico.domains.claims.rules import PEND_REASONS, Status


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a held claim stands, since when, and what it waits for."""

    status: Status
    stated_on: date
    pend_reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a word: whether it `moves` the claim, and why it is to be looked at."""

    moves: bool
    reason: ClaimReason | None = None


def refusal(told: ExtractedClaim) -> tuple[ClaimReason, str] | None:
    """Answers why a record cannot be taken in; a pended claim always says for what."""
    if told.status == Status.PENDED and told.pend_reason not in PEND_REASONS:
        return ClaimReason.PEND_REASON_MISSING, "pend_reason"
    return None


def ahead(told: ExtractedClaim, *, written_on: date) -> tuple[ClaimReason, str] | None:
    """Answers which day of a record had not come when its file was written.

    A status from such a day would hold off every later word, and payments too.
    """
    days = {"status_on": told.status_on, "received_on": told.received_on}
    column = next((name for name, day in days.items() if day > written_on), None)
    return (ClaimReason.DAY_AHEAD, column) if column else None


def judge(held: Standing, told: ExtractedClaim) -> Verdict:
    """Answers whether the word moves a claim on.

    An older word than the one held changes nothing, and neither does one that cannot follow: what an 835
    decided is not undone by an extract that was written before it.
    """
    status = Status(told.status)
    is_same = status is held.status and (status is not Status.PENDED or told.pend_reason == held.pend_reason)
    if is_same:
        return Verdict(moves=False)
    if told.status_on < held.stated_on:
        return Verdict(moves=False, reason=ClaimReason.STATUS_OLDER_THAN_HELD)
    if not rules.may_follow(held.status, status):
        return Verdict(moves=False, reason=ClaimReason.STATUS_DOES_NOT_FOLLOW)
    return Verdict(moves=True)

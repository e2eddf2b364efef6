"""A claim of the demo from its first day to today, in the words of claims; feeds are written from it."""

from dataclasses import dataclass
from datetime import date

from portico.domains.claims.facts.extracted import ExtractedClaim
from portico.domains.claims.facts.paid import PaidClaim
from portico.domains.claims.facts.submitted import SentClaim


@dataclass(frozen=True, slots=True)
class Decision:
    """What a payment of that day to that tax ID says of the claim."""

    paid_on: date
    tax_id: str
    claim: PaidClaim


@dataclass(frozen=True, slots=True)
class Drawn:
    """One claim: as sent, what the core said of it between, and every decision, the earliest first.

    A claim that guides can name has a `key`.
    """

    number: str
    tax_id: str
    line: str
    received_on: date
    sent: SentClaim
    extracts: tuple[ExtractedClaim, ...] = ()
    decisions: tuple[Decision, ...] = ()
    key: str = ""

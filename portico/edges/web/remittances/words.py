"""What pages of payments say: why nothing was found, and the codes of a claim in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.payments import Nothing
from portico.edges.web.codes import payments as payment_words
from portico.edges.web.codes import reasons
from portico.edges.web.codes.reasons import Words

TRIES: Final[Mapping[Nothing, tuple[str, ...]]] = {
    Nothing.OTHER_TAX_ID: (
        "It is under another tax ID of yours. Ask for all your tax IDs, and you will find it.",
    ),
    Nothing.OTHER_DAYS: (
        "There are such payments on other days. Leave the days open, or choose more of them.",
    ),
    Nothing.MEMBER_IN_NONE: (
        "No payment that you may see has a claim of this member. Check the member ID.",
        "A claim that is not decided yet is in no payment: look at its status.",
    ),
    Nothing.NOT_HERE: (
        "Check the number: it stands on the check, or in the note of the transfer.",
        "The plan may have sent the money before the remittance came in here. Note the deposit: you will see "
        "when it is overdue.",
        "The payment may belong to a tax ID that is not yours to ask for.",
    ),
}
TONES: Final[Mapping[str, str]] = {"4": "negative", "22": "caution", "23": "neutral", "25": "neutral"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One adjustment in words: who bears it, why, how much."""

    code: str
    group: str
    words: Words
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A service line as a page and a paper show it."""

    service: PaidService
    name: str
    member_share: Decimal
    reasons: tuple[Reason, ...]


def decision(status: str) -> str:
    """How the payment decided a claim."""
    return payment_words.decision(status)


def tone(status: str) -> str:
    """The colour beside those words."""
    return TONES.get(status, "positive")


def lines(claim: PaidClaim) -> tuple[Line, ...]:
    """The service lines of a claim, in words."""
    return tuple(
        Line(each, service_name(each), _owed(each.adjustments), tuple(map(reason, each.adjustments)))
        for each in claim.services
    )


def service_name(service: PaidService) -> str:
    """The codes of a service as they are billed: `99214-25`, `0450 · 99283`."""
    procedure = "-".join((service.code, *service.modifiers)) if service.code else ""
    return " · ".join(filter(None, (service.revenue_code, procedure))) or f"Line {service.number}"


def reason(adjusted: Adjusted) -> Reason:
    """An adjustment in words."""
    group = reasons.group(adjusted.group)
    code = f"{adjusted.group}-{adjusted.reason}"
    return Reason(code, group.name, reasons.carc(adjusted.reason), adjusted.amount)


def remarks(claim: PaidClaim) -> tuple[Words, ...]:
    """Every remark of a claim and of its lines once, in the order they come."""
    codes = dict.fromkeys(_remark_codes(claim))
    return tuple(map(reasons.rarc, codes))


def legend(claims: Iterable[PaidClaim]) -> tuple[tuple[str, Words], ...]:
    """Every reason and remark of some claims once, by code, for a list at the end of a paper."""
    found: dict[str, Words] = {}
    for claim in claims:
        for adjusted in (*claim.adjustments, *(each for line in claim.services for each in line.adjustments)):
            found[adjusted.reason] = reasons.carc(adjusted.reason)
        for code in _remark_codes(claim):
            found[code] = reasons.rarc(code)
    return tuple(sorted(found.items()))


def _remark_codes(claim: PaidClaim) -> Iterator[str]:
    yield from claim.remarks
    for line in claim.services:
        yield from line.remarks


def _owed(adjustments: Iterable[Adjusted]) -> Decimal:
    return sum((each.amount for each in adjustments if each.group == "PR"), Decimal("0.00"))

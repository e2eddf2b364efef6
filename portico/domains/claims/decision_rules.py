"""What a decision of a payment makes of a claim: where it stands, what of it is decided, line by line. Pure.

A claim holds its latest decision. One that comes late (an older payment loaded after a newer one, or after
the core said more) is counted and stands in the claim's history, and changes nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portico.domains.claims import balance_rules, rules
from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.rules import Status

Columns = Mapping[str, Any]
_NOTHING = Decimal("0.00")
_MOST_COUNTED = 32_767
_EVENTS = {Status.PAID: "paid", Status.DENIED: "denied", Status.REVERSED: "reversed"}
_AGAIN = "adjusted"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a claim as far as it tells which line of a payment decides it."""

    id: int
    number: int
    code: str
    revenue_code: str
    billed: Decimal


def status_of(paid: PaidClaim) -> Status | None:
    """Answers where a decision leaves its claim; None where it says nothing of it."""
    return rules.of_payment(
        paid.status, paid=paid.paid, member_share=balance_rules.member_share(paid), reasons=_reasons(paid)
    )


def confirms(held: Columns, status: Status, *, last_paid_on: date | None) -> bool:
    """Answers whether a payment carries out what the core's extract told before: one decision, not a second.

    `last_paid_on` is the day of the payment the claim was in last; what was told after it came by extract.
    """
    if held["status"] != status or not held["decision_count"]:
        return False
    return last_paid_on is None or bool(held["stated_on"] > last_paid_on)


def event_of(status: Status, *, was_decided: bool) -> str:
    """Answers what happened to the claim; decided again is adjusted, taken back always reversed."""
    return _AGAIN if was_decided and status is not Status.REVERSED else _EVENTS[status]


def is_latest(held: Columns, paid_on: date) -> bool:
    """Answers whether a payment of that day says more than the claim does; one just received says least."""
    return bool(held["status"] == Status.RECEIVED or paid_on >= held["stated_on"])


def after(paid: PaidClaim, status: Status, *, paid_on: date, payment: int) -> dict[str, Any]:
    """Answers the claim's columns after a decision that is its latest, but for how many it has."""
    is_taken_back = status is Status.REVERSED
    return {
        "status": status.value,
        "stated_on": paid_on,
        "decided_on": paid_on,
        "pend_reason": "",
        "awaited_on": None,
        "allowed": _NOTHING if is_taken_back else balance_rules.allowed(paid),
        "paid": _NOTHING if is_taken_back else paid.paid,
        "member_share": _NOTHING if is_taken_back else balance_rules.member_share(paid),
        "adjustments": [] if is_taken_back else packed(paid.adjustments),
        "remarks": [] if is_taken_back else list(paid.remarks),
        "payment_id": payment,
    }


def counted(held: Columns) -> int:
    """Answers how many decisions a claim has with one more."""
    return min(int(held["decision_count"]) + 1, _MOST_COUNTED)


def line_after(service: PaidService | None, *, is_taken_back: bool) -> dict[str, Any] | None:
    """Answers a line's columns after the decision; None where the payment does not tell of the line."""
    if is_taken_back:
        none: dict[str, Any] = dict.fromkeys(("allowed", "paid", "member_share"), _NOTHING)
        return {**none, "adjustments": [], "remarks": []}
    if service is None:
        return None
    return {
        "allowed": balance_rules.service_allowed(service),
        "paid": service.paid,
        "member_share": balance_rules.service_share(service),
        "adjustments": packed(service.adjustments),
        "remarks": list(service.remarks),
    }


def matched(lines: Sequence[Line], services: Sequence[PaidService]) -> dict[int, PaidService]:
    """Answers which line each service decides, by the line's id: by its control number, else what was billed.

    A line's control number is its number, as an 837 without REF*6R has it. A service of no line is left out,
    and so is a second one of the same line.
    """
    found: dict[int, PaidService] = {}
    rest: list[PaidService] = []
    for service in services:
        line = next((line for line in lines if _is_named(line, service)), None)
        if line is None or line.id in found:
            rest.append(service)
        else:
            found[line.id] = service
    for service in rest:
        alike = (line for line in lines if line.id not in found and _is_like(line, service))
        line = next(alike, None)
        if line is not None:
            found[line.id] = service
    return found


def packed(adjustments: Sequence[Adjusted]) -> list[list[str]]:
    """Answers adjustments as rows keep them: group, reason, dollars."""
    return [[one.group.value, one.reason, str(one.amount)] for one in adjustments]


def _is_named(line: Line, service: PaidService) -> bool:
    return service.control_number.lstrip("0") == str(line.number) and _has_code(line, service)


def _is_like(line: Line, service: PaidService) -> bool:
    return line.billed == service.billed and _has_code(line, service)


def _has_code(line: Line, service: PaidService) -> bool:
    sent = service.sent_code or service.code
    return line.code == sent if line.code else line.revenue_code == service.revenue_code


def _reasons(paid: PaidClaim) -> frozenset[str]:
    of_lines = (one.reason for service in paid.services for one in service.adjustments)
    return frozenset((*(one.reason for one in paid.adjustments), *of_lines))

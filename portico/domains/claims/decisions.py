"""Decisions of payments written to the claims they are about: status, amounts, lines, and what happened when.

For a load: the caller's transaction, its way back noted (jobs.undo). Payments first, then their claims.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portico.domains.claims import decision_rules, models
from portico.domains.claims.decision_rules import Line
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.rules import Status
from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased

_CLAIM = (
    *("status", "stated_on", "decided_on", "pend_reason", "awaited_on", "allowed", "paid", "member_share"),
    *("adjustments", "remarks", "payment_id", "decision_count"),
)
_DECIDED = ("allowed", "paid", "member_share", "adjustments", "remarks")
Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """A claim of a payment that is known here: both by the ids of their rows."""

    claim: int
    paid: PaidClaim
    payment: int
    trace_number: str
    paid_on: date


def write(leased: Leased, decisions: Sequence[Decision], *, now: datetime) -> None:
    """Apply decisions in their order. Six statements, whatever their number."""
    if not decisions:
        return
    work = _Claims({decision.claim for decision in decisions})
    for decision in decisions:
        work.apply(decision)
    work.write(leased, now)


class _Claims:
    """Some claims in memory, with their lines."""

    def __init__(self, ids: Iterable[int]) -> None:
        held = models.Claim.objects.filter(pk__in=ids).values("pk", "payment__paid_on", *_CLAIM)
        self._before: dict[int, Columns] = {row.pop("pk"): row for row in held}
        self._paid_on = {claim: row.pop("payment__paid_on") for claim, row in self._before.items()}
        self._claims = {claim: dict(row) for claim, row in self._before.items()}
        self._events: dict[tuple[int, str, date, str], Any] = {}
        self._confirming: set[tuple[int, str, date, str]] = set()
        self._deciding: dict[int, Decision] = {}

    def apply(self, decision: Decision) -> None:
        """One decision more of a claim."""
        status = decision_rules.status_of(decision.paid)
        if status is None:
            return
        held = self._claims[decision.claim]
        is_latest = decision_rules.is_latest(held, decision.paid_on)
        last_paid_on = self._paid_on[decision.claim]
        is_told = is_latest and decision_rules.confirms(held, status, last_paid_on=last_paid_on)
        happened = decision_rules.event_of(status, was_decided=held["decision_count"] > is_told)
        key = decision.claim, happened, decision.paid_on, decision.trace_number
        self._events.setdefault(key, decision.paid.paid)
        if is_told:
            self._confirming.add(key)
        else:
            held["decision_count"] = decision_rules.counted(held)
        if is_latest:
            held |= decision_rules.after(
                decision.paid, status, paid_on=decision.paid_on, payment=decision.payment
            )
            self._paid_on[decision.claim] = decision.paid_on
            self._deciding[decision.claim] = decision

    def write(self, leased: Leased, now: datetime) -> None:
        """Everything that is different now."""
        self._write_lines(leased)
        self._write_events(leased, now)
        after: dict[int, Columns] = {}
        before: dict[int, Columns] = {}
        for claim, row in self._claims.items():
            held = self._before[claim]
            if row != held:
                after[claim] = {**row, "changed_at": now}
                before[claim] = held
        stamped = dict(models.Claim.objects.filter(pk__in=before).values_list("pk", "changed_at"))
        before = {claim: {**held, "changed_at": stamped[claim]} for claim, held in before.items()}
        loading.update(leased, models.Claim, after, before)

    def _write_lines(self, leased: Leased) -> None:
        after: dict[int, Columns] = {}
        before: dict[int, Columns] = {}
        new: list[Columns] = []
        held = _lines(self._deciding)
        for claim, decision in self._deciding.items():
            is_taken_back = decision_rules.status_of(decision.paid) is Status.REVERSED
            rows = held.get(claim, {})
            if not rows and not is_taken_back:
                new += [_new_line(claim, service) for service in decision.paid.services]
            found = decision_rules.matched([_line(*row) for row in rows.items()], decision.paid.services)
            for line, row in rows.items():
                told = decision_rules.line_after(found.get(line), is_taken_back=is_taken_back)
                if told and any(row[name] != value for name, value in told.items()):
                    after[line], before[line] = told, {name: row[name] for name in _DECIDED}
        loading.update(leased, models.ClaimLine, after, before)
        loading.insert(leased, models.ClaimLine, new)

    def _write_events(self, leased: Leased, now: datetime) -> None:
        """What the extract told of the same day already is not told twice."""
        known = models.ClaimEvent.objects.filter(claim__in=self._claims).values_list(
            "claim_id", "kind", "on", "code"
        )
        noted = set(known)
        days = {key[:3] for key in noted}
        told = noted | {key for key in self._confirming if key[:3] in days}
        rows = [
            {"claim_id": claim, "kind": kind, "on": on, "code": code, "amount": amount, "noted_at": now}
            for (claim, kind, on, code), amount in self._events.items()
            if (claim, kind, on, code) not in told
        ]
        loading.insert(leased, models.ClaimEvent, rows)


def _lines(claims: Iterable[int]) -> Mapping[int, dict[int, Columns]]:
    found: dict[int, dict[int, Columns]] = defaultdict(dict)
    wanted = models.ClaimLine.objects.filter(claim__in=list(claims)).order_by("claim_id", "number")
    for row in wanted.values("pk", "claim_id", "number", "code", "revenue_code", "billed", *_DECIDED):
        found[row["claim_id"]][row["pk"]] = row
    return found


def _line(key: int, row: Columns) -> Line:
    return Line(key, row["number"], row["code"], row["revenue_code"], row["billed"])


def _new_line(claim: int, service: PaidService) -> Columns:
    """A line of a claim that came without any, such as from the core's extract."""
    decided = decision_rules.line_after(service, is_taken_back=False) or {}
    return {
        "claim_id": claim,
        "number": service.number,
        "code_kind": service.code_kind,
        "code": service.code,
        "modifiers": list(service.modifiers),
        "revenue_code": service.revenue_code,
        "place_of_service": "",
        "units": service.units,
        "unit": "UN",
        "first_on": service.first_on,
        "last_on": service.last_on,
        "billed": service.billed,
        **decided,
    }

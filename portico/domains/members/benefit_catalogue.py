"""Loads the benefit catalogue: plans, their versions, plan-wide amounts, and what each service costs.

What a row says replaces what is held for its plan, start, network and service; a row that is missing ends
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Key, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.members import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue, freshness
from portico.domains.plan.freshness import Feed
from portico.shared.periods import Period

Columns = dict[Key, dict[str, Any]]


class RowReason(StrEnum):
    """Why a row was quarantined; stable codes."""

    UNKNOWN_LINE = "unknown_line"


@dataclass(frozen=True, slots=True)
class SentAmounts:
    """The plan-wide amounts of a network, in dollars; None where there is none."""

    individual_deductible: Decimal | None = None
    family_deductible: Decimal | None = None
    individual_oop: Decimal | None = None
    family_oop: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SentService:
    """What a version pays for one service in a network; `position` is its place in the schedule."""

    service_type: str
    service_name: str
    position: int = 0
    is_covered: bool = True
    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    deductible_applies: bool = False
    limit_quantity: Decimal | None = None
    limit_unit: str = ""
    limit_period: str = ""
    authorization: str = "no"
    note: str = ""


@dataclass(frozen=True, slots=True)
class SentBenefit:
    """One row of the catalogue: plan-wide amounts, or a service."""

    place: int
    plan_code: str
    line: str
    plan_name: str
    product: str
    in_force: Period
    network: str
    says: SentAmounts | SentService


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentBenefit],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the catalogue, as `enrolment.load` does. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        lines = {line.code for line in catalogue.lines()}
        good = [row for row in rows if row.line in lines]
        touched = _write(leased, good) if good else frozenset()
        if is_last:
            freshness.note(given, feed=Feed.BENEFITS, as_of=as_of)
        settle(given, [_fate(row, lines, touched) for row in rows])
        given.conclude("loaded")


def _fate(row: SentBenefit, lines: set[str], touched: frozenset[int]) -> Fate:
    if row.line not in lines:
        return Fate(row.place, RowOutcome.QUARANTINED, (RowReason.UNKNOWN_LINE,), row.place, row.line)
    return Fate(row.place, RowOutcome.ACCEPTED if row.place in touched else RowOutcome.UNCHANGED)


def _write(leased: Leased, rows: Sequence[SentBenefit]) -> frozenset[int]:
    """Writes table after table; answers the places of the rows that changed anything."""
    plans = _upsert(
        leased, models.BenefitPlan, ("code",), {(r.plan_code,): {"line_id": r.line} for r in rows}
    )
    starts = {r.place: (plans.ids[(r.plan_code,)], r.in_force.first) for r in rows}
    versions = _upsert(
        leased, models.PlanVersion, ("plan_id", "first_on"), {starts[r.place]: _version(r) for r in rows}
    )
    keys: dict[int, Key] = {}
    amounts, services = Columns(), Columns()
    for row in rows:
        version = versions.ids[starts[row.place]]
        if isinstance(row.says, SentAmounts):
            key: Key = (version, row.network)
            amounts[key] = _amounts(row.says)
        else:
            key = (version, row.says.service_type, row.network)
            services[key] = _service(row.says)
        keys[row.place] = key
    touched = _upsert(leased, models.PlanAmounts, ("version_id", "network"), amounts).touched
    touched |= _upsert(leased, models.Benefit, ("version_id", "service_type", "network"), services).touched
    return frozenset(
        r.place
        for r in rows
        if keys[r.place] in touched or starts[r.place] in versions.touched or (r.plan_code,) in plans.touched
    )


def _upsert(leased: Leased, model: Any, key: tuple[str, ...], wanted: Columns) -> loading.Upserted:
    held = model.objects.filter(**{f"{key[0]}__in": {identity[0] for identity in wanted}})
    return loading.upsert(leased, held=held, key=key, wanted=wanted)


def _version(row: SentBenefit) -> dict[str, Any]:
    return {"name": row.plan_name, "product": row.product, "last_on": row.in_force.last}


def _amounts(sent: SentAmounts) -> dict[str, Any]:
    return {name: getattr(sent, name) for name in SentAmounts.__slots__}


def _service(sent: SentService) -> dict[str, Any]:
    return {name: getattr(sent, name) for name in SentService.__slots__ if name != "service_type"}

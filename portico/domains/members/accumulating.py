"""Loads the accumulator extract: how much of deductibles, maximums and limits members have used.

A row older than what is held for the same amount changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared.periods import Period

_KEY = ("member_id", "plan_code", "kind", "scope", "network", "service_type", "first_on")


class RowReason(StrEnum):
    """Why a row was quarantined or flagged; stable codes."""

    UNKNOWN_MEMBER = "unknown_member"
    UNKNOWN_PLAN_CODE = "unknown_plan_code"
    OLDER_THAN_HELD = "older_than_held"


@dataclass(frozen=True, slots=True)
class SentAccumulator:
    """One row of the extract: `used` in dollars, or for a limit in its own unit; true as of a day."""

    place: int
    member_id: str
    plan_code: str
    counted: Period
    kind: str
    scope: str
    network: str
    service_type: str
    used: Decimal
    as_of: date


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentAccumulator],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the extract, as `enrolment.load` does. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        fates = _write(leased, rows)
        if is_last:
            freshness.note(given, feed=Feed.ACCUMULATORS, as_of=as_of)
        settle(given, fates)
        given.conclude("loaded")


def _write(leased: Leased, rows: Sequence[SentAccumulator]) -> list[Fate]:
    numbers = {row.member_id for row in rows}
    members = dict(models.Member.objects.filter(member_id__in=numbers).values_list("member_id", "id"))
    plans = set(models.BenefitPlan.objects.values_list("code", flat=True))
    held = models.Accumulator.objects.filter(member_id__in=members.values())
    true_on = {tuple(key): day for *key, day in held.values_list(*_KEY, "as_of")}
    wanted: dict[Key, dict[str, Any]] = {}
    keys: dict[int, Key] = {}
    reasons: dict[int, RowReason] = {}
    for row in rows:
        reason = _reason(row, members, plans)
        key = _key(row, members.get(row.member_id, 0))
        if reason is None and true_on.get(key, date.min) > row.as_of:
            reason = RowReason.OLDER_THAN_HELD
        if reason is not None:
            reasons[row.place] = reason
            continue
        keys[row.place] = key
        true_on[key] = row.as_of
        wanted[key] = {"last_on": row.counted.last, "used": row.used, "as_of": row.as_of}
    touched = loading.upsert(leased, held=held, key=_KEY, wanted=wanted).touched
    return [_fate(row, reasons.get(row.place), keys.get(row.place) in touched) for row in rows]


def _reason(row: SentAccumulator, members: Mapping[str, int], plans: set[str]) -> RowReason | None:
    if row.member_id not in members:
        return RowReason.UNKNOWN_MEMBER
    return None if row.plan_code in plans else RowReason.UNKNOWN_PLAN_CODE


def _fate(row: SentAccumulator, reason: RowReason | None, is_touched: bool) -> Fate:
    if reason is RowReason.OLDER_THAN_HELD:
        return Fate(row.place, RowOutcome.FLAGGED, (reason,), row.place)
    if reason is not None:
        about = row.plan_code if reason is RowReason.UNKNOWN_PLAN_CODE else ""
        return Fate(row.place, RowOutcome.QUARANTINED, (reason,), row.place, about)
    return Fate(row.place, RowOutcome.ACCEPTED if is_touched else RowOutcome.UNCHANGED)


def _key(row: SentAccumulator, member: int) -> Key:
    return (
        *(member, row.plan_code, row.kind, row.scope, row.network),
        *(row.service_type, row.counted.first),
    )

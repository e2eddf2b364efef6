"""A synthetic year of requests, sent and decided through the clocks; and what it must come to.

What is drawn is kept as plain numbers. The figures are recomputed from those alone, so that nothing of the
ledger and nothing of the rules is taken on trust.
"""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from portico.domains.authorizations import clocks, ledger
from portico.domains.authorizations.models import Authorization, ClockRule, Event
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days
from tests.support import authorizations, world
from tests.support.cast import HMO, MEDI_CAL, PPO

YEAR = 2026
LINES = (HMO, MEDI_CAL, PPO)
OUTSIDE = PPO
"""This line is outside the law."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A request as it was drawn; minutes are counted from its receipt. None: it did not happen."""

    line: str
    level: str
    received_at: datetime
    decided_after: int | None
    outcome: str
    extended_after: int | None = None
    appealed_after: int | None = None
    appeal: str = ""
    is_cancelled: bool = False

    def at(self, minutes: int) -> datetime:
        """The instant so many minutes after the receipt."""
        return self.received_at + minutes * _MINUTE


def drawn(count: int, seed: int) -> list[Drawn]:
    """So many requests, received from the middle of the last year's December to the next one's January."""
    random = Random(seed)
    return [_draw(random) for _ in range(count)]


def _draw(random: Random) -> Drawn:
    level = random.choices(["standard", "expedited"], [4, 1])[0]
    longest = {"standard": 7 * 24 * 60, "expedited": 72 * 60}[level]
    received_at = datetime(YEAR - 1, 12, 18, tzinfo=UTC) + random.randrange(390 * 24 * 60) * _MINUTE
    outcome = random.choices(["approved", "partly", "denied", "not_needed", ""], [70, 8, 14, 3, 5])[0]
    made = Drawn(random.choice(LINES), level, received_at, None, outcome, is_cancelled=random.random() < 0.03)
    if made.is_cancelled or not outcome:
        return made
    last = longest - 61  # seven days are an hour shorter where the clocks go forward
    extended = random.randrange(last) if random.random() < 0.07 else None
    first = 0 if extended is None else extended
    made = replace(
        made,
        extended_after=extended,
        decided_after=first + 1 + int(random.triangular(0, longest * 1.1, longest * 0.4)),
    )
    if outcome in ("denied", "partly") and random.random() < 0.4 and made.decided_after is not None:
        appealed = made.decided_after + 60 + random.randrange(40 * 24 * 60)
        made = replace(made, appealed_after=appealed, appeal=random.choice(["approved", "partly", "denied"]))
    return made


def send(requests: Iterable[Drawn]) -> None:
    """Let them happen: sent, made longer, decided, appealed, each by the domain's own clocks."""
    ClockRule.objects.create(
        kind="standard",
        line=OUTSIDE,
        amount=15,
        unit="calendar",
        extension_days=14,
        citation="A contract",
        first_on=datetime(2025, 1, 1, tzinfo=UTC).date(),
    )
    ClockRule.objects.create(
        kind="expedited",
        line=OUTSIDE,
        amount=72,
        unit="hours",
        extension_days=14,
        citation="A contract",
        first_on=datetime(2025, 1, 1, tzinfo=UTC).date(),
    )
    for place, request in enumerate(requests):
        _happen(f"Y{place:08}", request)


def _happen(number: str, request: Drawn) -> None:
    row = authorizations.bare(
        number, line_id=request.line, level=request.level, received_at=request.received_at
    )
    with permit(_at(request.received_at), Function.HOUSEKEEPING) as given:
        clocks.start(given, row)
    if request.is_cancelled:
        _note(row, Event.Kind.CANCELLED, request.at(5), "")
    if request.extended_after is not None:
        with permit(_at(request.at(request.extended_after)), Function.HOUSEKEEPING) as given:
            clocks.extend(given, row, code="patient_asked")
    if request.decided_after is not None:
        _note(row, Event.Kind.DECIDED, request.at(request.decided_after), request.outcome)
    if request.appealed_after is not None:
        began = request.at(request.appealed_after - 30)
        with permit(_at(began), Function.HOUSEKEEPING) as given:
            clocks.reopen(given, row, basis=Event.Basis.APPEAL)
        _note(row, Event.Kind.DECIDED, request.at(request.appealed_after), request.appeal, Event.Basis.APPEAL)


def _note(
    row: Authorization, kind: Event.Kind, at: datetime, code: str, basis: Event.Basis = Event.Basis.FIRST
) -> None:
    with permit(_at(at), Function.HOUSEKEEPING) as given:
        ledger.note(given, row, kind, side=Event.Side.PLAN, code=code, basis=basis)


def _at(at: datetime) -> Actor:
    return replace(world.system(), asked_at=at, today=days.of(at))


def figures(requests: Iterable[Drawn], *, level: str, line: str = "") -> dict[str, Decimal | int | None]:
    """What a level of the year comes to, recomputed with nothing but what was drawn."""
    here = [
        each
        for each in requests
        if each.level == level and each.line != OUTSIDE and line in ("", each.line) and each.outcome
    ]
    decided = [
        each
        for each in here
        if each.decided_after is not None
        and each.outcome != "not_needed"
        and days.of(each.at(each.decided_after)).year == YEAR
    ]
    appeals = [
        each.appeal
        for each in here
        if each.appealed_after is not None and days.of(each.at(each.appealed_after)).year == YEAR
    ]
    minutes = [Decimal(each.decided_after or 0) for each in decided]
    extended = [each for each in decided if each.extended_after is not None and each.outcome != "denied"]
    total = len(decided)
    return {
        "decided": total,
        "approved": _percent(sum(each.outcome == "approved" for each in decided), total),
        "partly": _percent(sum(each.outcome == "partly" for each in decided), total),
        "denied": _percent(sum(each.outcome == "denied" for each in decided), total),
        "after_extension": _percent(len(extended), total),
        "after_appeal": _percent(sum(each != "denied" for each in appeals), len(appeals)),
        "average_hours": _tenth(sum(minutes, Decimal(0)) / total / 60) if total else None,
        "median_hours": _tenth(Decimal(statistics.median(minutes)) / 60) if total else None,
    }


def _percent(count: int, of: int) -> Decimal | None:
    return _tenth(Decimal(100 * count) / of) if of else None


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)

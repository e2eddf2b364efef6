"""How far a member's deductibles and out-of-pocket maximums are used on a day."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from portico.domains.members import models, plans, rules, used, visibility
from portico.domains.members.answers import AccumulatorsAnswer, Meter, Network
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import money
from portico.shared.periods import Period

# Kind and scope as the extract names them, and the column of the plan's amounts that is their total.
_TOTALS = (
    ("deductible", "individual", "individual_deductible"),
    ("deductible", "family", "family_deductible"),
    ("oop_max", "individual", "individual_oop"),
    ("oop_max", "family", "family_oop"),
)


def of(*, actor: Actor, lookup: UUID) -> AccumulatorsAnswer:
    """The meters of the plan that decides, in network first; what the extract does not tell of is not used.

    `as_of` is the oldest day a row is true for; None when the extract tells nothing of this member and
    plan. Raises lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.BENEFITS) as look:
        version = plans.in_force(look.seen.plan_code, on=look.seen.as_of)
        look.given.conclude("accumulators" if version else "no_plan_version")
        return _answer(look.seen, version)


def answer(seen: visibility.Seen) -> AccumulatorsAnswer:
    """The meters of someone seen through an open permit. At most four queries."""
    return _answer(seen, plans.in_force(seen.plan_code, on=seen.as_of))


def _answer(seen: visibility.Seen, version: models.PlanVersion | None) -> AccumulatorsAnswer:
    plan_code, on = seen.plan_code, seen.as_of
    told = used.rows(seen.member, plan_code=plan_code, on=on, limits=False) if version else []
    return AccumulatorsAnswer(
        meters=tuple(_meters(version, told)) if version else (),
        as_of=_oldest(told),
        data_as_of=freshness.of().get(Feed.ACCUMULATORS),
    )


def _oldest(told: Sequence[models.Accumulator]) -> date | None:
    return min((row.as_of for row in told), default=None)


def _meters(version: models.PlanVersion, told: Sequence[models.Accumulator]) -> Iterator[Meter]:
    amounts = plans.amounts(version)
    for network in Network:
        for kind, scope, column in _TOTALS:
            total = getattr(amounts.get(network), column, None)
            if total is not None:
                row = used.first(told, kind=kind, network=network, scope=scope)
                period = row or version
                spent = row.used if row else money.ZERO
                yield Meter(
                    kind=kind,
                    scope=scope,
                    network=network,
                    total=total,
                    used=spent,
                    remaining=rules.remaining(total, spent) or money.ZERO,
                    period=Period(period.first_on, period.last_on),
                )

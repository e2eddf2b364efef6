"""What a member's plan pays for each service on a day, with limits and what is left of them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from portico.domains.members import models, plans, rules, used, visibility
from portico.domains.members.answers import BenefitsAnswer, Cost, Limit, Network, ServiceBenefit
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed


def of(*, actor: Actor, lookup: UUID) -> BenefitsAnswer:
    """The benefits of the plan that decides on the day asked about, in the plan's order.

    `version` None: the plan has no version in force that day, or the member no plan. Raises
    lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.BENEFITS) as look:
        plan_code, on = look.seen.plan_code, look.asked.as_of
        version = plans.in_force(plan_code, on=on)
        told = used.rows(look.seen.member, plan_code=plan_code, on=on, limits=True) if version else []
        look.given.conclude("benefits" if version else "no_plan_version")
        return BenefitsAnswer(
            plan_code=plan_code,
            as_of=on,
            version=plans.facts(version) if version else None,
            services=services(version.benefits.all(), told) if version else (),
            data_as_of=freshness.of().get(Feed.BENEFITS),
        )


def services(
    rows: Iterable[models.Benefit], told: Sequence[models.Accumulator] = ()
) -> tuple[ServiceBenefit, ...]:
    """Benefit rows as services, both networks side by side, in the order the rows come."""
    by_service: dict[str, dict[str, models.Benefit]] = {}
    for row in rows:
        by_service.setdefault(row.service_type, {})[row.network] = row
    return tuple(_service(pair, told) for pair in by_service.values())


def cost(row: models.Benefit | None) -> Cost | None:
    """What the member pays by one row; None without a row."""
    return Cost(row.is_covered, row.copay, row.coinsurance, row.deductible_applies) if row else None


def _service(pair: dict[str, models.Benefit], told: Sequence[models.Accumulator]) -> ServiceBenefit:
    inside, outside = pair.get(Network.IN), pair.get(Network.OUT)
    main = inside or next(iter(pair.values()))
    limited = next((row for row in (inside, outside) if row and row.limit_quantity is not None), None)
    return ServiceBenefit(
        service_type=main.service_type,
        name=main.service_name,
        in_network=cost(inside),
        out_of_network=cost(outside),
        limit=_limit(limited, told) if limited else None,
        authorization=main.authorization or "no",
        note=main.note,
    )


def _limit(row: models.Benefit, told: Sequence[models.Accumulator]) -> Limit | None:
    if row.limit_quantity is None:
        return None
    counted = used.first(told, kind=used.LIMIT, network=row.network, service_type=row.service_type)
    spent = counted.used if counted else None
    return Limit(
        quantity=row.limit_quantity,
        unit=row.limit_unit,
        period=row.limit_period,
        used=spent,
        remaining=rules.remaining(row.limit_quantity, spent),
    )

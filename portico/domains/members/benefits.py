"""What a member's plan pays for each service on a day, with limits and what is left of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from portico.domains.members import flags, models, plans, rules, used, visibility
from portico.domains.members.answers import BenefitsAnswer, Cost, Limit, Network, ServiceBenefit
from portico.domains.members.flags import FlagOf
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import prepared
from portico.shared.prepared import Given


class _Row(NamedTuple):
    """What one service costs in one network: columns of models.Benefit. A page reads a hundred of them."""

    service_type: str
    service_name: str
    network: str
    is_covered: bool
    copay: Decimal | None
    coinsurance: Decimal | None
    deductible_applies: bool
    limit_quantity: Decimal | None
    limit_unit: str
    limit_period: str
    note: str


_OF_VERSION = prepared.Query(
    lambda: models.Benefit.objects.filter(version=Given("version")).values_list(*_Row._fields),
    may_be_remembered=True,
)


def of(*, actor: Actor, lookup: UUID) -> BenefitsAnswer:
    """The benefits of the plan that decides on the day asked about, in the plan's order.

    `version` None: the plan has no version in force that day, or the member no plan. Raises
    lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.BENEFITS) as look:
        told = answer(look.seen)
        look.given.conclude("benefits" if told.version else "no_plan_version")
        return told


def answer(seen: visibility.Seen) -> BenefitsAnswer:
    """The benefits of someone seen through an open permit. At most five queries."""
    plan_code, on = seen.plan_code, seen.as_of
    version = plans.in_force(plan_code, on=on)
    told = used.rows(seen.member, plan_code=plan_code, on=on, limits=True) if version else []
    return BenefitsAnswer(
        plan_code=plan_code,
        as_of=on,
        version=plans.facts(version) if version else None,
        services=_services_of(version, told, on) if version else (),
        data_as_of=freshness.of().get(Feed.BENEFITS),
    )


def _services_of(
    version: models.PlanVersion, told: Sequence[models.Accumulator], on: date
) -> tuple[ServiceBenefit, ...]:
    """Who has used nothing of any limit has the services of everybody else on the plan."""
    if told:
        return services(version, told, on=on)
    return prepared.once(("services", version.pk, on), lambda: services(version, on=on))


def services(
    version: models.PlanVersion, told: Sequence[models.Accumulator] = (), *, on: date
) -> tuple[ServiceBenefit, ...]:
    """A version's services as they are on a day, both networks side by side, in the plan's order.

    One query, and one where it is not remembered which list of authorizations counts. `plan` is selected.
    """
    flag_of = flags.of(line=version.plan.line_id, plan_code=version.plan.code, on=on)
    by_service: dict[str, dict[str, _Row]] = {}
    for row in map(_Row._make, _OF_VERSION.rows(version=version.pk)):
        by_service.setdefault(row.service_type, {})[row.network] = row
    return tuple(_service(pair, told, flag_of) for pair in by_service.values())


def _cost(row: _Row | None) -> Cost | None:
    return Cost(row.is_covered, row.copay, row.coinsurance, row.deductible_applies) if row else None


def _service(pair: dict[str, _Row], told: Sequence[models.Accumulator], flag_of: FlagOf) -> ServiceBenefit:
    inside, outside = pair.get(Network.IN), pair.get(Network.OUT)
    main = inside or next(iter(pair.values()))
    limited = next((row for row in (inside, outside) if row and row.limit_quantity is not None), None)
    return ServiceBenefit(
        service_type=main.service_type,
        name=main.service_name,
        in_network=_cost(inside),
        out_of_network=_cost(outside),
        limit=_limit(limited, told) if limited else None,
        authorization=flag_of(main.service_type),
        note=main.note,
    )


def _limit(row: _Row, told: Sequence[models.Accumulator]) -> Limit | None:
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

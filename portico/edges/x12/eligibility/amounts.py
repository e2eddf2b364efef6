"""What services cost, are limited to, and have used: EBs with HSD, DTP and MSG after them (2110).

EB02 is IND or FAM; EB06 the period of an amount, or 29 for what remains of it; EB12 whether it holds in the
network. Quantities stand in HSD, money and percentages in EB07 and EB08.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from portico.domains.members.answers import AccumulatorsAnswer, Cost, Limit, Meter, Network, ServiceBenefit
from portico.edges.x12.eligibility import codes
from portico.edges.x12.eligibility.benefit_lines import Line, Segment, merged
from portico.shared.x12.dates import format_rd8

_MESSAGES = {
    "after_limit": "Authorization is required once the limit is reached.",
    "notify": "Tell the plan about this care. It needs no authorization.",
    "depends": "Whether authorization is required depends on where it is done, and by whom.",
    "unknown": "The plan has no list for this day of what needs authorization. Ask the plan.",
}


def of_services(
    services: Iterable[ServiceBenefit], accumulators: AccumulatorsAnswer | None
) -> Iterator[Segment]:
    """Whether each service is covered, what it costs in each network, and its limits."""
    chosen, deductible = list(services), _networks_with_deductible(accumulators)
    yield from merged((line, each.service_type) for each in chosen for line in _standing(each))
    yield from merged((line, each.service_type) for each in chosen for line in _copays(each))
    yield from merged((line, each.service_type) for each in chosen for line in _shares(each))
    yield from merged((line, each.service_type) for each in chosen for line in _spared(each, deductible))
    yield from merged((line, each.service_type) for each in chosen if each.limit for line in _limits(each))


def of_plan(accumulators: AccumulatorsAnswer) -> Iterator[Segment]:
    """Deductibles and out-of-pocket maximums, and what remains of each."""
    lines = (line for meter in accumulators.meters for line in _meter(meter))
    yield from merged((line, codes.GENERIC) for line in lines)


def _standing(service: ServiceBenefit) -> Iterator[Line]:
    """Covered where; and where not, if it is covered in one network only."""
    covered = [network for network, cost in _costs(service) if cost.is_covered]
    lacking = [network for network, cost in _costs(service) if not cost.is_covered]
    if covered:
        message = _MESSAGES.get(service.authorization)
        yield Line(
            codes.ACTIVE,
            authorization=codes.AUTHORIZATIONS.get(service.authorization, "U"),
            network=_one(covered),
            after=(("MSG", message),) if message else (),
        )
    if lacking:
        yield Line(codes.NOT_COVERED, network=_one(lacking) if covered else "")


def _one(networks: list[Network]) -> str:
    """EB12 of the one network; empty for both."""
    return codes.NETWORKS[networks[0]] if len(networks) == 1 else ""


def _copays(service: ServiceBenefit) -> Iterator[Line]:
    for network, cost in _covered(service):
        if cost.copay is not None:
            yield _amount(codes.COPAY, network, money=codes.decimal(cost.copay))


def _shares(service: ServiceBenefit) -> Iterator[Line]:
    for network, cost in _covered(service):
        if cost.coinsurance is not None:
            yield _amount(codes.COINSURANCE, network, share=codes.share(cost.coinsurance))


def _spared(service: ServiceBenefit, deductible: frozenset[Network]) -> Iterator[Line]:
    """A service that the plan's deductible does not apply to has one of nothing."""
    for network, cost in _covered(service):
        if network in deductible and not cost.deductible_applies:
            yield _amount(codes.DEDUCTIBLE, network, period=codes.CALENDAR_YEAR, money="0")


def _amount(code: str, network: Network, *, period: str = "", money: str = "", share: str = "") -> Line:
    return Line(
        code,
        level=codes.INDIVIDUAL,
        period=period,
        money=money,
        share=share,
        network=codes.NETWORKS[network],
    )


def _limits(service: ServiceBenefit) -> Iterator[Line]:
    limit = service.limit
    if limit is None:
        return
    network = codes.NETWORKS[Network.IN if service.in_network else Network.OUT]
    yield _limit(limit, codes.PERIODS.get(limit.period, ""), limit.quantity, network)
    if limit.remaining is not None:
        left = codes.LIFETIME_REMAINING if limit.period == "lifetime" else codes.REMAINING
        yield _limit(limit, left, limit.remaining, network)


def _limit(limit: Limit, period: str, quantity: Decimal, network: str) -> Line:
    number = codes.decimal(quantity)
    if limit.unit == codes.DOLLARS:
        return Line(codes.LIMIT, period=period, money=number, network=network)
    delivery = ("HSD", codes.UNITS.get(limit.unit, "FL"), number, "", "", period)
    return Line(codes.LIMIT, period=period, network=network, after=(delivery,))


def _meter(meter: Meter) -> Iterator[Line]:
    level, network = codes.SCOPES[meter.scope], codes.NETWORKS[meter.network]
    code, (period, after) = codes.METERS[meter.kind], _year(meter)
    yield Line(code, level, period=period, money=codes.decimal(meter.total), network=network, after=after)
    yield Line(code, level, period=codes.REMAINING, money=codes.decimal(meter.remaining), network=network)


def _year(meter: Meter) -> tuple[str, tuple[Segment, ...]]:
    """EB06 of the meter's period; one that is no calendar year is told by its days too."""
    first, last = meter.period.first, meter.period.last
    if last is None or (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
        return codes.CALENDAR_YEAR, ()
    return codes.SERVICE_YEAR, (("DTP", "292", "RD8", format_rd8(first, last)),)


def _networks_with_deductible(accumulators: AccumulatorsAnswer | None) -> frozenset[Network]:
    meters = accumulators.meters if accumulators else ()
    return frozenset(meter.network for meter in meters if meter.kind == "deductible" and meter.total)


def _covered(service: ServiceBenefit) -> Iterator[tuple[Network, Cost]]:
    return ((network, cost) for network, cost in _costs(service) if cost.is_covered)


def _costs(service: ServiceBenefit) -> Iterator[tuple[Network, Cost]]:
    for network, cost in ((Network.IN, service.in_network), (Network.OUT, service.out_of_network)):
        if cost is not None:
            yield network, cost

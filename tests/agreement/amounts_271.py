"""What a 271 says of money and limits: as practice software makes it out of the EBs, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from tests.agreement.answers_271 import is_coverage
from tests.agreement.heard import Limit, Money, Share
from tests.support.doors.x12 import Segment, Told, at

_NETWORKS = {"Y": ("in",), "N": ("out",), "": ("in", "out")}
_METERS = {"C": "deductible", "G": "oop_max"}
_SCOPES = {"IND": "individual", "FAM": "family"}
_UNITS = {"VS": "visits", "DY": "days", "FL": "items"}
_PERIODS = {"23": "year", "32": "lifetime", "36": "admission"}
_REMAINING = frozenset({"29", "33"})
_PLAN = "30"


def read(told: Told) -> Money:
    """Every amount of one patient's answer, costs and limits by service type."""
    reading = _Reading()
    for eb, after in told.lines:
        for service in at(eb, 3).split("^"):
            for network in _NETWORKS[at(eb, 12)]:
                if service == _PLAN:
                    reading.of_plan(eb, network)
                else:
                    reading.of_service(eb, after, service, network)
    return Money(dict(reading.finished()), reading.meters, reading.limits)


@dataclass(slots=True)
class _Reading:
    """What was read so far; `spared` are the services that a deductible does not apply to."""

    shares: dict[tuple[str, str], Share] = field(default_factory=dict)
    meters: dict[tuple[str, str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)
    limits: dict[str, Limit] = field(default_factory=dict)
    spared: set[tuple[str, str]] = field(default_factory=set)

    def of_plan(self, eb: Segment, network: str) -> None:
        """An EB about the plan as a whole: a total, or what remains of it."""
        if at(eb, 1) in _METERS:
            meter = _METERS[at(eb, 1)], _SCOPES[at(eb, 2)], network
            amount, is_rest = Decimal(at(eb, 7)), at(eb, 6) in _REMAINING
            total, rest = self.meters.get(meter, (amount, amount))
            self.meters[meter] = (total, amount) if is_rest else (amount, rest)

    def of_service(self, eb: Segment, after: list[Segment], service: str, network: str) -> None:
        """An EB about a service in a network."""
        key = service, network
        match at(eb, 1):
            case "1" if not is_coverage(after):
                self.shares[key] = Share(is_covered=True)
            case "I":
                self.shares[key] = Share(is_covered=False)
            case "B":
                self.shares[key] = replace(self.shares[key], copay=Decimal(at(eb, 7)))
            case "A":
                self.shares[key] = replace(self.shares[key], coinsurance=Decimal(at(eb, 8)) * 100)
            case "C":
                self.spared.add(key)
            case "F":
                self.limits[service] = _limit(eb, after, self.limits.get(service))

    def finished(self) -> Iterator[tuple[tuple[str, str], Share]]:
        """The costs, after the deductible where the network has one and does not spare the service."""
        with_deductible = {
            network
            for (kind, _, network), (total, _) in self.meters.items()
            if kind == "deductible" and total
        }
        for key, share in self.shares.items():
            applies = share.is_covered and key[1] in with_deductible and key not in self.spared
            yield key, replace(share, after_deductible=applies)


def _limit(eb: Segment, after: list[Segment], before: Limit | None) -> Limit:
    deliveries = [segment for segment in after if segment[0] == "HSD"]
    if deliveries:
        unit, quantity, period = _UNITS[deliveries[0][1]], deliveries[0][2], at(deliveries[0], 5)
    else:
        unit, quantity, period = "dollars", at(eb, 7), at(eb, 6)
    if period not in _REMAINING:
        return Limit(Decimal(quantity), unit, _PERIODS[period])
    assert before is not None
    return replace(before, remaining=Decimal(quantity))

"""What each plan pays for each service: a plan's prices turned into the cells of its Schedule of Benefits.

One table decides per kind of service whether a copay or the coinsurance applies, whether the deductible comes
first, what is limited, and what needs an authorization. The yearly file is written from it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from portico.demo.lines import BY_CODE as LINES
from portico.demo.lines import Funding
from portico.demo.plans import Plan, Prices, prices_in
from portico.demo.services import SERVICES, Kind, Service


class Limit(NamedTuple):
    """How much is covered: so many visits, days, dollars or items in a year, an admission or a lifetime."""

    quantity: int
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one plan pays for one service in one network; the copay in dollars, the coinsurance in percent."""

    covered: bool = True
    copay: int | None = None
    coinsurance: int | None = None
    deductible_applies: bool = False
    limit: Limit | None = None
    authorization: str = "no"
    note: str = ""


NOT_COVERED = Cell(covered=False)
EMERGENCIES_ONLY = Cell(covered=False, note="Outside the network only emergency and urgent care are covered.")
_LIMITS = {
    Kind.CHIROPRACTIC: Limit(20, "visits", "year"),
    Kind.HEART_REHABILITATION: Limit(72, "visits", "lifetime"),
    Kind.HOME: Limit(100, "visits", "year"),
    Kind.NURSING: Limit(100, "days", "admission"),
    Kind.VISION: Limit(1, "items", "year"),
    Kind.DENTAL: Limit(1500, "dollars", "year"),
}
_AUTHORIZATION = {
    Kind.SCAN: "yes",
    Kind.OUTPATIENT: "yes",
    Kind.INPATIENT: "yes",
    Kind.HOME: "yes",
    Kind.NURSING: "yes",
    Kind.EQUIPMENT: "yes",
    Kind.HOSPICE: "notify",
    Kind.MATERNITY: "notify",
}
_NOTES = {
    Kind.EMERGENCY: "The copay is waived when the member is admitted.",
    Kind.PHARMACY: "Preferred generic drugs, 30 days.",
    Kind.VISION: "One pair of glasses or a supply of contact lenses a year.",
}
_COPAY: dict[Kind, Callable[[Prices], int]] = {
    Kind.PRIMARY: lambda prices: prices.primary,
    Kind.BEHAVIORAL: lambda prices: prices.primary,
    Kind.CHIROPRACTIC: lambda prices: prices.primary,
    Kind.SPECIALIST: lambda prices: prices.specialist,
    Kind.THERAPY: lambda prices: prices.specialist,
    Kind.HEART_REHABILITATION: lambda prices: prices.specialist,
    Kind.LABORATORY: lambda prices: prices.laboratory,
    Kind.IMAGING: lambda prices: prices.imaging,
    Kind.URGENT: lambda prices: prices.urgent,
    Kind.EMERGENCY: lambda prices: prices.emergency,
    Kind.PHARMACY: lambda prices: prices.pharmacy,
    Kind.PREVENTIVE: lambda prices: 0,
    Kind.HOSPICE: lambda prices: 0,
    Kind.VISION: lambda prices: prices.primary,
}
_BEFORE_DEDUCTIBLE = frozenset({Kind.PREVENTIVE, Kind.HOSPICE})
_ANYWHERE = frozenset({Kind.EMERGENCY, Kind.URGENT})
_INSIDE_ONLY = frozenset({Kind.PHARMACY, Kind.VISION, Kind.DENTAL})


def prices_of(plan: Plan, network: str, year: int) -> Prices | None:
    """The plan's prices in a network (`in` or `out`), `year` years from now; None for emergencies only."""
    prices = plan.inside if network == "in" else plan.outside
    return prices_in(prices, year) if prices else None


def schedule(plan: Plan, network: str, year: int) -> Iterator[tuple[Service, Cell]]:
    """Every service of the plan with what it pays for it, in one network and year."""
    for service in SERVICES:
        yield service, cell(plan, service, network, year)


def cell(plan: Plan, service: Service, network: str, year: int) -> Cell:
    """What the plan pays for the service in a network (`in` or `out`), `year` years from now."""
    kind = service.kind
    if kind in (Kind.DENTAL, Kind.VISION) and not _covers_teeth_or_eyes(plan, kind):
        return _elsewhere(plan, kind)
    if network == "in" or kind in _ANYWHERE:
        return _terms(_priced(prices_in(plan.inside, year), kind), plan, kind)
    if plan.outside is None:
        return EMERGENCIES_ONLY
    if kind in _INSIDE_ONLY:
        return NOT_COVERED
    return _terms(Cell(coinsurance=plan.outside.coinsurance, deductible_applies=True), plan, kind)


def _priced(prices: Prices, kind: Kind) -> Cell:
    if kind in _COPAY and not (prices.deductible_first and kind not in _BEFORE_DEDUCTIBLE):
        return Cell(copay=_COPAY[kind](prices))
    return Cell(coinsurance=prices.coinsurance, deductible_applies=prices.deductible > 0)


def _terms(priced: Cell, plan: Plan, kind: Kind) -> Cell:
    limit, authorization = _LIMITS.get(kind), _AUTHORIZATION.get(kind, "no")
    if kind is Kind.THERAPY:
        limit = Limit(plan.therapy_visits, "visits", "year")
        authorization = "after_limit" if plan.therapy_needs_authorization_after else "no"
    note = _NOTES.get(kind, "") if priced.copay or kind is not Kind.EMERGENCY else ""
    return replace(priced, limit=limit, authorization=authorization, note=note)


def _covers_teeth_or_eyes(plan: Plan, kind: Kind) -> bool:
    funding = LINES[plan.line].funding
    if kind is Kind.VISION:
        return funding is not Funding.EMPLOYER or plan.has_pcp
    return funding in (Funding.MEDICARE, Funding.DUAL)


def _elsewhere(plan: Plan, kind: Kind) -> Cell:
    if LINES[plan.line].funding is Funding.MEDICAID:
        return replace(NOT_COVERED, note="The state's own dental program covers this.")
    return replace(NOT_COVERED, note="Ask whether the member has a separate dental or vision plan.")

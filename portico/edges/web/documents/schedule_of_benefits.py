"""The Schedule of Benefits: what one version of a benefit plan covers, at what cost, on which terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from portico.edges.web.documents import formatting
from portico.edges.web.documents.brand import Brand
from portico.shared.pdf import rendering

TEMPLATE = rendering.Template(Path(__file__).with_name("schedule_of_benefits.typ"))

_FOOT = "A summary for the office. Where the Evidence of Coverage differs, the Evidence of Coverage decides."
_NOT_COVERED = "Not covered"
_REQUIRED = "Required"
_NOT_REQUIRED = "Not required"
_NO_LIMIT = "—"


class Authorization(StrEnum):
    """Whether the plan must agree before the service is given."""

    NO = "no"
    YES = "yes"
    AFTER_LIMIT = "after_limit"
    NOTIFY = "notify"
    DEPENDS = "depends"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CostShare:
    """What the member pays for a service in one network; `coinsurance` is a percentage from 0 to 100."""

    copay: Decimal | None = None
    coinsurance: Decimal | None = None
    deductible_applies: bool = False
    covered: bool = True


@dataclass(frozen=True, slots=True)
class Limit:
    """How much is covered; unit: visits, days, dollars, items; period: year, lifetime, admission."""

    quantity: Decimal
    unit: str
    period: str


@dataclass(frozen=True, slots=True)
class Service:
    """One covered service; `out_of_network` is None where the plan pays nothing out of network."""

    category: str
    name: str
    in_network: CostShare
    out_of_network: CostShare | None = None
    limit: Limit | None = None
    authorization: Authorization = Authorization.NO
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of one network in a benefit year; None where the plan has no such amount."""

    individual_deductible: Decimal | None
    family_deductible: Decimal | None
    individual_out_of_pocket: Decimal | None
    family_out_of_pocket: Decimal | None


_NO_AMOUNTS = Amounts(None, None, None, None)


@dataclass(frozen=True, slots=True)
class ScheduleOfBenefits:
    """One version of a benefit plan, in force from `first_on` to `last_on`, both ends counting.

    `code` is the three-character plan code. Services print in the order given, under a heading wherever the
    category changes. Without `out_of_network` amounts and services, the document has no such column.
    """

    brand: Brand
    benefit_plan: str
    code: str
    line: str
    product: str
    first_on: date
    last_on: date | None
    version: str
    issued_on: date
    in_network: Amounts
    out_of_network: Amounts | None
    services: tuple[Service, ...]
    notes: tuple[str, ...] = ()


def render(schedule: ScheduleOfBenefits) -> bytes:
    """Answers the document as PDF/UA-1; dated by `issued_on`, so a version always gives the same bytes."""
    return rendering.render_pdf(
        TEMPLATE,
        printed(schedule),
        title=f"Schedule of Benefits: {schedule.benefit_plan}, plan code {schedule.code}",
        made_at=formatting.midnight(schedule.issued_on),
    )


def printed(schedule: ScheduleOfBenefits) -> dict[str, object]:
    """Answers what the template prints, every value already a text."""
    both = _has_out_of_network(schedule)
    period = formatting.days(schedule.first_on, schedule.last_on)
    networks = ["In network", "Out of network"] if both else ["In network"]
    return {
        "brand": schedule.brand.printed(),
        "benefit_plan": schedule.benefit_plan,
        "code": schedule.code,
        "corner": f"{formatting.brief(schedule.benefit_plan)} · Plan code {schedule.code} · {period}",
        "foot": _FOOT,
        "facts": _facts(schedule),
        "networks": networks,
        "amounts": _amounts(schedule, both=both),
        "columns": ["Service", *networks, "Limit", "Prior authorization"],
        "widths": [146, 98, 98, 86, 83] if both else [190, 118, 98, 105],
        "loud": [_REQUIRED],
        "quiet": [_NOT_COVERED, _NOT_REQUIRED, _NO_LIMIT],
        "categories": _categories(schedule.services, both=both),
        "notes": list(schedule.notes),
    }


def cost(share: CostShare | None) -> str:
    """Answers `$25 copay`, `40% after deductible`, `$300 copay + 20%`, `No charge` or `Not covered`."""
    if share is None or not share.covered:
        return _NOT_COVERED
    parts = [f"{formatting.dollars(share.copay)} copay"] if share.copay else []
    parts += [formatting.percent(share.coinsurance)] if share.coinsurance else []
    said = " + ".join(parts) or "No charge"
    return f"{said} after deductible" if share.deductible_applies else said


def limit(most: Limit | None) -> str:
    """Answers `30 visits per year`, `$2,500 per lifetime`, or a dash where there is none."""
    return _NO_LIMIT if most is None else f"{_quantity(most)} per {most.period}"


def authorization(service: Service) -> str:
    """Answers `Required`, `Not required`, `Notify the plan`, `After 12 visits`, and the like."""
    match service.authorization:
        case Authorization.NO:
            return _NOT_REQUIRED
        case Authorization.YES:
            return _REQUIRED
        case Authorization.NOTIFY:
            return "Notify the plan"
        case Authorization.DEPENDS:
            return "Depends on where"
        case Authorization.UNKNOWN:
            return "Ask the plan"
        case Authorization.AFTER_LIMIT:
            return "After the limit" if service.limit is None else f"After {_quantity(service.limit)}"


def _quantity(most: Limit) -> str:
    if most.unit == "dollars":
        return formatting.dollars(most.quantity)
    return formatting.count(most.quantity, most.unit.removesuffix("s"), most.unit)


def _has_out_of_network(schedule: ScheduleOfBenefits) -> bool:
    return schedule.out_of_network is not None or any(each.out_of_network for each in schedule.services)


def _facts(schedule: ScheduleOfBenefits) -> list[dict[str, str]]:
    facts = {
        "Line of business": schedule.line,
        "Product": schedule.product,
        "In force": formatting.days(schedule.first_on, schedule.last_on),
        "Provider services": schedule.brand.telephone,
        "Version": f"{schedule.version}, issued {formatting.long_day(schedule.issued_on)}",
    }
    return [{"name": name, "value": value} for name, value in facts.items()]


def _amounts(schedule: ScheduleOfBenefits, *, both: bool) -> list[list[str]]:
    networks = [schedule.in_network, schedule.out_of_network or _NO_AMOUNTS][: 2 if both else 1]
    named = {
        "Individual deductible": [each.individual_deductible for each in networks],
        "Family deductible": [each.family_deductible for each in networks],
        "Individual out-of-pocket maximum": [each.individual_out_of_pocket for each in networks],
        "Family out-of-pocket maximum": [each.family_out_of_pocket for each in networks],
    }
    return [[name, *map(_amount, amounts)] for name, amounts in named.items()]


def _amount(amount: Decimal | None) -> str:
    return "None" if amount is None else formatting.dollars(amount)


def _categories(services: Iterable[Service], *, both: bool) -> list[dict[str, object]]:
    return [
        {"name": formatting.brief(category, 120), "services": [_service(each, both=both) for each in group]}
        for category, group in groupby(services, key=lambda service: service.category)
    ]


def _service(service: Service, *, both: bool) -> dict[str, object]:
    costs = [cost(service.in_network), cost(service.out_of_network)] if both else [cost(service.in_network)]
    said = [*costs, limit(service.limit), authorization(service)]
    return {"name": service.name, "note": service.note, "said": said}

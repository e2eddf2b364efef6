"""Tables in texts that follow the demo's own plans, lines and rules, row by row."""

from collections.abc import Iterator
from typing import Final

from portico.demo import lines, plans
from portico.demo.benefits import Cell, cell, prices_of
from portico.demo.library import rules
from portico.demo.plans import Plan
from portico.demo.services import BY_CODE

_SHOWN: Final = "98 3 81 MH 5 4 62 UC 86 48 13 AE BG 42 AG 12 88 35 AL".split()
_SAYS: Final = {
    "HMO": "A PCP coordinates care; outside the network only emergency and urgent care are covered.",
    "HMO SNP": "A PCP and a care coordinator look after the member; Medicare and Medi-Cal are paid together.",
    "POS": "A PCP coordinates care; the member may also go outside the network, at a higher price.",
    "PPO": "No PCP and no referral; outside the network members pay more.",
    "EPO": "No PCP and no referral; outside the network only emergency and urgent care are covered.",
}


_PERIODS: Final = {"year": "a year", "admission": "each stay", "lifetime": "in a lifetime"}


def deadlines() -> str:
    """Claims, payment, disputes and appeals of every line."""
    return _rows(
        (
            line.name,
            f"{of.filing_days} days",
            of.pay_days,
            f"{of.dispute_days} days",
            f"{of.appeal_days} days",
        )
        for line, of in _lines()
    )


def authorizations() -> str:
    """Answer times and fax numbers of every line."""
    return _rows((line.name, of.routine, of.urgent, rules.auth_fax(line.code)) for line, of in _lines())


def auth_faxes() -> str:
    """Fax numbers of every line."""
    return _rows((line.name, rules.auth_fax(line.code)) for line, _ in _lines())


def claims_boxes() -> str:
    """Addresses for paper claims of every line."""
    return _rows(
        (line.name, f"P.O. Box {rules.claims_box(line.code)}, Northlake, CA 90901") for line, _ in _lines()
    )


def of_plan(plan: Plan, year: int) -> str:
    """What a plan pays, `year` years from now: plan-wide amounts, then services."""
    return _rows((*_plan_wide(plan, year), *_services(plan, year)))


def says_of_plan(plan: Plan) -> str:
    """How care works in a plan."""
    return _SAYS[plan.product]


def next_year(line: str) -> str:
    """What members of a line pay this year and next, where it changes."""
    return _rows(row for plan in plans.of_line(line) for row in _changes(plan))


def _changes(plan: Plan) -> Iterator[tuple[str, ...]]:
    now, then = (plans.prices_in(plan.inside, year) for year in (0, 1))
    named = f"{plan.name} ({plan.code})"
    if now.specialist != then.specialist:
        yield f"{named}: specialist", f"${now.specialist}", f"${then.specialist}"
    if now.oop_max != then.oop_max:
        yield f"{named}: yearly maximum", f"${now.oop_max:,}", f"${then.oop_max:,}"


def _plan_wide(plan: Plan, year: int) -> Iterator[tuple[str, ...]]:
    networks = ["in", "out"] if plan.outside else ["in"]
    prices = [found for network in networks if (found := prices_of(plan, network, year))]
    yield "deductible, one person", *(_dollars(each.deductible) for each in prices)
    yield "yearly maximum, one person", *(_dollars(each.oop_max) for each in prices)


def _dollars(amount: int) -> str:
    return f"${amount:,}" if amount else "none"


def _services(plan: Plan, year: int) -> Iterator[tuple[str, ...]]:
    networks = ["in", "out"] if plan.outside else ["in"]
    for code in _SHOWN:
        service = BY_CODE[code]
        yield service.name, *(_paid(cell(plan, service, network, year)) for network in networks)


def _paid(paid: Cell) -> str:
    if not paid.covered:
        return "not covered"
    price = f"${paid.copay}" if paid.copay is not None else f"{paid.coinsurance} %"
    parts = ["nothing" if price in ("$0", "0 %") and not paid.deductible_applies else price]
    if paid.deductible_applies:
        parts[0] += " after the deductible"
    if paid.limit:
        parts.append(_limited(*paid.limit))
    return "; ".join(parts)


def _limited(quantity: int, unit: str, period: str) -> str:
    if unit == "dollars":
        return f"up to ${quantity:,} a {period}"
    named = unit if quantity > 1 else unit.removesuffix("s")
    return f"{quantity} {named} {_PERIODS[period]}"


def _lines() -> Iterator[tuple[lines.Line, rules.Rules]]:
    return ((line, rules.OF[line.code]) for line in lines.LINES)


def _rows(rows: "Iterator[tuple[str, ...]] | tuple[tuple[str, ...], ...]") -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)

"""Writes benefit_plans.csv (layout: docs/reference/feeds.md): plan versions, services, both networks."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from portico.demo import days
from portico.demo.benefits import Cell, prices_of, schedule
from portico.demo.plans import PLANS, YEARS, Plan
from portico.demo.services import Service

COLUMNS = (
    "plan_code line plan_name product year_from year_to service_type service_name network covered copay "
    "coinsurance deductible_applies limit_quantity limit_unit limit_period authorization note "
    "individual_deductible family_deductible individual_oop family_oop"
).split()
NETWORKS = ("in", "out")

Row = list[object]


def write(path: Path, *, today: date) -> int:
    """Write the versions of last year, this year and next; answers the number of rows below the header."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\r\n")
        out.writerow(COLUMNS)
        for row in _rows(today):
            out.writerow(row)
            written += 1
    return written


def _rows(today: date) -> Iterator[Row]:
    for plan in PLANS:
        for year in YEARS:
            for network in NETWORKS:
                yield _plan_wide(plan, network, year, today)
                for service, cell in schedule(plan, network, year):
                    yield _service(plan, network, year, today, service, cell)


def _version(plan: Plan, year: int, today: date) -> Row:
    period = days.year_start(today, year), days.year_end(today, year)
    return [plan.code, plan.line, plan.name, plan.product, *period]


def _plan_wide(plan: Plan, network: str, year: int, today: date) -> Row:
    prices = prices_of(plan, network, year)
    amounts: Row = [""] * 4
    if prices:
        one_person = (prices.deductible, prices.oop_max)
        amounts = [_money(amount * people) for amount in one_person for people in (1, 2)]
    covered = "yes" if prices else "no"
    return [*_version(plan, year, today), "", "", network, covered, *[""] * 8, *amounts]


def _service(plan: Plan, network: str, year: int, today: date, service: Service, cell: Cell) -> Row:
    pays: Row = ["", "", ""]
    if cell.covered:
        pays = [_money(cell.copay), cell.coinsurance, _yes(cell.deductible_applies)]
    limit: Row = list(cell.limit or ("", "", ""))
    named: Row = [service.code, service.name, network, _yes(cell.covered)]
    authorization = cell.authorization if cell.covered else ""
    return [*_version(plan, year, today), *named, *pays, *limit, authorization, cell.note, *[""] * 4]


def _money(dollars: int | None) -> str:
    return "" if dollars is None else f"{dollars}.00"


def _yes(fact: bool) -> str:
    return "yes" if fact else "no"

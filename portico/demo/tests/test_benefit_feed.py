"""benefit_plans.csv and what it says of each product."""

import csv
import re
from decimal import Decimal

import pytest

from portico.demo import benefit_feed, benefits, lines, plans, services
from portico.demo.build import Built
from portico.demo.services import Kind
from portico.demo.tests import reading

CORE_154 = (
    "1 33 35 47 48 50 86 88 98 AL MH UC 2 4 5 6 7 8 12 13 18 20 40 42 45 51 52 53 62 65 68 73 76 78 80 81 82 "
    "93 99 A0 A3 A6 A7 A8 AD AE AF AG AI BG BH"
).split()


def test_the_columns_are_those_documented(small: Built) -> None:
    with small.benefit_plans.open(encoding="utf-8", newline="") as source:
        assert next(csv.reader(source)) == benefit_feed.COLUMNS


def test_there_is_one_row_for_each_version_service_and_network(small: Built) -> None:
    rows = reading.rows(small.benefit_plans)
    keys = {(r["plan_code"], r["year_from"], r["service_type"], r["network"]) for r in rows}
    assert len(keys) == len(rows) == len(plans.PLANS) * 3 * 2 * (len(services.SERVICES) + 1)


def test_every_plan_has_a_code_of_three_and_three_versions(small: Built) -> None:
    versions: dict[str, set[tuple[str, str]]] = {}
    for row in reading.rows(small.benefit_plans):
        assert re.fullmatch(r"[A-Z0-9]{3}", row["plan_code"])
        versions.setdefault(row["plan_code"], set()).add((row["year_from"], row["year_to"]))
    assert 24 <= len(versions) <= 30
    years = {(f"{year}-01-01", f"{year}-12-31") for year in (2025, 2026, 2027)}
    assert all(found == years for found in versions.values())
    assert {plan.line for plan in plans.PLANS} == set(lines.CODES)


def test_the_service_types_core_asks_for_are_all_there() -> None:
    assert set(CORE_154) <= set(services.BY_CODE)
    assert len({service.name for service in services.SERVICES}) == len(services.SERVICES)


def test_amounts_and_words_keep_to_the_layout(small: Built) -> None:
    for row in reading.rows(small.benefit_plans):
        assert row["covered"] in ("yes", "no")
        assert row["network"] in ("in", "out")
        assert row["authorization"] in ("", "no", "yes", "after_limit", "notify")
        assert row["limit_unit"] in ("", "visits", "days", "dollars", "items")
        assert row["limit_period"] in ("", "year", "lifetime", "admission")
        assert not row["copay"] or Decimal(row["copay"]) >= 0
        assert not row["coinsurance"] or 0 <= int(row["coinsurance"]) <= 100
        if row["service_type"] and row["covered"] == "yes":
            assert bool(row["copay"]) != bool(row["coinsurance"])
            assert row["authorization"]


@pytest.mark.parametrize("plan", [p for p in plans.PLANS if p.outside is None], ids=lambda plan: plan.code)
def test_a_closed_network_covers_only_emergencies_outside(plan: plans.Plan) -> None:
    covered = {service.kind for service, cell in benefits.schedule(plan, "out", 0) if cell.covered}
    assert covered == {Kind.EMERGENCY, Kind.URGENT}


@pytest.mark.parametrize("line", ["medi-cal", "cal-mediconnect"])
def test_medi_cal_and_dual_members_pay_nothing(line: str) -> None:
    for plan in plans.of_line(line):
        for _, cell in benefits.schedule(plan, "in", 0):
            assert not cell.copay
            assert not cell.coinsurance
            assert not cell.deductible_applies


def test_prevention_is_free_in_every_network_a_plan_has() -> None:
    for plan in plans.PLANS:
        assert all(
            cell.copay == 0
            for service, cell in benefits.schedule(plan, "in", 0)
            if service.kind is Kind.PREVENTIVE
        )


def test_next_year_costs_more_and_last_year_cost_less() -> None:
    gold = plans.BY_CODE["7QX"]
    years = [benefits.prices_of(gold, "in", year) for year in plans.YEARS]
    assert [prices.oop_max for prices in years if prices] == [6250, 6500, 6750]
    assert [prices.specialist for prices in years if prices] == [45, 50, 55]
    assert [prices.deductible for prices in years if prices] == [1500, 1500, 1500]


def test_a_savings_plan_asks_for_the_deductible_before_everything_but_prevention() -> None:
    saver = plans.BY_CODE["7QH"]
    for service, cell in benefits.schedule(saver, "in", 0):
        if cell.covered:
            free = service.kind in (Kind.PREVENTIVE, Kind.HOSPICE)
            assert cell.deductible_applies is not free

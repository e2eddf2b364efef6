"""accumulators.csv: what people used adds up and never passes a ceiling."""

from collections import defaultdict
from decimal import Decimal

from portico.demo import accumulator_feed, benefits, plans
from portico.demo.build import Built
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY

Key = tuple[str, ...]


def _ceiling(row: dict[str, str]) -> Decimal:
    prices = benefits.prices_of(
        plans.BY_CODE[row["plan_code"]], row["network"], int(row["year_from"][:4]) - TODAY.year
    )
    assert prices
    amount = prices.deductible if row["kind"] == "deductible" else prices.oop_max
    return Decimal(amount * (2 if row["scope"] == "family" else 1))


def test_the_columns_are_those_documented(small: Built) -> None:
    assert ",".join(reading.rows(small.accumulators)[0]) == accumulator_feed.HEADER


def test_every_row_belongs_to_a_member_of_that_plan(small: Built) -> None:
    covered = {
        (reading.value(loop, "REF", "23"), segment[4])
        for loop in reading.members(*small.enrolment)
        for segment in loop
        if segment[0] == "HD"
    }
    assert {(row["member_id"], row["plan_code"]) for row in reading.rows(small.accumulators)} <= covered


def test_no_amount_is_told_twice(small: Built) -> None:
    rows = reading.rows(small.accumulators)
    told = {tuple(value for name, value in row.items() if name not in ("used", "as_of")) for row in rows}
    assert len(told) == len(rows)


def test_nobody_used_more_than_there_is(small: Built) -> None:
    for row in reading.rows(small.accumulators):
        used = Decimal(row["used"])
        assert used > 0
        if row["kind"] == "limit":
            assert used <= (
                plans.BY_CODE[row["plan_code"]].therapy_visits if row["service_type"] == "AE" else 20
            )
        else:
            assert used <= _ceiling(row)


def test_a_family_amount_is_the_sum_of_its_members_and_the_same_for_each(small: Built) -> None:
    own: dict[Key, Decimal] = defaultdict(Decimal)
    family: dict[Key, set[Decimal]] = defaultdict(set)
    for row in reading.rows(small.accumulators):
        key = (row["member_id"][:-2], row["plan_code"], row["year_from"], row["kind"], row["network"])
        if row["scope"] == "family":
            family[key].add(Decimal(row["used"]))
        elif row["kind"] != "limit":
            own[key] += Decimal(row["used"])
    assert family
    assert all(amounts == {own[key]} for key, amounts in family.items())


def test_the_deductible_counts_toward_the_yearly_maximum(small: Built) -> None:
    amounts: dict[Key, dict[str, Decimal]] = defaultdict(dict)
    for row in reading.rows(small.accumulators):
        key = (row["member_id"], row["plan_code"], row["year_from"], row["scope"], row["network"])
        if row["kind"] != "limit":
            amounts[key][row["kind"]] = Decimal(row["used"])
    assert all(kinds.get("deductible", 0) <= kinds["oop_max"] for kinds in amounts.values())


def test_all_levels_of_use_occur(small: Built) -> None:
    rows = [
        r for r in reading.rows(small.accumulators) if r["scope"] == "individual" and r["kind"] != "limit"
    ]
    parts = [Decimal(row["used"]) / _ceiling(row) for row in rows]
    assert any(part == 1 for part in parts)
    assert any(part < Decimal("0.1") for part in parts)
    assert any(Decimal("0.3") < part < Decimal("0.9") for part in parts)

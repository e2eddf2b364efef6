"""providers.csv: its layout, identifiers that cannot be real, and the demo's own practices."""

import csv
from datetime import date, timedelta

import pytest

from portico.demo import identifiers as demo
from portico.demo import lines, practices, provider_feed, providers, unregistered
from portico.demo.build import Built
from portico.demo.offices import OFFICES
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY
from portico.shared import identifiers


def test_the_columns_are_those_documented(small: Built) -> None:
    with small.providers.open(encoding="utf-8", newline="") as source:
        assert next(csv.reader(source)) == provider_feed.COLUMNS
    assert len(provider_feed.COLUMNS) == 32


def test_npis_and_tax_ids_are_well_formed_and_cannot_be_real(small: Built) -> None:
    for row in reading.rows(small.providers):
        assert identifiers.parse_npi(row["npi"])[0] == "2"
        assert identifiers.parse_tax_id(row["tax_id"])[:2] in demo.TAX_ID_PREFIXES
        assert row["telephone"][3:8] == row["fax"][3:8] == ("55501" if row["telephone"] else "")
        assert row["email"].endswith("example.org") or not row["email"]


def test_of_one_practice_nothing_is_on_file_to_reach_it_by(small: Built) -> None:
    rows = reading.rows(small.providers)
    ways = [(row["telephone"], row["fax"], row["email"]) for row in rows]
    assert [row["tax_id"] for row, way in zip(rows, ways, strict=True) if not all(way)] == [
        unregistered.ACHTERBERG.tax_id
    ]
    assert ways.count(("", "", "")) == 1


def test_an_npi_is_one_provider_and_a_tax_id_one_practice(small: Built) -> None:
    rows = reading.rows(small.providers)
    assert len({(r["npi"], r["last_name"], r["first_name"], r["organization_name"]) for r in rows}) == len(
        {r["npi"] for r in rows}
    )
    assert len({(r["tax_id"], r["tax_id_name"]) for r in rows}) == len({r["tax_id"] for r in rows})
    assert len({(r["npi"], r["tax_id"], r["affiliated_from"]) for r in rows}) == len(rows)


def test_people_have_last_names_and_places_have_one_name(small: Built) -> None:
    for row in reading.rows(small.providers):
        person, place = bool(row["last_name"] and row["first_name"]), bool(row["organization_name"])
        assert (row["entity_type"], person, place) in (("1", True, False), ("2", False, True))


def test_some_affiliations_have_ended_and_some_people_take_part_in_no_line(small: Built) -> None:
    rows = reading.rows(small.providers)
    ended = [row for row in rows if row["affiliated_to"]]
    assert ended
    assert all(row["affiliated_from"] <= row["affiliated_to"] for row in ended)
    assert any(not row["lines"] for row in rows)
    assert {line for row in rows for line in row["lines"].split("|") if line} == set(lines.CODES)


def test_some_people_bill_under_two_tax_ids(small: Built) -> None:
    open_rows = [(r["npi"], r["tax_id"]) for r in reading.rows(small.providers) if not r["affiliated_to"]]
    assert len({npi for npi, _ in open_rows}) < len(open_rows)


@pytest.mark.parametrize(("members", "expected"), [(10_000, 400), (1_000_000, 6000)])
def test_the_number_of_providers_follows_the_members(members: int, expected: int) -> None:
    found = {a.provider.npi for a in providers.affiliations(members=members, seed=1, today=TODAY)}
    assert expected <= len(found) <= expected + 45


@pytest.mark.parametrize("seed", [1, 99])
def test_the_demos_practices_are_there_whatever_the_seed(seed: int) -> None:
    found = {a.practice.tax_id for a in providers.affiliations(members=10, seed=seed, today=TODAY)}
    assert {tax_id for office in OFFICES for tax_id in office.tax_ids} <= found


def test_one_of_lakesides_people_left_and_one_is_still_to_come() -> None:
    at_lakeside = [a for a in practices.affiliations(TODAY) if a.practice is practices.LAKESIDE]
    left = [a for a in at_lakeside if a.last_on and a.last_on < TODAY]
    coming = [a for a in at_lakeside if a.first_on > TODAY]
    assert [a.provider for a in left] == [practices.JONAS_WEIR]
    assert [a.provider for a in coming] == [practices.MOLLY_TSOSIE]
    assert left[0].last_on == date(2026, 8, 31)
    assert coming[0].first_on - TODAY == timedelta(days=10)

"""Providers to choose among under some tax IDs: found by name, number and place, on the day and later."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.offices import models, practising
from portico.domains.offices.practising import Wanted

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)
ONE, TWO, OTHER = "171234567", "171234568", "181234567"
LIN, ABEL, CLINIC = "2000000016", "2000000024", "2000000032"


def a_provider(npi: str, last_name: str, first_name: str = "") -> models.Provider:
    row, _ = models.Provider.objects.get_or_create(
        npi=npi,
        defaults={
            "last_name": last_name,
            "first_name": first_name,
            "is_organization": not first_name,
            "name_key": last_name.upper(),
        },
    )
    return row


def bills(provider: models.Provider, tax_id: str, **changes: Any) -> None:
    billed, _ = models.TaxId.objects.get_or_create(number=tax_id, defaults={"name": f"Practice {tax_id[-1]}"})
    described = {"first_on": TODAY - timedelta(days=70), **changes}
    models.Affiliation.objects.create(provider=provider, tax_id=billed, **described)


@pytest.fixture(autouse=True)
def _file() -> None:
    lin, abel = a_provider(LIN, "Lin", "Mei"), a_provider(ABEL, "Abel", "Tom")
    bills(lin, ONE, address="1 Lake Street", city="Fresno")
    bills(lin, TWO, address="2 Hill Road, Suite 4", city="Fresno")
    bills(abel, ONE)
    bills(a_provider(CLINIC, "Canyon Clinic"), OTHER)


def found(*tax_ids: str, **asked: Any) -> list[str]:
    return [row.npi for row in practising.page(tax_ids, on=TODAY, **asked).rows]


def test_those_of_the_tax_ids_are_found_by_name() -> None:
    assert found(ONE, TWO) == [ABEL, LIN]
    assert found(TWO) == [LIN]
    assert found() == found("189999999") == []


def test_one_is_told_with_each_of_the_tax_ids_asked_for_and_each_place() -> None:
    [row] = practising.page((ONE, TWO), on=TODAY, wanted=Wanted(npis=(LIN,))).rows
    assert (row.name, row.tax_ids) == ("Mei Lin", (ONE, TWO))
    assert row.places == ("1 Lake Street, Fresno", "2 Hill Road, Suite 4, Fresno")
    [row] = practising.page((TWO,), on=TODAY).rows
    assert (row.tax_ids, row.places) == ((TWO,), ("2 Hill Road, Suite 4, Fresno",))


@pytest.mark.parametrize("size", [1, 2])
def test_pages_follow_one_another_without_a_gap(size: int) -> None:
    bills(a_provider("2000000040", "Abel", "Ann"), ONE)
    seen: list[str] = []
    key: str | None = ""
    while key is not None:
        page = practising.page((ONE, TWO), on=TODAY, key=key, size=size)
        seen += [row.npi for row in page.rows]
        key = page.next_key
    assert seen == [ABEL, "2000000040", LIN]


def test_a_key_that_nobody_made_begins_at_the_beginning() -> None:
    assert found(ONE, key="\x00") == found(ONE, key="nobody") == found(ONE)


@pytest.mark.parametrize(
    ("wanted", "npis"),
    [
        (Wanted(text="LI"), [LIN]),
        (Wanted(text="lin mei"), [LIN]),
        (Wanted(text="lin tom"), []),
        (Wanted(text=f" {ABEL} "), [ABEL]),
        (Wanted(text=CLINIC), []),
        (Wanted(text="2000"), []),
        (Wanted(place="2 Hill Road, Suite 4, Fresno"), [LIN]),
        (Wanted(place="2 Hill Road, Fresno"), []),
        (Wanted(npis=()), []),
        (Wanted(npis=(CLINIC, ABEL)), [ABEL]),
        (Wanted(text="%"), []),
    ],
    ids=[
        "part_of_a_name",
        "both_names",
        "of_two_people",
        "an_npi",
        "of_another_office",
        "part_of_an_npi",
        "a_place_with_a_comma",
        "part_of_a_place",
        "none",
        "some",
        "a_sign_of_the_database",
    ],
)
def test_they_are_searched(wanted: Wanted, npis: list[str]) -> None:
    assert found(ONE, TWO, wanted=wanted) == npis


@pytest.mark.parametrize(
    ("first", "last", "is_found"),
    [(-70, None, True), (-70, 0, True), (-70, -1, False), (5, None, True)],
    ids=["since_long", "the_last_day", "over", "to_come"],
)
def test_who_bills_there_now_or_later_is_found(first: int, last: int | None, is_found: bool) -> None:
    rows = models.Affiliation.objects.filter(provider__npi=ABEL)
    ends_on = None if last is None else TODAY + timedelta(days=last)
    rows.update(first_on=TODAY + timedelta(days=first), last_on=ends_on)
    assert (ABEL in found(ONE)) is is_found
    assert practising.under([ABEL, LIN], [ONE], on=TODAY) == ({ABEL, LIN} if is_found else {LIN})


def test_only_those_under_one_of_the_tax_ids_are_under_them() -> None:
    assert practising.under([ABEL, LIN, CLINIC, "1"], [TWO], on=TODAY) == {LIN}
    assert practising.under([], [TWO], on=TODAY) == frozenset()


def test_each_place_is_told_once() -> None:
    bills(a_provider(ABEL, ""), ONE, address="1 Lake Street", city="Fresno", first_on=TODAY)
    assert practising.places((ONE, TWO), on=TODAY) == (
        "1 Lake Street, Fresno",
        "2 Hill Road, Suite 4, Fresno",
    )
    assert practising.places((OTHER,), on=TODAY) == ()


def test_tax_ids_are_called_what_the_file_calls_them() -> None:
    assert practising.names_of((ONE, "189999999")) == {ONE: "Practice 7"}


def test_a_page_costs_the_same_for_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(15):
        bills(a_provider(f"30000000{number:02}", f"Name{number}", "A"), ONE)
    with django_assert_num_queries(2):
        assert len(practising.page((ONE,), on=TODAY).rows) == 17

"""Finding a provider in the roster by what is claimed: who is found, how it stands, and the same work."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.offices import models, roster
from portico.domains.offices.listed import Listed, Roster
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors
from tests.support.actors import NOW, TODAY

pytestmark = pytest.mark.django_db
NPI, OTHER, GROUP = "2000000002", "2000000010", "2000000028"
TAX_ID, SECOND = "941234567", "941234568"
DAY = timedelta(days=1)


def affiliated(npi: str = NPI, number: str = TAX_ID, **facts: Any) -> models.Affiliation:
    """A provider bills under a tax ID; its licence is A 12.345-6 of California."""
    names = {"last_name": "Tran", "first_name": "Mei", "licence_number": "a 12.345-6", "licence_state": "CA"}
    organisation = {"last_name": "Lake Group", "is_organization": True}
    provider, _ = models.Provider.objects.get_or_create(
        npi=npi, defaults=organisation if npi == GROUP else names
    )
    tax_id, _ = models.TaxId.objects.get_or_create(number=number, defaults={"name": f"Clinic {number[-1]}"})
    dates = {"first_on": date(2020, 1, 1)}
    return models.Affiliation.objects.create(provider=provider, tax_id=tax_id, **dates | facts)


def read(**asked: Any) -> Roster:
    claimed = {"npi": NPI, "tax_ids": (TAX_ID,), "licence_state": "CA", "licence": "A123456"} | asked
    visitor = actors.visitor()
    with permit(visitor, Function.REGISTRATION) as given:
        return roster.read(given, **claimed)


def test_a_provider_is_found_by_its_npi_with_how_it_stands_under_the_tax_ids() -> None:
    row = affiliated(email="roster@lake.example", fax="5305550199")
    affiliated(number=SECOND, last_on=TODAY - DAY, telephone="5305550100")
    line = apps.get_model("plan", "LineOfBusiness").objects.create(code="hmo", name="HMO")
    models.Participation.objects.create(affiliation=row, line=line, first_on=date(2020, 1, 1))
    assert read(tax_ids=(TAX_ID, SECOND)) == Roster(
        (
            Listed(
                *(NPI, False, "Tran", "Mei", "", "a 12.345-6", "CA"),
                billed=frozenset({TAX_ID, SECOND}),
                in_force=frozenset({TAX_ID}),
                participating=frozenset({TAX_ID}),
                contacts=(("email", "roster@lake.example"), ("fax", "5305550199")),
            ),
        ),
        {TAX_ID: "Clinic 7", SECOND: "Clinic 8"},
        {},
    )


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({}, True),
        ({"licence": "123456"}, True),
        ({"licence": "A123457"}, False),
        ({"licence_state": "NV"}, False),
        ({"tax_ids": (SECOND,)}, False),
        ({"tax_ids": ()}, False),
    ],
    ids=["licence and tax id", "its end", "another licence", "another state", "another tax id", "none"],
)
def test_a_provider_is_found_by_licence_under_a_tax_id(asked: dict[str, Any], is_found: bool) -> None:
    affiliated()
    affiliated(OTHER, "941234569")
    found = read(npi="", **asked).providers
    assert [each.npi for each in found] == ([NPI] if is_found else [])


@pytest.mark.parametrize("last_on", [TODAY, TODAY - DAY], ids=["its last day", "the day after"])
def test_under_a_tax_id_that_ran_out_it_is_found_by_npi_alone(last_on: date) -> None:
    affiliated(last_on=last_on)
    runs = last_on == TODAY
    assert [each.npi for each in read(npi="").providers] == ([NPI] if runs else [])
    assert [bool(each.in_force) for each in read().providers] == [runs]


def test_a_line_that_ran_out_is_taken_part_in_no_more() -> None:
    row = affiliated()
    line = apps.get_model("plan", "LineOfBusiness").objects.create(code="hmo", name="HMO")
    models.Participation.objects.create(
        affiliation=row, line=line, first_on=date(2020, 1, 1), last_on=TODAY - DAY
    )
    assert [each.participating for each in read().providers] == [frozenset()]


def test_without_a_licence_organisations_are_found_under_the_tax_id() -> None:
    affiliated()
    affiliated(GROUP)
    assert [each.npi for each in read(npi="", licence="", licence_state="").providers] == [GROUP]


def test_the_office_that_bills_under_a_tax_id_is_known() -> None:
    office = models.Office.objects.create(key="lake", name="Lake", kind="physician", created_at=NOW)
    row = affiliated()
    models.TaxId.objects.filter(pk=row.tax_id_id).update(office=office)
    assert read().offices == {TAX_ID: office.pk}


def test_a_tax_id_is_shared_by_two_people_or_by_one_and_an_organisation() -> None:
    affiliated()
    assert read().shared == frozenset()
    hospital = models.Provider.objects.create(npi="2000000036", last_name="Lake Two", is_organization=True)
    beside = models.Affiliation.objects.create(
        provider=hospital, tax_id=models.TaxId.objects.get(), first_on=TODAY, last_on=TODAY
    )
    assert read().shared == {TAX_ID}
    beside.delete()
    assert read().shared == frozenset()
    affiliated(OTHER)
    assert read().shared == {TAX_ID}


def test_twenty_are_found_at_most() -> None:
    for number in range(25):
        affiliated(f"30000000{number:02}")
    assert len(read().providers) == roster.MOST_PROVIDERS


def test_five_statements_whatever_is_found() -> None:
    affiliated()
    counts = set()
    for asked in ({}, {"npi": OTHER}, {"npi": "", "tax_ids": ()}, {"licence": "", "tax_ids": (SECOND,)}):
        with permit(actors.visitor(), Function.REGISTRATION) as given:
            claimed = {"npi": NPI, "tax_ids": (TAX_ID,), "licence_state": "CA", "licence": "A123456"} | asked
            with CaptureQueriesContext(connection) as queries:
                roster.read(given, **claimed)  # type: ignore[arg-type]
            counts.add(len(queries))
    assert counts == {5}

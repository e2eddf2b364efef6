"""Comparing with rows: what is found, as of when, and the same work whatever is on file."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan.freshness import Feed
from portico.domains.registration import lists, matching
from portico.domains.registration.claims import Basis, Claim, Field, Finding, Match, Reason
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import (
    CLAIM,
    GROUP_NPI,
    GROUP_TAX_ID,
    HOSPITAL,
    NOW,
    NPI,
    OTHER_LICENCE,
    OTHER_NPI,
    SECOND,
    TAX_ID,
    TODAY,
    UNKNOWN_NPI,
    UNKNOWN_TAX_ID,
)

pytestmark = pytest.mark.django_db
DELEGATED = replace(CLAIM, user_type="delegated_administrator", first_name="Ann", last_name="Bell")


@pytest.fixture(autouse=True)
def _plan() -> None:
    registering.a_plan()


def compare(claim: Claim = CLAIM, **changes: Any) -> Match:
    with permit(registering.visitor(), Function.REGISTRATION) as given:
        return matching.compare(given, replace(claim, **changes))


def finding(match: Match, field: Field) -> Finding:
    return next(each.finding for each in match.compared if each.field is field)


def test_a_claim_that_is_on_file_goes_through_and_tells_how_the_roster_reaches_it() -> None:
    match = compare()
    assert (match.reason, match.differs, match.office_id) == (None, (), None)
    assert match.roster == (("email", "roster567@lake.example"), ("telephone", "(530) 555-0166"))
    assert [(each.field, each.finding) for each in match.compared] == [
        (Field.LICENCE, Finding.AGREES),
        (Field.NPI, Finding.AGREES),
        (Field.TAX_ID, Finding.AGREES),
        (Field.NAME, Finding.AGREES),
        (Field.PARTICIPATION, Finding.AGREES),
        (Field.LICENCE_LIST, Finding.NOT_LOADED),
        (Field.EXCLUSIONS, Finding.NOT_LOADED),
    ]
    as_of = {each.basis: each.as_of for each in match.compared}
    assert as_of[Basis.PROVIDER_FILE] == NOW - timedelta(hours=3)
    assert as_of[Basis.LICENCE_LIST] is None


@pytest.mark.parametrize(
    ("changes", "reason", "differs"),
    [
        ({"licence_number": OTHER_LICENCE}, Reason.LICENCE_DIFFERS, (Field.LICENCE,)),
        ({"npi": UNKNOWN_NPI}, Reason.NPI_DIFFERS, (Field.NPI,)),
        ({"npi": GROUP_NPI}, Reason.NPI_DIFFERS, (Field.NPI,)),
        ({"tax_ids": (UNKNOWN_TAX_ID,)}, Reason.TAX_ID_DIFFERS, (Field.TAX_ID,)),
        ({"tax_ids": (GROUP_TAX_ID,)}, Reason.TAX_ID_DIFFERS, (Field.TAX_ID,)),
        ({"last_name": "Bell"}, Reason.NAME_DIFFERS, (Field.NAME,)),
        ({"last_name": "Bell", "npi": OTHER_NPI}, Reason.NOTHING_MATCHES, (Field.NPI, Field.NAME)),
        (
            {"licence_number": OTHER_LICENCE, "npi": UNKNOWN_NPI, "tax_ids": (UNKNOWN_TAX_ID,)},
            Reason.NOTHING_MATCHES,
            (Field.LICENCE, Field.NPI, Field.TAX_ID, Field.NAME),
        ),
    ],
    ids=[
        *("licence", "npi unknown", "npi of another", "tax id unknown", "tax id of another", "name"),
        *("two", "nothing"),
    ],
)
def test_what_differs(changes: dict[str, Any], reason: Reason, differs: tuple[Field, ...]) -> None:
    registering.an_office()
    match = compare(**changes)
    assert (match.reason, match.differs) == (reason, differs)
    assert (match.office_id, match.roster) == (None, ())


def test_a_provider_who_takes_part_in_no_line_today_is_told_so() -> None:
    apps.get_model("offices", "Participation").objects.update(last_on=TODAY - timedelta(days=1))
    assert compare().reason is Reason.NOT_PARTICIPATING
    apps.get_model("offices", "Participation").objects.update(last_on=TODAY)
    assert compare().reason is None


def test_a_provider_who_bills_under_the_tax_id_no_more_takes_part_no_more() -> None:
    apps.get_model("offices", "Affiliation").objects.update(last_on=TODAY - timedelta(days=1))
    match = compare()
    assert (match.reason, match.differs) == (Reason.NOT_PARTICIPATING, (Field.TAX_ID,))
    assert finding(match, Field.TAX_ID) is Finding.NOT_ACTIVE


def test_every_claimed_tax_id_has_to_be_the_providers() -> None:
    assert compare(tax_ids=(TAX_ID, SECOND)).reason is Reason.TAX_ID_DIFFERS
    provider = apps.get_model("offices", "Provider").objects.get(npi=NPI)
    registering.affiliated(provider, SECOND, participates=False)
    match = compare(tax_ids=(TAX_ID, SECOND))
    assert match.reason is None
    assert len(match.roster) == 4


def test_a_tax_id_that_colleagues_bill_under_lets_nobody_in_at_once() -> None:
    colleague = apps.get_model("offices", "Provider").objects.create(
        npi=OTHER_NPI, last_name="Bell", name_key="BELL"
    )
    registering.affiliated(colleague, TAX_ID, participates=False)
    assert compare().reason is Reason.TAX_ID_SHARED
    under_it = apps.get_model("offices", "Affiliation").objects.filter(
        provider=colleague, tax_id__number=TAX_ID
    )
    under_it.update(last_on=TODAY - timedelta(days=1))
    assert compare().reason is None


def test_whom_an_organisation_may_employ_is_not_let_in_over_its_patients_at_once() -> None:
    """The file does not say whether it is the physician's own company or the employer."""
    group = apps.get_model("offices", "Provider").objects.get(npi=GROUP_NPI)
    registering.affiliated(group, TAX_ID, participates=False)
    assert compare().reason is Reason.TAX_ID_SHARED
    of_it = apps.get_model("offices", "Affiliation").objects.filter(provider=group, tax_id__number=TAX_ID)
    of_it.update(last_on=TODAY - timedelta(days=1))
    assert compare().reason is None


def test_a_tax_id_of_several_organisations_lets_no_physician_in_at_once() -> None:
    for npi in (GROUP_NPI, OTHER_NPI):
        registering.a_provider(npi, TAX_ID, is_organization=True, last_name="Lakeside", first_name="")
    assert compare().reason is Reason.TAX_ID_SHARED


def test_the_name_of_a_tax_id_of_somebody_else_tells_nothing_of_it() -> None:
    """Twenty guesses at once, beside a public NPI, would find the tax ID of whoever is called so."""
    guesses = tuple(f"9612345{number:02}" for number in range(19))
    tried = replace(HOSPITAL, office_name="Clinic 567")
    right, wrong = compare(tried, tax_ids=(*guesses, TAX_ID)), compare(tried, tax_ids=(*guesses, SECOND))
    assert (right.reason, right.differs) == (wrong.reason, wrong.differs)
    assert right.reason is Reason.NOTHING_MATCHES


def test_an_office_that_is_here_is_known_where_everything_agrees() -> None:
    number = registering.an_office()
    assert compare() == replace(compare(), reason=Reason.OFFICE_EXISTS, office_id=number)


def test_a_licence_somebody_owns_is_told_to_whom_it_would_belong_alone() -> None:
    registering.owned()
    assert compare().reason is Reason.LICENCE_CLAIMED
    assert compare(DELEGATED, office_name="Clinic 567").reason is Reason.ALWAYS_REVIEWED
    assert compare(licence_number=OTHER_LICENCE).reason is Reason.LICENCE_DIFFERS


def test_a_type_that_is_always_reviewed_is_where_everything_agrees() -> None:
    assert compare(HOSPITAL).reason is Reason.ALWAYS_REVIEWED
    assert compare(HOSPITAL, npi=UNKNOWN_NPI).reason is Reason.NPI_DIFFERS
    assert compare(HOSPITAL, office_name="Another").reason is Reason.NAME_DIFFERS


def test_a_user_type_that_is_not_there_never_goes_through() -> None:
    assert compare(office_name="Clinic 567", user_type="nobody").reason is Reason.ALWAYS_REVIEWED


@pytest.mark.parametrize(
    ("facts", "finding_", "reason"),
    [
        ({}, Finding.AGREES, None),
        ({"name": "Mei Tran"}, Finding.AGREES, None),
        ({"name": "BELL, ANN"}, Finding.DIFFERS, Reason.BEING_CHECKED),
        ({"is_active": False}, Finding.NOT_ACTIVE, Reason.LICENCE_NOT_ACTIVE),
        ({"expires_on": TODAY - timedelta(days=1)}, Finding.NOT_ACTIVE, Reason.LICENCE_NOT_ACTIVE),
        ({"expires_on": TODAY}, Finding.AGREES, None),
        ({"key": "A99999"}, Finding.NOT_FOUND, Reason.BEING_CHECKED),
        ({"state": "NV"}, Finding.NOT_LOADED, None),
    ],
    ids=[
        *("current", "written otherwise", "another's", "not active", "expired", "last day", "not there"),
        "another state's list",
    ],
)
def test_the_list_of_licences(facts: dict[str, Any], finding_: Finding, reason: Reason | None) -> None:
    registering.licence_list(**facts)
    match = compare()
    assert (finding(match, Field.LICENCE_LIST), match.reason) == (finding_, reason)


def test_whoever_runs_the_office_is_not_asked_for_in_the_list_of_licences() -> None:
    registering.licence_list()
    match = compare(DELEGATED)
    assert finding(match, Field.LICENCE_LIST) is Finding.AGREES


def test_rows_of_a_list_that_was_never_loaded_say_nothing() -> None:
    registering.licence_list(is_active=False)
    registering.excluded()
    apps.get_model("plan", "Freshness").objects.filter(feed__in=(Feed.LICENCES, Feed.EXCLUSIONS)).delete()
    match = compare()
    assert match.reason is None
    assert finding(match, Field.EXCLUSIONS) is finding(match, Field.LICENCE_LIST) is Finding.NOT_LOADED


@pytest.mark.parametrize(
    ("facts", "is_excluded"),
    [
        ({}, True),
        ({"npi": OTHER_NPI, "name_key": "TRANMEI"}, False),
        ({"npi": "", "name_key": "TRANMEI", "state": "CA"}, True),
        ({"npi": "", "name_key": "TRANMEI"}, True),
        ({"npi": "", "name_key": "TRANMEI", "state": "TX"}, False),
        ({"npi": "", "name_key": "TRANFAMILYMEDICINE", "is_organization": True}, True),
        ({"reinstated_on": TODAY}, False),
        ({"reinstated_on": TODAY + timedelta(days=1)}, True),
        ({"excluded_on": TODAY + timedelta(days=1)}, False),
        ({"excluded_on": date(2020, 1, 1), "as_of": NOW - timedelta(days=30)}, False),
    ],
    ids=[
        *("npi", "namesake with an npi", "name and state", "name without a state", "another state"),
        *("office", "reinstated", "not yet reinstated", "not yet excluded", "not in the newest list"),
    ],
)
def test_the_list_of_exclusions(facts: dict[str, Any], is_excluded: bool) -> None:
    registering.excluded(**facts)
    match = compare()
    assert (finding(match, Field.EXCLUSIONS) is Finding.EXCLUDED) is is_excluded
    assert match.reason is (Reason.BEING_CHECKED if is_excluded else None)


@pytest.mark.parametrize("first_name", ["M.", "Lan", "Meilan"], ids=["initial", "middle name", "longer"])
def test_who_is_excluded_by_name_does_not_come_in_by_another_form_of_it(first_name: str) -> None:
    apps.get_model("offices", "Provider").objects.update(middle_name="Lan")
    assert compare(first_name=first_name).reason is None
    registering.excluded(npi="", name_key="TRANMEI", state="CA")
    assert compare(first_name=first_name).reason is Reason.BEING_CHECKED
    assert compare(first_name=first_name, npi=GROUP_NPI).reason is Reason.NPI_DIFFERS


def test_the_key_of_an_excluded_name_is_that_of_names() -> None:
    assert lists.exclusion_key("Trán", "Mei") == lists.exclusion_key("TRAN", "MEI") == "TRANMEI"
    assert lists.exclusion_key("x" * 200) == "X" * 160


def test_the_same_statements_whatever_is_found() -> None:
    registering.an_office(GROUP_TAX_ID)
    registering.owned(key=OTHER_LICENCE)
    registering.licence_list()
    registering.excluded(npi=OTHER_NPI)
    claims = {
        "all": CLAIM,
        "licence": replace(CLAIM, licence_number=OTHER_LICENCE),
        "npi": replace(CLAIM, npi=UNKNOWN_NPI),
        "excluded": replace(CLAIM, npi=OTHER_NPI),
        "nothing": replace(CLAIM, npi=UNKNOWN_NPI, tax_ids=(UNKNOWN_TAX_ID,), licence_number="B1"),
    }
    took = {name: statements(claim) for name, claim in claims.items()}
    assert set(map(tuple, took.values())) == {tuple(took["nothing"])}


def statements(claim: Claim) -> list[str]:
    """The statements a comparison takes, as far as their tables."""
    cache.clear()
    given_by = permit(registering.visitor(), Function.REGISTRATION)
    with given_by as given, CaptureQueriesContext(connection) as queries:
        matching.compare(given, claim)
    return [query["sql"].partition(" WHERE ")[0] for query in queries]

"""What the provider file says of a provider, of groups and of offices."""

from datetime import UTC, date, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.offices import contacts, models, providers

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
NPI = "2000000009"


def affiliated(
    number: str,
    *,
    group: str = "",
    first_on: date = date(2020, 1, 1),
    last_on: date | None = None,
    city: str = "",
) -> models.Affiliation:
    """Our physician bills under a tax ID."""
    names = {"first_name": "Mei", "last_name": "Tran", "credential": "MD", "specialty": "Family medicine"}
    provider, _ = models.Provider.objects.get_or_create(npi=NPI, defaults=names)
    tax_id, _ = models.TaxId.objects.get_or_create(number=number, defaults={"name": f"Clinic {number[-1]}"})
    through = models.Group.objects.get_or_create(code=group, defaults={"name": group})[0] if group else None
    return models.Affiliation.objects.create(
        provider=provider,
        tax_id=tax_id,
        group=through,
        first_on=first_on,
        last_on=last_on,
        city=city,
        state="CA",
    )


def test_a_provider_is_described_where_it_practises_under_that_tax_id() -> None:
    affiliated("001111111", city="Northlake")
    affiliated("001111112", group="LAKE", city="Southlake")
    described = providers.describe(NPI, "001111112", on=DAY)
    assert described == providers.Described(
        npi=NPI,
        name="Mei Tran, MD",
        specialty="Family medicine",
        tax_id="001111112",
        tax_id_name="Clinic 2",
        group_code="LAKE",
        group_name="LAKE",
        address="Southlake, CA",
        last_name="Tran",
        first_name="Mei",
    )


def test_the_tax_ids_of_a_provider_are_those_it_bills_under_that_day(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    affiliated("001111111")
    affiliated("001111112", last_on=DAY)
    affiliated("001111113", last_on=date(2026, 3, 11))
    affiliated("001111114", first_on=date(2026, 3, 13))
    with django_assert_num_queries(1):
        assert providers.tax_ids_of(NPI, on=DAY) == {"001111111", "001111112"}
    assert providers.tax_ids_of("2000000025", on=DAY) == frozenset()


def test_under_a_tax_id_it_never_billed_only_the_provider_itself_is_known() -> None:
    affiliated("001111111")
    described = providers.describe(NPI, "009999999", on=DAY)
    assert described == providers.Described(
        npi=NPI,
        name="Mei Tran, MD",
        specialty="Family medicine",
        last_name="Tran",
        first_name="Mei",
    )


def test_without_a_tax_id_the_affiliation_in_force_speaks() -> None:
    affiliated("001111111", last_on=date(2026, 3, 11))
    affiliated("001111112", first_on=date(2026, 3, 12))
    described = providers.describe(NPI, "", on=DAY)
    assert described is not None
    assert described.tax_id == "001111112"


def test_a_provider_nobody_told_of_is_unknown() -> None:
    assert providers.describe(NPI, "", on=DAY) is None


def test_an_organisation_goes_by_its_name() -> None:
    hospital = models.Provider(last_name="Northlake Hospital", is_organization=True, credential="x")
    assert providers.name(hospital) == "Northlake Hospital"


@pytest.mark.parametrize(
    ("on", "groups"),
    [
        (date(2019, 12, 31), set()),
        (date(2020, 1, 1), {"LAKE"}),
        (date(2025, 12, 31), {"LAKE"}),
        (date(2026, 1, 1), {"HILL"}),
    ],
)
def test_groups_are_those_of_the_day(on: date, groups: set[str]) -> None:
    affiliated("001111111", group="LAKE", last_on=date(2025, 12, 31))
    affiliated("001111111", group="HILL", first_on=date(2026, 1, 1))
    affiliated("001111112", group="FAR")
    affiliated("001111113")
    assert providers.groups_of(["001111111", "001111113"], on=on) == groups


def an_office(key: str, *numbers: str, email: str = "") -> models.Office:
    """An office and its tax IDs."""
    office = models.Office.objects.create(
        key=key, name=key, kind="physician", contact_email=email, created_at=AT
    )
    for number in numbers:
        models.TaxId.objects.create(number=number, name=key, office=office)
    return office


def test_tax_ids_of_one_office_belong_together() -> None:
    an_office("lakeside", "001111111", "001111112")
    an_office("hillside", "001111113")
    models.TaxId.objects.create(number="001111114", name="Nobody's")
    assert providers.same_office("001111111") == {"001111111", "001111112"}
    assert providers.same_office("001111114") == {"001111114"}
    assert providers.same_office("009999999") == {"009999999"}


def test_offices_are_reached_by_their_contacts() -> None:
    office = an_office("lakeside", email="office@example.org")
    expected = contacts.Contact(office.pk, "lakeside", "office@example.org")
    assert contacts.of([office.pk, office.pk + 1]) == {office.pk: expected}


def test_each_question_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    affiliated("001111111", group="LAKE")
    affiliated("001111112", group="LAKE")
    with django_assert_num_queries(1):
        providers.describe(NPI, "", on=DAY)
    with django_assert_num_queries(1):
        providers.groups_of(["001111111", "001111112"], on=DAY)
    with django_assert_num_queries(1):
        providers.same_office("001111111")
    with django_assert_num_queries(1):
        contacts.of([1, 2])

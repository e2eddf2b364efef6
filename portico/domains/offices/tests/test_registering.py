"""Offices that register themselves: their key, their tax IDs, and how the provider file reaches them."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError

from portico.domains.offices import contacts, models, offices, registering
from portico.domains.offices.offices import NewOffice, Office, TaxIdTaken, UnknownOffice
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors as people
from tests.support.racing import together

pytestmark = pytest.mark.django_db
OWN, SECOND, TODAY = people.OWN_TAX_ID, people.SECOND_TAX_ID, people.TODAY
NPI = "2000000016"


def register(name: str = "Lin Family Practice", *tax_ids: str, **changes: Any) -> Office:
    """Somebody registers an office."""
    new = NewOffice(key="", name=name, kind="physician", tax_ids=tax_ids or (OWN,), **changes)
    with permit(people.visitor(), Function.REGISTRATION) as given:
        registering.hold(new.tax_ids, name=name)
        return registering.register(given, new)


def an_office(*tax_ids: str, key: str = "lakeside") -> Office:
    """An office that is here already."""
    new = NewOffice(key, "Lakeside", "physician", tax_ids or (OWN,))
    return offices.open_office(actor=people.system(), new=new)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Lin Family Practice", "lin-family-practice"),
        ("  Dr. José Peña, M.D.  ", "dr-jose-pena-m-d"),
        ("診療所", "office"),
        ("---", "office"),
        ("x" * 160, "x" * 50),
        ("a" * 49 + " b", "a" * 49),
    ],
    ids=["plain", "accents and signs", "no letters", "dashes", "long", "cut at a dash"],
)
def test_the_key_is_made_from_the_name(name: str, key: str) -> None:
    assert register(name).key == key


def test_offices_of_one_name_are_numbered_then_told_apart_at_random() -> None:
    keys = [register("Lin", f"17123450{number}").key for number in range(10)]
    assert keys[:9] == ["lin", *(f"lin-{number}" for number in range(2, 10))]
    assert len(keys[9]) == len("lin-abc123")


def test_a_registered_office_has_its_tax_ids_and_the_contacts_it_is_given() -> None:
    office = register("Lin", OWN, SECOND, contact_email="on@file.example", telephone="1")
    row = models.Office.objects.get(pk=office.id)
    assert office == offices.find("lin")
    assert (office.tax_ids, row.contact_email, row.telephone) == ((OWN, SECOND), "on@file.example", "1")


def test_no_tax_id_of_another_office_is_taken() -> None:
    an_office()
    with pytest.raises(TaxIdTaken):
        register("Lin", SECOND, OWN)
    assert models.Office.objects.count() == 1
    assert not models.TaxId.objects.filter(number=SECOND).exists()


def test_a_kind_nobody_knows_is_refused_by_the_database() -> None:
    new = NewOffice(key="", name="Lin", kind="bakery", tax_ids=(OWN,))
    with pytest.raises(IntegrityError), permit(people.visitor(), Function.REGISTRATION) as given:
        registering.register(given, new)


def test_holding_tells_the_offices_that_bill_under_them_and_makes_what_is_unknown() -> None:
    office = an_office()
    with permit(people.visitor(), Function.REGISTRATION):
        assert registering.hold([SECOND, OWN], name="Lin") == {office.id}
    assert models.TaxId.objects.get(number=SECOND).name == "Lin"


def test_joining_puts_free_tax_ids_under_the_office_and_keeps_its_own() -> None:
    office = an_office()
    models.TaxId.objects.create(number=SECOND, name="Second")
    assert registering.join(office.id, [OWN, SECOND]).tax_ids == (OWN, SECOND)


def test_joining_takes_nothing_of_a_third_office() -> None:
    office = an_office()
    an_office(SECOND, key="third")
    with pytest.raises(TaxIdTaken):
        registering.join(office.id, [SECOND])


def test_an_office_nobody_knows_is_not_joined() -> None:
    with pytest.raises(UnknownOffice):
        registering.join(999_999, [OWN])


@pytest.mark.django_db(transaction=True)
def test_offices_of_one_name_at_the_same_moment_all_have_keys_of_their_own() -> None:
    made = together([partial(register, "Lin", f"17123450{number}") for number in range(4)])
    assert sorted(each.key for each in made) == ["lin", "lin-2", "lin-3", "lin-4"]


def affiliated(tax_id: str, first: int, last: int | None = None, npi: str = NPI, **contact: str) -> None:
    """The provider bills under the tax ID from one day to another, counted from today."""
    provider, _ = models.Provider.objects.get_or_create(
        npi=npi, defaults={"last_name": "Lin", "name_key": "LIN"}
    )
    billed, _ = models.TaxId.objects.get_or_create(number=tax_id)
    models.Affiliation.objects.create(
        provider=provider,
        tax_id=billed,
        first_on=TODAY + timedelta(days=first),
        last_on=None if last is None else TODAY + timedelta(days=last),
        **contact,
    )


def test_a_practice_is_reached_by_what_is_in_force_under_the_tax_ids_asked_for() -> None:
    affiliated(OWN, -9, email="now@lin.example", telephone="555-0100")
    affiliated(OWN, -90, -10, email="before@lin.example")
    affiliated(OWN, 1, email="later@lin.example")
    affiliated(SECOND, -9, email="elsewhere@lin.example")
    affiliated(OWN, -9, npi="2000000024", email="colleague@lin.example")
    assert contacts.of_practice(NPI, [OWN], on=TODAY) == (
        ("email", "now@lin.example"),
        ("telephone", "555-0100"),
    )


def test_both_ends_of_an_affiliation_count() -> None:
    affiliated(OWN, -9, 0, email="to@lin.example")
    affiliated(SECOND, 0, email="from@lin.example")
    found = contacts.of_practice(NPI, [OWN, SECOND], on=TODAY)
    assert found == (("email", "to@lin.example"), ("email", "from@lin.example"))


def test_one_contact_written_in_two_ways_is_told_once() -> None:
    affiliated(OWN, -9, email="On@Lin.example", fax="(530) 555-0100")
    affiliated(SECOND, -9, email="on@lin.example", fax="530 555 0100")
    found = contacts.of_practice(NPI, [OWN, SECOND], on=TODAY)
    assert found == (("email", "On@Lin.example"), ("fax", "(530) 555-0100"))


def test_nobody_on_file_is_reached_nowhere() -> None:
    assert contacts.of_practice(NPI, [OWN], on=TODAY) == ()

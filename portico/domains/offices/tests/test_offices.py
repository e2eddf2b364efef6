"""Opening offices: what is refused, and that no tax ID has two owners."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from portico.domains.offices import models, offices
from portico.domains.offices.offices import CannotOpen, NewOffice, Office, TaxIdTaken, UnknownOffice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted
from portico.shared.identifiers import BadIdentifier
from tests.support import actors as people

pytestmark = pytest.mark.django_db
OWN, SECOND = people.OWN_TAX_ID, people.SECOND_TAX_ID


def open_(actor: Actor | None = None, **changes: Any) -> Office:
    said = {"key": "lakeside", "name": "Lakeside", "kind": "physician", "tax_ids": (OWN,)}
    return offices.open_office(actor=actor or people.system(), new=NewOffice(**(said | changes)))


def test_an_opened_office_is_found_by_its_key_with_its_tax_ids() -> None:
    opened = open_(tax_ids=(SECOND, OWN, OWN), contact_email="desk@example.org")
    assert opened == offices.find("lakeside")
    assert (opened.name, opened.contact_email, opened.tax_ids) == (
        "Lakeside",
        "desk@example.org",
        (OWN, SECOND),
    )


def test_a_tax_id_may_be_typed_with_a_dash() -> None:
    assert open_(tax_ids=("17-1234567",)).tax_ids == (OWN,)


def test_a_tax_id_of_the_provider_file_keeps_the_name_it_has_there() -> None:
    models.TaxId.objects.create(number=OWN, name="Lakeside Family Medicine, Inc.")
    open_(tax_ids=(OWN, SECOND))
    assert list(models.TaxId.objects.order_by("number").values_list("name", flat=True)) == [
        "Lakeside Family Medicine, Inc.",
        "Lakeside",
    ]


@pytest.mark.parametrize("typed", ["lakes", "FAMILY med", " lakeside ", OWN, "17-1234567"])
def test_an_office_is_found_by_its_key_its_name_or_a_tax_id(typed: str) -> None:
    opened = open_(name="Lakeside Family Medicine", tax_ids=(SECOND, OWN))
    open_(key="hillcrest", name="Hillcrest", tax_ids=(people.FOREIGN_TAX_ID,))
    assert offices.search(actor=people.plan_staff(), text=typed, function=Function.PROVISIONING) == (opened,)


@pytest.mark.parametrize("typed", ["", "  ", "%", "_", "nobody", OWN[:8]])
def test_what_no_office_has_finds_none(typed: str) -> None:
    open_()
    assert offices.search(actor=people.plan_staff(), text=typed, function=Function.PROVISIONING) == ()


def test_a_search_finds_a_screenful_by_name_in_two_queries_and_a_row(django_assert_num_queries: Any) -> None:
    for number in range(offices.MOST_FOUND + 3):
        open_(key=f"office-{number}", name=f"Office {number:02}", tax_ids=(f"18123{number:04}",))
    with django_assert_num_queries(5):
        found = offices.search(actor=people.plan_staff(), text="office", function=Function.PROVISIONING)
    assert [office.name for office in found] == [f"Office {n:02}" for n in range(offices.MOST_FOUND)]


def test_the_desk_reads_one_office_by_its_key() -> None:
    opened = open_()
    assert offices.read(actor=people.plan_staff(), key="lakeside", function=Function.PROVISIONING) == opened
    with pytest.raises(UnknownOffice):
        offices.read(actor=people.plan_staff(), key="nowhere", function=Function.PROVISIONING)
    rows = apps.get_model("audit", "Entry").objects.order_by("-pk")[:2]
    assert [row.conclusion for row in rows] == ["not_found", "office_read"]


@pytest.mark.parametrize("actor", [people.front_desk(), people.administrator(), people.visitor()])
def test_only_the_plan_looks_for_offices(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        offices.search(actor=actor, text="lakeside", function=Function.PROVISIONING)
    with pytest.raises(NotPermitted):
        offices.read(actor=actor, key="lakeside", function=Function.PROVISIONING)


def test_an_opening_leaves_its_row() -> None:
    opened = open_()
    use = apps.get_model("audit", "Entry").objects.get()
    assert (use.function, use.conclusion) == ("provisioning", "office_opened")
    assert [(s.kind, s.identifier) for s in use.subjects.order_by("pk")] == [("office", str(opened.id))]


def test_a_tax_id_of_another_office_is_refused_and_nothing_is_opened() -> None:
    open_()
    with pytest.raises(TaxIdTaken, match="ending in 4567") as refused:
        open_(key="hillcrest", tax_ids=(SECOND, OWN))
    assert OWN not in str(refused.value)
    assert not models.Office.objects.filter(key="hillcrest").exists()
    assert not models.TaxId.objects.filter(number=SECOND).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ""},
        {"key": "Lake Side"},
        {"key": "-lakeside"},
        {"key": "x" * 61},
        {"kind": "bakery"},
        {"kind": ""},
        {"tax_ids": ()},
    ],
    ids=str,
)
def test_what_can_be_no_office_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CannotOpen):
        open_(**changes)


def test_a_key_names_one_office() -> None:
    open_()
    with pytest.raises(CannotOpen, match="already"):
        open_(tax_ids=(SECOND,))


@pytest.mark.parametrize("number", ["", "12345678", "1234567890", "12345678x"])
def test_what_is_no_tax_id_is_refused(number: str) -> None:
    with pytest.raises(BadIdentifier):
        open_(tax_ids=(number,))


def test_a_key_nobody_has_is_said_so() -> None:
    with pytest.raises(UnknownOffice):
        offices.find("lakeside")


@pytest.mark.parametrize(
    "actor",
    [people.visitor(), people.front_desk(), people.administrator(), people.plan_staff(Desk.MEMBER_SERVICES)],
    ids=["visitor", "front desk", "administrator", "member services"],
)
def test_nobody_else_opens_offices(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        open_(actor)


@pytest.mark.django_db(transaction=True)
def test_of_two_offices_that_take_a_tax_id_at_once_one_gets_it() -> None:
    def take(key: str) -> Callable[[], bool]:
        def ask() -> bool:
            try:
                return bool(open_(key=key))
            except TaxIdTaken:
                return False
            finally:
                connection.close()

        return ask

    with ThreadPoolExecutor(4) as pool:
        got = [one.result() for one in [pool.submit(take(f"office-{n}")) for n in range(4)]]
    assert got.count(True) == 1
    assert models.Office.objects.get().tax_ids.get().number == OWN


def test_the_database_refuses_a_tax_id_twice() -> None:
    open_()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.TaxId.objects.create(number=OWN, name="Another")


@pytest.mark.parametrize("number", ["", "12345678", "12-345678", "12345678x"])
def test_the_database_refuses_what_is_no_tax_id(number: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        models.TaxId.objects.bulk_create([models.TaxId(number=number, name="Odd")])


def test_the_database_refuses_an_unknown_kind_and_a_key_twice() -> None:
    opened = open_()
    other = open_(key="hillcrest", tax_ids=(SECOND,))
    for changes in ({"kind": "bakery"}, {"key": opened.key}):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Office.objects.filter(pk=other.id).update(**changes)

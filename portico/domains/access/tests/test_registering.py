"""What somebody who registers acts as, and who is told of it."""

from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, models, office_mails, personas, registering
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.access.registering import MANAGING, WITH_PATIENTS, MayNotRegister
from portico.domains.access.tests import making
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.functions import TRAITS, Function
from portico.domains.permits.permit import permit
from tests.support import actors as people

pytestmark = pytest.mark.django_db
OWN, SECOND, FOREIGN = making.OWN, making.SECOND, making.FOREIGN


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, FOREIGN)


def somebody() -> int:
    """A user who acts as nothing yet."""
    return making.a_person(username="iris.lin")


def register(user_id: int, *tax_ids: str, office: str = making.LAKESIDE, **how: Any) -> None:
    """The user registers for the office."""
    with permit(people.visitor(), Function.REGISTRATION) as given:
        said = {"as_end_user": True, **how}
        registering.register(given, user_id, office=office, tax_ids=tax_ids or (OWN,), **said)


def held(user_id: int) -> dict[str, set[str]]:
    """The functions of each persona."""
    rows = models.Grant.objects.filter(persona__user_id=user_id)
    found: dict[str, set[str]] = {}
    for kind, function in rows.values_list("persona__kind", "function"):
        found.setdefault(kind, set()).add(function)
    return found


def test_two_personas_keep_managing_users_and_patients_apart() -> None:
    user_id = somebody()
    register(user_id)
    assert held(user_id) == {"administrator": {*MANAGING}, "end_user": {*WITH_PATIENTS}}
    assert all(TRAITS[function].phi for function in WITH_PATIENTS)
    assert Function.ELIGIBILITY in WITH_PATIENTS
    assert Function.PAYMENT_ENROLMENT not in WITH_PATIENTS


def test_who_only_administers_has_one_persona() -> None:
    user_id = somebody()
    register(user_id, as_end_user=False)
    assert held(user_id) == {"administrator": {*MANAGING}}


def test_grants_run_from_today_over_the_tax_ids_named_and_every_line_and_region() -> None:
    user_id = somebody()
    register(user_id, SECOND)
    limits = models.GrantLimit.objects.filter(grant__persona__user_id=user_id)
    assert set(limits.values_list("dimension", "value")) == {("tax_id", SECOND)}
    grants = models.Grant.objects.filter(persona__user_id=user_id)
    assert set(grants.values_list("first_on", "last_on", "state", "granted_by")) == {
        (making.TODAY, None, "active", None)
    }


def test_nobody_registers_for_a_tax_id_of_another_office() -> None:
    user_id = somebody()
    with pytest.raises(CannotGrant):
        register(user_id, OWN, FOREIGN)
    assert held(user_id) == {}


def test_nobody_registers_for_an_office_nobody_knows() -> None:
    with pytest.raises(UnknownOffice):
        register(somebody(), office="nowhere")


def test_personas_are_made_so_by_a_registration_alone() -> None:
    user_id = somebody()
    with pytest.raises(MayNotRegister), permit(people.system(), Function.PROVISIONING) as given:
        registering.register(given, user_id, office=making.LAKESIDE, tax_ids=(OWN,), as_end_user=True)


def test_a_registration_makes_nobody_staff_of_the_plan() -> None:
    user_id = somebody()
    with pytest.raises(CannotGrant), permit(people.visitor(), Function.REGISTRATION) as given:
        granting.add_persona(given, user_id, NewPersona("plan_staff", desk="support"))


def told(*offices: str, besides: tuple[str, ...] = (), but_for: int = 0) -> list[str]:
    """Who is mailed of a registration that concerns these offices."""
    numbers = [apps.get_model("offices", "Office").objects.get(key=key).pk for key in offices]
    with permit(people.visitor(), Function.REGISTRATION) as given:
        office_mails.tell_of_registration(
            given, "registration_used", office_ids=numbers, besides=besides, but_for=but_for
        )
    rows = apps.get_model("notifications", "Message").objects.filter(template="registration_used")
    return list(rows.order_by("to").values_list("to", flat=True))


def test_administrators_who_are_there_the_offices_contact_and_who_is_besides_are_told_once() -> None:
    apps.get_model("offices", "Office").objects.update(contact_email="Office@lake.example")
    making.a_person(making.an_administrator(), username="ada.hill", email="Ada@lake.example")
    making.a_person(
        making.an_administrator(), username="gone.hill", email="gone@lake.example", state="disabled"
    )
    making.a_person(making.an_end_user(), username="fay.desk", email="fay@lake.example")
    assert told("lakeside", besides=("ada@lake.example", "roster@lake.example")) == [
        "ada@lake.example",
        "office@lake.example",
        "roster@lake.example",
    ]


def test_who_registered_is_not_told_of_oneself_and_what_is_no_address_is_passed_over() -> None:
    ada = making.a_person(making.an_administrator(), username="ada.hill", email="ada@lake.example")
    assert told("lakeside", besides=("no address",), but_for=ada) == []


def test_the_administrators_of_an_office_are_named_in_order() -> None:
    making.a_person(making.an_administrator(), username="zoe.hill")
    making.a_person(making.an_administrator(), username="ada.hill")
    making.a_person(making.an_administrator(office=making.HILLCREST), username="eve.hill")
    office = apps.get_model("offices", "Office").objects.get(key="lakeside")
    assert [each.name for each in personas.administrators_of(office.pk)] == ["Ada Hill", "Zoe Hill"]

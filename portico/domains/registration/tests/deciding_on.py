"""People of the plan who decide on applications, what they say, and what came of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.apps import apps

from portico.domains.access.granting import NewPersona, add_person
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Desk
from portico.domains.registration import deciding, models, review
from portico.domains.registration.claims import Basis, Field, Finding
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.review import Case
from portico.domains.registration.tests import registering
from tests.support import actors as people

NOW = people.NOW
PASSWORD = "a pass phrase for the desk"


def somebody(username: str, *, email: str = "", desk: Desk = Desk.OPERATIONS, minutes: float = 1) -> Actor:
    """Somebody of the plan, some minutes after NOW; made when first named."""
    found = apps.get_model("accounts", "User").objects.filter(username=username).first()
    if found is None:
        first, _, last = username.partition(".")
        user = NewUser(
            username, PASSWORD, first.capitalize(), last.capitalize(), email or f"{username}@plan.example"
        )
        add_person(actor=people.system(), user=user, personas=[NewPersona(PersonaKind.PLAN_STAFF, desk=desk)])
        found = apps.get_model("accounts", "User").objects.get(username=username)
    at = NOW + timedelta(minutes=minutes)
    staff = people.plan_staff(desk, persona_id=92)
    return replace(staff, user_id=found.pk, asked_at=at, today=at.date(), name=username)


def ana(minutes: float = 1) -> Actor:
    """Ana of the operations desk."""
    return somebody("ana.ops", minutes=minutes)


def ben(minutes: float = 1) -> Actor:
    """Ben of the support desk."""
    return somebody("ben.help", desk=Desk.SUPPORT, minutes=minutes)


def waiting(**changes: Any) -> int:
    """An application of a hospital, which always waits for the desk; its number. Everything agrees."""
    claim = replace(registering.HOSPITAL, **changes)
    submitted = registering.submit(claim, mark="")
    assert submitted.state == "submitted", submitted
    return registering.application().pk


def unsettled() -> int:
    """One of a physician whose name is not the one on file."""
    return waiting_physician(last_name="Trinh")


def waiting_physician(**changes: Any) -> int:
    """An application of a physician that the provider file does not let through; its number."""
    submitted = registering.submit(replace(registering.CLAIM, **changes), mark="")
    assert submitted.state == "submitted", submitted
    return registering.application().pk


def case(number: int, actor: Actor | None = None) -> Case:
    """The case as somebody reads it."""
    found = review.case(actor=actor or ana(), number=number)
    assert found is not None
    return found


def row(number: int) -> models.Application:
    """The row of that application."""
    return models.Application.objects.get(pk=number)


def accept(
    number: int, field: Field = Field.NAME, *, actor: Actor | None = None, basis: Basis = Basis.CALL
) -> Outcome:
    """Somebody says that the field is right all the same."""
    who = actor or ana()
    seen = case(number, who).seen
    return deciding.check(
        actor=who, number=number, field=field, finding=Finding.ACCEPTED, basis=basis, seen=seen
    )


def approve(number: int, *, actor: Actor | None = None, **says: Any) -> Outcome:
    """Somebody says yes to what they read."""
    who = actor or ana()
    return deciding.approve(actor=who, number=number, seen=case(number, who).seen, **says)


def happened(number: int) -> list[tuple[str, str]]:
    """What happened to it, with codes, in order."""
    rows = models.Event.objects.filter(application=number).order_by("pk")
    return list(rows.values_list("kind", "code"))


def waiting_with_office(**changes: Any) -> int:
    """A hospital whose tax ID has an office by now: it was not there when the hospital registered."""
    taken = apps.get_model("offices", "TaxId").objects.exclude(office=None)
    offices = {each.pk: each.office_id for each in taken}
    taken.update(office=None)
    number = waiting(**changes)
    for tax_id, office_id in offices.items():
        apps.get_model("offices", "TaxId").objects.filter(pk=tax_id).update(office=office_id)
    return number

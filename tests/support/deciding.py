"""Registrations that wait for the plan's desk, made when a test first needs them."""

from dataclasses import replace

from django.apps import apps

from portico.domains.permits import actors
from portico.domains.plan import policy
from portico.domains.registration import applications, correcting
from portico.domains.registration.claims import Agreement, Claim
from portico.domains.registration.tests import registering
from tests.support.actors import NOW, TODAY
from tests.support.proving import FILE
from tests.support.world import World

HOME = "203.0.113.77"
VISITOR = actors.visitor(asked_at=NOW, today=TODAY)


def waiting(claim: Claim = registering.HOSPITAL, *, address: str = "") -> str:
    """A registration that the desk looks at; answers its transaction ID."""
    apps.get_model("plan", "Region").objects.get_or_create(code="north", defaults={"name": "North"})
    terms = policy.current()
    agreement = Agreement(terms.terms_version, terms.terms_digest, NOW, HOME)
    made = applications.submit(actor=VISITOR, claim=claim, agreement=agreement, mark="", address=address)
    assert made.state == "submitted", made
    return made.transaction_id


def number_of(transaction_id: str) -> int:
    """The number of the registration that came last; its transaction ID leads to it."""
    row = apps.get_model("registration", "Application").objects.latest("pk")
    assert transaction_id
    return int(row.pk)


def case_of(world: World) -> int:
    """The number of a registration with a document, sent when first asked for."""
    if "registration" not in world.asked_for:
        transaction_id = waiting()
        world.asked_for["registration"] = number_of(transaction_id)
        correcting.hand_in(
            actor=VISITOR,
            transaction_id=transaction_id,
            address=HOME,
            kind="letter",
            name="letter.pdf",
            content=FILE,
        )
    return int(world.asked_for["registration"])


def file_of(world: World) -> int:
    """The number of that document."""
    return int(apps.get_model("registration", "Document").objects.get(application=case_of(world)).pk)


def approved_of(world: World) -> int:
    """The number of another one, which was approved."""
    if "approved_registration" not in world.asked_for:
        number = number_of(waiting(replace(registering.HOSPITAL, office_name="Approved Hospital")))
        rows = apps.get_model("registration", "Application").objects.filter(pk=number)
        rows.update(state="approved", decision="approved", decided_at=NOW, decided_by=1)
        world.asked_for["approved_registration"] = number
    return int(world.asked_for["approved_registration"])

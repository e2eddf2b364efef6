"""Wishes to take part in the network as tests make them, and what came of them."""

from dataclasses import replace
from typing import Any

from django.apps import apps

from portico.domains.permits.actors import Actor
from portico.domains.registration import models, network
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.network import Asked, Standing
from portico.domains.registration.network_rules import Wish
from portico.domains.registration.tests import registering

NETWORK = "203.0.113.7"
WISH = Wish(
    kind=AccountType.MEDICAL_GROUP,
    office_name="Riverbend Pediatrics",
    npi=registering.UNKNOWN_NPI,
    tax_id=registering.UNKNOWN_TAX_ID,
    contact_name="Noor Haddad",
    email="noor@riverbend.example",
    telephone="5305550168",
    specialty="Pediatrics",
    regions=("north",),
    lines=(registering.LINE,),
)


def ask(
    wish: Wish = WISH,
    *,
    address: str = NETWORK,
    actor: Actor | None = None,
    key: str = "",
    **changes: Any,
) -> Asked:
    """A visitor asks."""
    asked = replace(wish, **changes)
    return network.ask(actor=actor or registering.visitor(), wish=asked, address=address, key=key)


def look(asked: Asked, *, actor: Actor | None = None) -> Standing:
    """How it stands for who asked."""
    found = network.look(
        actor=actor or registering.visitor(), tracking_number=asked.tracking_number, address=NETWORK
    )
    assert found is not None
    return found


def row(position: int = 0) -> models.NetworkRequest:
    """A wish, in the order in which they came."""
    return models.NetworkRequest.objects.order_by("pk")[position]


def number(position: int = 0) -> int:
    """Its number."""
    return int(row(position).pk)


def mails() -> list[tuple[str, str, dict[str, Any]]]:
    """Every mail there is: to whom, which one, and what it says."""
    rows = apps.get_model("notifications", "Message").objects.order_by("pk")
    return list(rows.values_list("to", "template", "context"))


def last_use() -> Any:
    """The audit row written last."""
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()

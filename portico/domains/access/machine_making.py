"""Making a machine: what is asked of it, and what it signs in with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portico.domains.access import client_keys, machine_rules, models
from portico.domains.access.granting import NewGrant
from portico.domains.access.machine_rules import CannotRegister
from portico.domains.offices import offices
from portico.domains.permits.permit import Permit
from portico.shared import identifiers

TRADING_PARTNER, FHIR_CLIENT = models.Machine.Kind.TRADING_PARTNER, models.Machine.Kind.FHIR_CLIENT
_LONGEST_KEY = 40  # of an office, within a username of 50 signs


@dataclass(frozen=True, slots=True)
class NewMachine:
    """A machine to be made for an office (its key), asking for `tax_id` where a message names none.

    A trading partner sends as `sender_id`. A FHIR client brings its public keys, or their address, and the
    scopes it may ask for.
    """

    office: str
    kind: str
    name: str
    tax_id: str
    contact_email: str = ""
    sender_id: str = ""
    key_set: Mapping[str, Any] = field(default_factory=dict)
    key_set_url: str = ""
    scopes: Sequence[str] = ()
    grants: Sequence[NewGrant] = ()


def make(
    given: Permit, office: offices.Office, new: NewMachine, *, lent: Collection[str] = ()
) -> models.Machine:
    """The machine, kept, with nothing granted yet. `lent`: tax IDs that clients let the office work under.

    Raises CannotRegister, BadIdentifier.
    """
    tax_id = identifiers.parse_tax_id(new.tax_id)
    if tax_id not in office.tax_ids and tax_id not in lent:
        raise CannotRegister(f"the office does not bill under the tax ID ending in {tax_id[-4:]}")
    machine: models.Machine = models.Machine.objects.create(
        office_id=office.id,
        kind=new.kind,
        name=machine_rules.check_name(new.name),
        tax_id=tax_id,
        contact_email=email(new.contact_email),
        created_at=given.actor.asked_at,
        created_by=given.actor.persona_id,
        **_signs_in_with(office, new),
    )
    given.note_subject("machine", str(machine.pk))
    return machine


def _signs_in_with(office: offices.Office, new: NewMachine) -> dict[str, Any]:
    """What a machine of that kind is known by; its name among us is made here, from the office's."""
    own = f"{office.key[:_LONGEST_KEY]}-{identifiers.new_reference(8).lower()}"
    if new.kind == TRADING_PARTNER:
        if new.key_set or new.key_set_url or new.scopes:
            raise CannotRegister("a trading partner has a secret, no keys and no scopes")
        return {"username": own, "sender_id": _sender_id(new.sender_id)}
    if new.kind != FHIR_CLIENT:
        raise CannotRegister(f"{new.kind!r} is no kind of machine; {TRADING_PARTNER} and {FHIR_CLIENT} are")
    if new.sender_id:
        raise CannotRegister("a FHIR client has no sender ID")
    key_set, url = keys(new.key_set, new.key_set_url)
    scopes = machine_rules.check_scopes(new.scopes)
    return {"client_id": own, "key_set": key_set, "key_set_url": url, "scopes": scopes}


def _sender_id(typed: str) -> str:
    sender_id = machine_rules.check_sender_id(typed.strip())
    if models.Machine.objects.filter(sender_id__iexact=sender_id).exists():
        raise CannotRegister(f"another partner sends as {sender_id}")
    return sender_id


def keys(key_set: Mapping[str, Any], url: str) -> tuple[dict[str, Any], str]:
    """The public keys or their address, one of the two, as they are kept. Raises CannotRegister."""
    if bool(key_set) == bool(url):
        raise CannotRegister("a FHIR client has a set of public keys, or the address of one")
    try:
        if url:
            return {}, client_keys.check_url(url)
        return client_keys.check(key_set), ""
    except client_keys.BadKeys as error:
        raise CannotRegister(str(error)) from error


def email(typed: str) -> str:
    """The mail address without blanks around it, or nothing. Raises CannotRegister."""
    address = typed.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError as error:
        raise CannotRegister("this is no mail address") from error
    return address
